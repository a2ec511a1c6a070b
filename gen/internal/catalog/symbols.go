package catalog

// A Symbol is an exported Go name of the generated package, and what it stands for.
type Symbol struct {
	Name string
	For  string // in words, for a diagnostic: the constructor of code FILE_TOO_LARGE
}

// Symbols returns the package-level Go names of an entry: what must differ from those of every other entry.
func (e *Entry) Symbols() []Symbol {
	of := " of code " + e.Code
	names := []Symbol{{e.Go.Code, "the constant" + of}, {e.Go.Type, "the error type" + of}}
	if len(e.Params) > 0 {
		names = append(names, Symbol{e.Go.Params, "the params struct" + of})
	}
	for i := range e.Variants {
		v := &e.Variants[i]
		if v.Go.Const != "" {
			names = append(names, Symbol{v.Go.Const, "the constant of variant " + v.ID + of})
		}
		names = append(names, Symbol{v.Go.New, "the constructor" + of})
	}
	for i := range e.Params {
		p := &e.Params[i]
		if p.GoType != "" {
			names = append(names, Symbol{p.GoType, "the type of enum " + p.Name + of})
		}
		if p.Items != nil && p.Items.GoType != "" {
			names = append(names, Symbol{p.Items.GoType, "the type of the items of " + p.Name + of})
		}
		if p.Option != "" {
			names = append(names, Symbol{p.Option, "the option for param " + p.Name + of})
		}
		for _, v := range p.Enum {
			names = append(names, Symbol{v.Const, "the constant of " + v.Value + " of enum " + p.Name + of})
		}
	}
	for i := range e.Values {
		names = append(names, Symbol{e.Values[i].Const, "the constant of value " + e.Values[i].Name + of})
	}
	return names
}
