package check

// head resolves what the catalog says about itself.
func (m *model) head() {
	w := m.written
	m.out.Title = m.constant(w.Title, "title")
	m.out.Description = m.markdown(nil, w.Description, "description")
	m.out.Service = w.Service.Text
	m.out.DocsURL = w.DocsURL.Text
	m.out.TypeBase = w.TypeBase.Text
}
