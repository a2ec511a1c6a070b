package catalog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
)

func TestRoles(t *testing.T) {
	body := catalogtest.Object(
		catalogtest.Member("code", catalogtest.Role(catalog.RoleCode)),
		catalogtest.Member("list",
			catalogtest.Array(catalogtest.Const("1"), catalogtest.Keyed(catalog.RoleMeta, "type"))),
		catalogtest.Member("text", catalogtest.Text("${status}: ${param.id}")),
		catalogtest.Spread(),
	)
	var got []string
	for r, key := range body.Roles() {
		got = append(got, string(r)+key)
	}
	diff := cmp.Diff([]string{"$code", "$meta.type", "$status", "$param.id", "$params"}, got)
	if diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	for r := range body.Roles() { // who has seen enough may stop
		if r == catalog.RoleMeta {
			break
		}
	}
}

// A role of every body is never absent from the bodies of any codes, and there are codes that lack
// each of the others.
func TestRolesOfEveryBody(t *testing.T) {
	for _, env := range catalogtest.Envelopes() {
		c := catalogtest.Everything(env.Envelope)
		for e := range c.All() {
			e.Variants[0].Silent = true
		}
		c.Service, c.DocsURL, c.TypeBase = "", "", ""
		for e := range c.All() {
			e.DocsURL, e.Type, e.Meta, e.Statuses = "", "", nil, []int{499} // which has no phrase
		}
		for r, key := range env.Body.Roles() {
			n := catalog.Node{Kind: catalog.NodeRole, Role: r, Key: key}
			always := true
			for e := range c.All() {
				always = always && c.Presence(&n, []*catalog.Entry{e}) == catalog.Always
			}
			if always != r.InEveryBody() {
				t.Errorf("%s: %s%s is in every body: %v; InEveryBody says %v",
					env.Name, r, key, always, r.InEveryBody())
			}
		}
	}
}

func TestPolicyKeysHaveTexts(t *testing.T) {
	p := catalog.DefaultRetryPolicy()
	for _, key := range catalog.PolicyKeys() {
		if text, ok := p.Text(key); !ok || text == "" {
			t.Errorf("%s is %q, %v", key, text, ok)
		}
	}
	if text, ok := p.Text("name"); ok {
		t.Errorf("a policy's name, which is no key of it, is %q", text)
	}
}
