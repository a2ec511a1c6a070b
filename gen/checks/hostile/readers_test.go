package hostile

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A reading is what a client makes of a response.
type reading struct {
	Code, Variant, Message *string
	Params                 map[string]any
	HasParams              bool     `json:"has_params"`
	RequestID              *string  `json:"request_id"`
	RetryAfter             *float64 `json:"retry_after"`
}

// A sentResponse is one that the server of a catalog sends for one of its codes.
type sentResponse struct {
	code  string
	entry *catalog.Entry
	vectors.Vector
}

// sentBy returns what the server of a catalog sends: each public code, variant and status, with the
// examples of its params, with other values, and without what is optional.
func sentBy(c *catalog.Catalog) (all []sentResponse, err error) {
	files, err := vectors.Emit(c)
	if err != nil {
		return nil, err
	}
	var document struct {
		Vectors []struct {
			Name     string
			Response struct {
				Status     int
				Headers    map[string]string
				Body       *string
				BodyBase64 []byte `json:"body_base64"`
				Now        string
			}
		}
	}
	if err := json.Unmarshal(files[0].Data, &document); err != nil {
		return nil, err
	}
	whose := map[string]*catalog.Entry{}
	for e := range c.Public() {
		for i := range e.Variants {
			v := &e.Variants[i]
			name := e.Code
			if v.ID != "" {
				name += ", variant " + v.ID
			}
			whose[name+", other params"], whose[name+", without optional params"] = e, e
			for _, status := range e.Statuses {
				whose[vectors.Name(e, v, status)] = e
			}
		}
	}
	for _, v := range document.Vectors {
		if e := whose[v.Name]; e != nil {
			r := vectors.Response{
				Status: v.Response.Status, Body: v.Response.Body, BodyBase64: v.Response.BodyBase64,
				Now: v.Response.Now,
			}
			for name, value := range v.Response.Headers {
				r.Headers = append(r.Headers, encode.Member{Name: name, Value: value})
			}
			all = append(all, sentResponse{e.Code, e, vectors.Vector{Name: v.Name, Response: r}})
		}
	}
	return all, nil
}

// readBy returns what a client of a catalog makes of responses.
func readBy(c *catalog.Catalog, sent []sentResponse) (all []reading, err error) {
	var seen []vectors.Vector
	for _, s := range sent {
		seen = append(seen, s.Vector)
	}
	var document struct{ Vectors []struct{ Verdict reading } }
	if err := json.Unmarshal(encode.JSON(vectors.Verdicts(c, seen)), &document); err != nil {
		return nil, err
	}
	for _, v := range document.Vectors {
		all = append(all, v.Verdict)
	}
	return all, nil
}

// judgeReaders compares what is said about readers of responses with what clients of the old
// version make of responses of the new one. It does so in both directions: what one edit adds,
// another one takes away.
func (p *catalogPair) judgeReaders() {
	old, err := newSide(p.was.Resolved)
	if err != nil {
		p.add("vectors", "%v", err)
		return
	}
	current, err := newSide(p.is.Resolved)
	if err != nil {
		p.add("vectors", "%v", err)
		return
	}
	p.read(current, old, p.changes)
	p.read(old, current, breaking.Compare(current.Catalog, old.Catalog))
}

// A side is a version of a catalog: what its server sends, what its clients make of that, and what
// they find in it, by code, variant and response.
type side struct {
	*catalog.Catalog
	sent  []sentResponse
	own   []reading
	finds map[string]map[string]bool
}

func newSide(c *catalog.Catalog) (*side, error) {
	sent, err := sentBy(c)
	if err != nil {
		return nil, err
	}
	own, err := readBy(c, sent)
	if err != nil {
		return nil, err
	}
	s := &side{c, sent, own, map[string]map[string]bool{}}
	for i, r := range own {
		for _, of := range []string{
			sent[i].code, sent[i].code + "/" + textOf(r.Variant), "response " + sent[i].Name,
		} {
			if s.finds[of] == nil {
				s.finds[of] = map[string]bool{}
			}
			for key := range r.found(sent[i].entry) {
				s.finds[of][key] = true
			}
		}
	}
	return s, nil
}

// found returns what a client finds in a response of an error, by what it is.
func (r *reading) found(e *catalog.Entry) map[string]any {
	found := map[string]any{}
	if textOf(r.Code) == e.Code {
		found["code"] = e.Code
	}
	for name, v := range r.Params {
		found["param "+name] = v
	}
	if r.HasParams {
		found["all params"] = true
	}
	if r.RetryAfter != nil {
		found["wait"] = *r.RetryAfter
	}
	if r.Message != nil && *r.Message != e.Title {
		found["message"] = *r.Message
	}
	for key, text := range map[string]*string{"variant": r.Variant, "request id": r.RequestID} {
		if text != nil {
			found[key] = *text
		}
	}
	return found
}

func (p *catalogPair) read(server, client *side, changes []breaking.Change) {
	others, err := readBy(client.Catalog, server.sent)
	if err != nil {
		p.add("vectors", "%v", err)
		return
	}
	for i, s := range server.sent {
		known := client.Find(s.code)
		want, got := server.own[i], others[i]
		if known == nil || known.Internal || textOf(want.Code) != s.code ||
			!client.finds[s.code]["code"] {
			continue // clients do not know it, or cannot tell it
		}
		inHeader := len(client.Envelope.CodeHeaders) > 0 && !client.Reads(catalog.RoleCode)
		if inHeader && strings.HasSuffix(s.Name, "other params") {
			continue // they are texts that no header may have
		}
		if textOf(got.Code) != s.code {
			if !saysToReaders(changes, s.code, rule.Wire) {
				p.add("wire: nothing said", "%s is read as %q; said is %s\n%s",
					s.Name, textOf(got.Code), said(changes), bodyOf(s))
			}
			continue
		}
		if want.Variant != nil && !slices.ContainsFunc(known.Variants, func(v catalog.Variant) bool {
			return v.ID == *want.Variant
		}) {
			continue // a new variant is only known by its code
		}
		found, finds := got.found(known), client.finds["response "+s.Name]
		if finds == nil { // its own server may send it without a variant
			finds = client.finds["response "+variantInName.ReplaceAllString(s.Name, "")]
		}
		if finds == nil { // it sends no such response
			finds = client.finds[s.code+"/"+textOf(want.Variant)]
		}
		for key, v := range want.found(s.entry) {
			param, isParam := strings.CutPrefix(key, "param ")
			switch {
			case isParam && found[key] != nil && !client.Reads(catalog.RoleParams):
				// it is read from a header or a message, which may have less of it
			case isParam && known.Param(param) == nil, !finds[key]:
			case !within(found[key], v) && !saysToReaders(changes, s.code, rule.Contract):
				p.add("contract: nothing said", "%s: %s is %v, want %v; said is %s\n%s",
					s.Name, key, found[key], v, said(changes), bodyOf(s))
			}
		}
	}
}

var variantInName = regexp.MustCompile(`, variant [^,]*`)

func bodyOf(s sentResponse) string {
	return fmt.Sprint(textOf(s.Response.Body), s.Response.Headers)
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// within reports whether a value is another one, but for members of objects that the reader does
// not know.
func within(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		for name, v := range g {
			ok = ok && within(v, want[name])
		}
		return ok
	case []any:
		g, ok := got.([]any)
		ok = ok && len(g) == len(want)
		for i := range want {
			ok = ok && within(g[i], want[i])
		}
		return ok
	}
	return reflect.DeepEqual(got, want)
}

// saysToReaders reports whether some change tells readers of a code's responses, or of all, that
// they break.
func saysToReaders(changes []breaking.Change, code string, c rule.Category) bool {
	return slices.ContainsFunc(changes, func(ch breaking.Change) bool {
		return ch.Severity >= diag.Warning && ch.Category != rule.Harmless && c.Includes(ch.Category) &&
			(len(ch.Codes) == 0 || slices.Contains(ch.Codes, code))
	})
}
