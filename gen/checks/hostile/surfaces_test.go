package hostile

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A surface is what a module declares for callers: by code, each name with its type, by what it is.
type surface map[string]map[string]string

var (
	typescriptBlock = regexp.MustCompile(
		`(?ms)^export interface (ParamsByCode|VariantByCode) \{\n(.*?)^\}`)
	typescriptCode   = regexp.MustCompile(`^  ([^\s"'*:]+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'): (.*)$`)
	typescriptMember = regexp.MustCompile(`^    readonly ([^\s"?:]+|"(?:[^"\\]|\\.)*")(\??): (.*);$`)
	pythonClass      = regexp.MustCompile(`^class ([^\s(:]+)`)
	pythonAttribute  = regexp.MustCompile(`^    ([\pL\pN\pM_]+): (.*?)(?: = (.*))?$`)
	pythonName       = regexp.MustCompile(`[^\s\[\],|"]+`)
	pythonBegin      = regexp.MustCompile(`([\[(])\n +`)
	pythonEnd        = regexp.MustCompile(`,?\n    ([\])])`)
)

// typescriptSurface returns the params and variants of each code.
func typescriptSurface(module string) surface {
	s := surface{}
	for _, block := range typescriptBlock.FindAllStringSubmatch(module, -1) {
		code := ""
		for line := range strings.SplitSeq(block[2], "\n") {
			if m := typescriptCode.FindStringSubmatch(line); m != nil {
				code = m[1]
				if s[code] == nil {
					s[code] = map[string]string{"": ""}
				}
				if block[1] == "VariantByCode" {
					for id := range strings.SplitSeq(strings.TrimSuffix(m[2], ";"), " | ") {
						s[code]["variant "+id] = ""
					}
				}
			} else if m := typescriptMember.FindStringSubmatch(line); m != nil {
				s[code]["param "+m[1]] = m[2] + m[3]
			}
		}
	}
	return s
}

// pythonSurface returns the class of each code, its attributes and those of the classes in their
// types.
func pythonSurface(module string) surface {
	classes := map[string]map[string]string{}
	codes := map[string]string{} // classes by code
	class, inText := "", false
	// What has no room on a line goes on in the next.
	module = pythonEnd.ReplaceAllString(pythonBegin.ReplaceAllString(module, "$1"), "$1")
	for line := range strings.SplitSeq(module, "\n") {
		ends := strings.Count(line, `"""`)%2 == 1
		if inText = inText != ends; inText || ends {
			continue
		}
		if m := pythonClass.FindStringSubmatch(line); m != nil {
			class = m[1]
			classes[class] = map[string]string{}
		} else if m := pythonAttribute.FindStringSubmatch(line); m != nil && class != "" {
			if m[1] == "variant" {
				ids := strings.TrimSuffix(strings.TrimPrefix(m[2], "Literal["), "] | None")
				for id := range strings.SplitSeq(ids, ", ") {
					classes[class]["variant "+id] = ""
				}
				continue
			}
			if code, ok := strings.CutPrefix(m[2], "ClassVar[Literal["); ok && m[1] == "code" {
				codes[strings.TrimSuffix(code, "]]")] = class
			} else if m[1] == "code" && m[2] == "ClassVar[str]" {
				codes[m[3]] = class
			}
			classes[class][m[1]] = m[2]
		} else if !strings.HasPrefix(line, " ") && line != "" {
			class = ""
		}
	}
	s := surface{}
	for code, class := range codes {
		s[code] = map[string]string{"class": class}
		var add func(class string)
		add = func(class string) {
			for name, typ := range classes[class] {
				key := class + "." + name
				if _, known := s[code][key]; known {
					continue
				}
				s[code][key] = typ
				for _, inner := range pythonName.FindAllString(typ, -1) {
					add(inner)
				}
			}
		}
		add(class)
	}
	return s
}

// differs says what of a code is not as it was, or "".
func differs(was, now map[string]string) string {
	if now == nil {
		return "it is gone"
	}
	for _, name := range slices.Sorted(maps.Keys(was)) {
		typ, ok := now[name] // what is always there now was optional
		if !ok || !sameType(typ, was[name]) && !sameType(typ, strings.TrimPrefix(was[name], "?")) {
			return fmt.Sprintf("%s was %q and is %q", name, was[name], typ)
		}
	}
	return ""
}

// sameType reports whether two types are the same but for the order of their members.
func sameType(a, b string) bool {
	apart := strings.NewReplacer("{", "{;", "}", ";}", " ", "")
	members := func(typ string) []string {
		return slices.Sorted(strings.SplitSeq(apart.Replace(typ), ";"))
	}
	return a == b || slices.Equal(members(a), members(b))
}

// judgeModules compares what is said about callers of the modules in TypeScript and Python with
// what these declare.
func (p *catalogPair) judgeModules() {
	for _, l := range []struct {
		category rule.Category
		emit     func(*catalog.Catalog) ([]emit.File, error)
		surface  func(string) surface
	}{
		{rule.SourceTypeScript, typescript.Emit, typescriptSurface},
		{rule.SourcePython, python.Emit, pythonSurface},
	} {
		var both [2]surface
		for i, c := range []*catalog.Catalog{p.was.Resolved, p.is.Resolved} {
			files, err := l.emit(c)
			if err != nil {
				p.add(string(l.category), "%v", err)
				return
			}
			both[i] = l.surface(string(files[0].Data))
			n := 0
			for range c.Public() {
				n++
			}
			if len(both[i]) != n {
				p.add(string(l.category)+": surface", "%d codes of %d: %v", len(both[i]), n, both[i])
				return
			}
		}
		p.judgeModule(l.category, both[0], both[1])
	}
}

// known are the rules that say why a module declares something else: a code that is not public any
// more has no types, and more params and variants are no harm.
var known = []string{
	rule.CodeRetired, rule.VisibilityReduced, rule.VariantAdded, rule.ParamAdded,
}

func (p *catalogPair) judgeModule(category rule.Category, was, now surface) {
	changed := map[string]string{}
	for e := range p.was.Resolved.Public() {
		key := keyIn(was, e.Code)
		if key == "" {
			p.add(string(category)+": surface", "%s is not in %v", e.Code, slices.Collect(maps.Keys(was)))
			continue
		}
		what := differs(was[key], now[key])
		if what == "" {
			continue
		}
		changed[e.Code] = what
		if !slices.ContainsFunc(p.changes, func(ch breaking.Change) bool {
			told := concerns(&ch, category) && !slices.Contains(quiet, ch.Rule) ||
				slices.Contains(known, ch.Rule)
			if len(ch.Codes) == 0 { // what bodies may lack is optional
				return ch.Rule == rule.EnvelopeChanged && ch.Severity == diag.Error
			}
			return told && slices.Contains(ch.Codes, e.Code)
		}) {
			p.add(string(category)+": nothing said", "%s: %s; said is %s", e.Code, what, said(p.changes))
		}
	}
	for _, ch := range p.changes {
		own := ch.Category.IsSource() && category.Includes(ch.Category) ||
			ch.Also != rule.Harmless && category.Includes(ch.Also)
		if own && !ch.Internal && ch.Severity == diag.Error &&
			!slices.ContainsFunc(ch.Codes, func(code string) bool { return changed[code] != "" }) {
			p.add(string(category)+": false alarm "+ch.Rule, "%v: %s; changed is %v; said is %s",
				ch.Codes, ch.Text, changed, said(p.changes))
		}
	}
}

// keyIn returns the key of a code: its text as the language writes it.
func keyIn(s surface, code string) string {
	for _, key := range []string{code, fmt.Sprintf("%q", code)} {
		if s[key] != nil {
			return key
		}
	}
	for key := range s {
		if unquoted(key) == code {
			return key
		}
	}
	return ""
}

func unquoted(text string) string {
	if inner, ok := strings.CutPrefix(text, "'"); ok {
		text = `"` + strings.ReplaceAll(strings.TrimSuffix(inner, "'"), `"`, `\"`) + `"`
	}
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	return text
}
