package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Hash identifies what the catalog says: "sha256:" and 64 hexadecimal digits. It does not depend on
// the layout of the catalog's files, on comments, or on where it was read from.
func (c *Catalog) Hash() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	encode := func(v any) {
		if err := enc.Encode(v); err != nil {
			panic("catalog: the model is plain data: " + err.Error())
		}
	}
	encode(c)
	for e := range c.All() {
		refs := []string{e.Code}
		for _, s := range e.See {
			refs = append(refs, s.Code)
		}
		if e.Deprecated != nil && e.Deprecated.Use != nil {
			refs = append(refs, "", e.Deprecated.Use.Code)
		}
		encode(refs)
	}
	for i := range c.Retired {
		if use := c.Retired[i].Use; use != nil {
			encode([]string{c.Retired[i].Code, use.Code})
		}
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
