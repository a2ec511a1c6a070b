package python

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// featuresOf returns the words that fence, in the runtime, what a catalog needs.
func featuresOf(c *catalog.Catalog, entries []entry) map[string]bool {
	f := map[string]bool{}
	has := func(word string, yes bool) { f[word] = f[word] || yes }
	body := &c.Envelope.Body
	inBody := func(roles ...catalog.Role) bool {
		for r := range body.Roles() {
			if slices.Contains(roles, r) {
				return true
			}
		}
		return false
	}
	has("codes", len(entries) > 0)
	has("retired", len(c.Retired) > 0)
	has("codenumber", inBody(catalog.RoleCodeNumber))
	has("statusbody", inBody(catalog.RoleStatus, catalog.RoleStatusString))
	has("requestbody", inBody(catalog.RoleRequestID))
	has("retrybody", inBody(catalog.RoleRetryAfter))
	has("instance", inBody(catalog.RoleInstance))
	has("codeheaders", len(c.Envelope.CodeHeaders) > 0)
	carried := inBody(catalog.RoleParams, catalog.RoleParam)
	for _, e := range entries {
		has("variants", e.HasVariants())
		has("silentbody", e.Silent() >= 0 && c.Reads(catalog.RoleMessage))
		has("literal", isLiteral(e.Code) || e.HasVariants())
		has("deprecated", e.Deprecated != nil)
		has("bybody", e.KnownBy == catalog.ByBody)
		has("bystatus", e.Anonymous && e.KnownBy != catalog.ByType)
		has("typebody", (e.Type != "" || e.Anonymous) && c.Reads(catalog.RoleType))
		for i := range e.Params {
			p := &e.Params[i]
			if p.Sensitive {
				continue
			}
			has("params", true)
			has("bodyparams", carried)
			kinds(&p.Type, f)
		}
		for i := range e.Variants {
			has("matcher", len(e.Variants[i].Message.Names()) > 0)
		}
		has("headerparams", len(readHeaders(e.Entry)) > 0)
	}
	has("matcher", f["headerparams"])
	has("variantbody", f["variants"] && inBody(catalog.RoleVariant))
	f["codenumber"] = f["codenumber"] && f["codes"]
	s := shaper{g: &generator{catalog: c, entries: entries, features: f}}
	s.shape(body)
	for _, word := range s.used {
		has(word, true)
	}
	f["arrays"] = f["each"] || f["choice"] || f["or"] || f["array"] || f["loose"] ||
		f["bystatus"] || f["bodyparams"] && (f["list"] || f["json"])
	f["whole"] = f["bodyparams"] && (f["int"] || f["bytes"]) || f["codenumber"]
	f["decimal"] = f["matcher"] && (f["int"] || f["bytes"] || f["duration"])
	f["floattext"] = f["matcher"] && f["float"]
	f["bytestext"] = f["matcher"] && f["bytes"]
	f["durationtext"] = f["matcher"] && f["duration"]
	return f
}

// kinds adds the kinds of a type, and of those in it.
func kinds(t *catalog.Type, f map[string]bool) {
	f[t.Kind.String()] = true
	if values := enum(t); len(values) > 0 && isLiteral(values...) {
		f["literal"] = true
	}
	for i := range t.Fields {
		kinds(&t.Fields[i].Type, f)
	}
	if t.Elem != nil {
		kinds(t.Elem, f)
	}
}

// readHeaders returns the headers of a code that params are read from: those with a param that some
// message lacks.
func readHeaders(e *catalog.Entry) []*catalog.Header {
	var headers []*catalog.Header
	for i := range e.Headers {
		h := &e.Headers[i]
		isMissing := func(name string) bool {
			return slices.ContainsFunc(e.Variants, func(v catalog.Variant) bool {
				return !slices.Contains(v.Message.Names(), name)
			})
		}
		if h.Value.Adjacent() == 0 && slices.ContainsFunc(h.Value.Names(), isMissing) {
			headers = append(headers, h)
		}
	}
	return headers
}
