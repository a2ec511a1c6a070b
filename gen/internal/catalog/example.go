package catalog

// ExampleRole returns what a role stands for in the [Catalog.ExampleBody] of a variant of e.
func (c *Catalog) ExampleRole(e *Entry, v *Variant, status int, r Role, key string) RoleValue {
	return c.exampleRole(e, v, status, r, key)
}
