package gocode

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/reference"
)

// doc emits the package's documentation, which explains the package by an error of its own catalog,
// and the catalog's hash.
func (g *generator) doc() []byte {
	c := g.catalog
	var b strings.Builder
	b.WriteString(emit.GoMarkLine + "\n\n")
	var users []string
	if g.has("server") {
		users = append(users, "for servers that return them")
	}
	if g.has("client") {
		users = append(users, "for clients that match them")
	}
	lead := fmt.Sprintf("Package %s holds the errors of %s: a type for each of its %d codes, %s. "+
		"It is generated from the catalog that the API's reference "+
		"and schemas come from, so they agree.", g.pkg, reference.Whose(c), c.Len(), list(users, "and"))
	if c.Len() == 1 {
		lead = strings.Replace(lead, "each of its 1 codes", "its one code", 1)
	}
	paras := []string{lead}
	if d := paragraphs(c.Description); d[0] != "" {
		paras = append(paras, d...)
	}
	if c.DocsURL != "" {
		paras = append(paras, "The reference is at "+c.DocsURL+".")
	}
	b.WriteString(commentText("", paras...))
	if e := g.exampleEntry(); e != nil {
		b.WriteString(g.usage(e))
	}
	fmt.Fprintf(&b, "package %s\n", g.pkg)
	return []byte(b.String())
}

// exampleEntry returns the entry that shows most: with params, and best with variants. It is
// deprecated only if all are.
func (g *generator) exampleEntry() *entry {
	var best *entry
	score := func(e *entry) int {
		n := 0
		if len(e.Params) > 0 {
			n += 2
		}
		if len(e.Params) == 1 {
			n++
		}
		if e.HasVariants() {
			n++
		}
		if e.Deprecated != nil {
			n -= 10
		}
		return n
	}
	for _, e := range g.entries {
		if e.Internal {
			continue
		}
		if best == nil || score(e) > score(best) {
			best = e
		}
	}
	return best
}

// usage returns the sections of the package comment that show the package at work.
func (g *generator) usage(e *entry) string {
	c, pkg := g.catalog, g.pkg+"."
	v := &e.Variants[0]
	sentinel := e.Go.Code
	if e.HasVariants() {
		sentinel = v.Go.Const
	}
	match := []string{
		"err := " + pkg + "Decode(resp)",
		"if errors.Is(err, " + pkg + sentinel + ") {",
		"	…",
		"}",
	}
	isSent := func(p param) bool { return !p.Sensitive }
	if i := slices.IndexFunc(e.Params, isSent); i >= 0 {
		match = append(match, "var e *"+pkg+e.Go.Type, "if errors.As(err, &e) {",
			"	log.Print(e.Params."+e.Params[i].Go.Field+")", "}")
	}
	doc := ""
	if g.has("server") {
		doc += section("Servers",
			"Return an error from a handler, and let [Write] answer with its status, "+
				"its headers and its body. Its cause goes to logs, never to the client.") +
			code(
				`mux.Handle("/", `+pkg+`HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {`,
				"	return "+pkg+v.Go.New+"("+arguments(e, v, pkg)+pkg+"WithCause(err))",
				"}))",
			) +
			text(standIns(c)+" A [Responder] does the same with a logger, with request ids, "+
				"and with a fallback of your choice, and answers panics and a mux's own 404 and 405. "+
				"An error from another server is sent only if it is passed to [Relay].") +
			g.severalSent()
	}
	if g.has("client") {
		doc += section("Clients", "[Decode] turns a response into an error. "+
			"Codes"+g.onlyIf("variants", " and variants")+" are sentinels, and each code has a type"+
			g.onlyIf("params", " with its params")+":") +
			code(match...) +
			text("[From] finds the error with its status, request id and Retry-After. A response that the "+
				"catalog does not explain, such as a proxy's, becomes an [*Unrecognized]."+
				g.onlyIf("retry", " [Decide] says whether to try again, and when: by the code, not by the "+
					"status. A [RetryTransport] acts on that.")) +
			g.severalRead()
	}
	return doc + section("Logs", "Errors are [log/slog.LogValuer], "+
		"and their attributes hold the cause. [Attr] finds the error inside others.")
}

// arguments returns the params of a variant as a call of its constructor takes them: variables with
// their names, each with a comma.
func arguments(e *entry, v *variant, pkg string) string {
	var args []string
	takes := e.Takes(v)
	for i := range e.Params {
		p := &e.Params[i]
		switch {
		case !takes[p.Name]:
		case e.TakesStruct() && p.Sensitive:
			args = append(args, p.Go.Field+": "+pkg+"Redact("+p.Go.Arg+")")
		case e.TakesStruct():
			args = append(args, p.Go.Field+": "+p.Go.Arg)
		default:
			args = append(args, p.Go.Arg)
		}
	}
	switch text := strings.Join(args, ", "); {
	case e.TakesStruct():
		return pkg + e.Go.Params + "{" + text + "}, "
	case text != "":
		return text + ", "
	}
	return ""
}

// severalSent says how several errors are sent, and severalRead how they are read, if a response
// can have several.
func (g *generator) severalSent() string {
	if !g.has("each") {
		return ""
	}
	return text("The public errors in an [errors.Join] are sent in one response, at most 256. " +
		"The first determines the status, the headers and what is outside the list; " +
		"the Retry-After is the longest. Internal errors, and errors that are not of this package, " +
		"are not sent; if there are no others, the fallback is sent.")
}

func (g *generator) severalRead() string {
	if !g.has("each") {
		return ""
	}
	return text("A response with several errors becomes an [errors.Join] of them: " +
		"[errors.Is] and [errors.As] find any, [From] the first, and [Each] yields each. " +
		"An error that the catalog does not explain is an [*Unrecognized] among them; " +
		"the last one stands for all beyond 256." +
		g.onlyIf("retry", " [Decide] retries only if each may be retried, after the longest delay."))
}

// onlyIf returns text if the package has a feature, else "".
func (g *generator) onlyIf(word, text string) string {
	if !g.has(word) {
		return ""
	}
	return text
}

// standIns says what is sent for errors that are not of the package.
func standIns(c *catalog.Catalog) string {
	fallback := "a general error of status 500"
	var others []string
	for f, e := range c.StandIns() {
		switch f {
		case catalog.AnyFailure:
			fallback = "[" + nameOf(e).Code + "]"
		case catalog.BodyTooLarge:
			others = append(others, "an [*net/http.MaxBytesError] as ["+nameOf(e).Code+"]")
		case catalog.DeadlinePassed:
			others = append(others, "a deadline that has passed as ["+nameOf(e).Code+"]")
		}
	}
	if len(others) == 0 {
		return "An error that is not of this package is sent as " + fallback + "."
	}
	others = append(others, "any other error that is not of this package as "+fallback)
	return "[Write] sends " + list(others, "and") + "."
}

// section, text and code are pieces of the package comment; each begins with an empty line.
func section(title, lead string) string { return "//\n// # " + title + "\n" + text(lead) }

func text(paragraph string) string { return "//\n" + commentText("", paragraph) }

func code(lines ...string) string { return "//\n//\t" + strings.Join(lines, "\n//\t") + "\n" }
