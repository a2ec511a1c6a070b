package check

// head resolves what the catalog says about itself.
func (c *checker) head() {
	w := c.written
	c.out.Title = c.constant(w.Title, "title")
	c.out.Description = c.markdown(nil, w.Description, "description")
	c.out.Service = w.Service.Text
	c.out.DocsURL = w.DocsURL.Text
	c.out.TypeBase = w.TypeBase.Text
}
