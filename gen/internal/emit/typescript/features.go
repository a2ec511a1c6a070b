package typescript

import (
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// featuresOf returns what a catalog's module needs, by the words that fence it in the runtime.
func featuresOf(c *catalog.Catalog, entries []*entry) map[string]bool {
	f := map[string]bool{}
	body := &c.Envelope.Body
	inBody := func(roles ...catalog.Role) bool {
		for r := range body.Roles() {
			if slices.Contains(roles, r) {
				return true
			}
		}
		return false
	}
	for _, e := range entries {
		f["typebody"] = f["typebody"] || (e.Type != "" || e.Anonymous) && c.Reads(catalog.RoleType)
		f["bybody"] = f["bybody"] || e.KnownBy == catalog.ByBody
		f["bystatus"] = f["bystatus"] || e.Anonymous && e.KnownBy != catalog.ByType
		f["forms"] = f["forms"] || len(e.form().items) > 0
		f["params"] = f["params"] || len(e.params) > 0
		f["silentbody"] = f["silentbody"] || e.Silent() >= 0 && c.Reads(catalog.RoleMessage)
		f["variantbody"] = f["variantbody"] || e.HasVariants() && inBody(catalog.RoleVariant)
		f["headerparams"] = f["headerparams"] || len(e.headerForms()) > 0
		for _, p := range e.params {
			eachType(&p.Type, func(t *catalog.Type) {
				f[t.Kind.String()] = true
				f["lists"] = f["lists"] || t.Kind == value.List
				f["maps"] = f["maps"] || t.Kind == value.Map
				f["objects"] = f["objects"] || t.Kind == value.Object
				f["rawjson"] = f["rawjson"] || t.Kind == value.JSON
			})
		}
	}
	f["bodyparams"] = f["params"] && inBody(catalog.RoleParams, catalog.RoleParam)
	f["codenumber"] = inBody(catalog.RoleCodeNumber)
	f["codeheaders"] = len(c.Envelope.CodeHeaders) > 0
	f["instance"] = inBody(catalog.RoleInstance)
	f["requestbody"] = inBody(catalog.RoleRequestID)
	f["retrybody"] = inBody(catalog.RoleRetryAfter)
	f["statusbody"] = inBody(catalog.RoleStatus, catalog.RoleStatusString)
	eachNode(body, func(n *catalog.Node) {
		f["each"] = f["each"] || n.Kind == catalog.NodeEach
		f["arrays"] = f["arrays"] || n.Kind == catalog.NodeArray
		f["texts"] = f["texts"] || n.Kind == catalog.NodeText
		f["ors"] = f["ors"] || n.Kind == catalog.NodeOr
		f["choices"] = f["choices"] || n.IsChoice()
		f["looseitems"] = f["looseitems"] || firstLoose(c, n) >= 0
	})
	f["ors"] = f["ors"] || f["looseitems"] || f["choices"]
	return f
}

// eachType calls a function with a type and with those in it.
func eachType(t *catalog.Type, do func(*catalog.Type)) {
	do(t)
	if t.Elem != nil {
		eachType(t.Elem, do)
	}
	for i := range t.Fields {
		eachType(&t.Fields[i].Type, do)
	}
}

// eachNode calls a function with a node of the envelope and with those in it.
func eachNode(n *catalog.Node, do func(*catalog.Node)) {
	do(n)
	for i := range n.Members {
		eachNode(&n.Members[i].Node, do)
	}
	for i := range n.Items {
		eachNode(&n.Items[i], do)
	}
}

func contains(names []string, name string) bool { return slices.Contains(names, name) }
