package gocode

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/value"
)

// examples emits the examples that documentation shows and go test runs: a server, a client,
// retries and logs, each with a code of the catalog. They are in the package itself, whose import
// path is not known here.
func (g *generator) examples() []byte {
	e := g.exampleEntry()
	if e == nil { // all codes are internal
		return header(g.pkg)
	}
	imports := []string{"bytes", "errors", "fmt", "log/slog", "net/http", "net/http/httptest", "os"}
	call, uses := exampleCall(e, &e.Variants[0])
	text := serverExample(g.catalog, e, call) + logExample(e, call)
	if g.has("client") {
		text += g.clientExample(e, call)
	}
	if also := g.alsoEntry(e); also != nil && g.has("client") {
		second, more := exampleCall(also, &also.Variants[0])
		uses.add(more)
		text += eachExample(e, call, also, second)
	}
	if e := g.retriedEntry(); e != nil && g.has("retry") {
		call, more := exampleCall(e, &e.Variants[0])
		uses.add(more)
		text += retryExample(e, call)
	}
	imports = append(imports, uses.list()...)
	slices.Sort(imports)
	return append(header(g.pkg, imports...), text...)
}

// retriedEntry returns the first entry that is retried, seldom enough for an example to exhaust,
// and that sends no headers: a Retry-After could exceed the policy.
func (g *generator) retriedEntry() *entry {
	for _, e := range g.entries {
		if !e.Internal && e.Retry != nil && e.Retry.MaxRetries <= 100 && len(e.Headers) == 0 {
			return e
		}
	}
	return nil
}

// alsoEntry returns an entry for an example of a response with e and another error; nil: there is
// none.
func (g *generator) alsoEntry(e *entry) *entry {
	for _, also := range g.entries {
		if g.has("each") && also != e && !also.Internal && !also.Anonymous && !e.Anonymous {
			return also
		}
	}
	return nil
}

// packages are those that the literals of examples name.
type packages struct{ json, time bool }

func (uses *packages) add(more packages) {
	uses.json, uses.time = uses.json || more.json, uses.time || more.time
}

func (uses *packages) list() (paths []string) {
	if uses.json {
		paths = append(paths, "encoding/json")
	}
	if uses.time {
		paths = append(paths, "time")
	}
	return paths
}

// exampleCall returns a call of an entry's constructor for a variant, with its params' examples and
// without the closing bracket, and the packages that it names.
func exampleCall(e *entry, v *variant) (call string, uses packages) {
	takes := e.Takes(v)
	if e.TakesStruct() {
		return exampleStructCall(e, v, takes)
	}
	var args []string
	for i := range e.Params {
		if p := &e.Params[i]; takes[p.Name] {
			text := uses.literal(&p.Type, &p.Go.Type, p.Example)
			// as gofmt has it in a call that is not a statement, or has several arguments
			if p.Kind == value.Duration {
				text = strings.Replace(text, " * ", "*", 1)
			}
			args = append(args, text)
		}
	}
	return v.Go.New + "(" + strings.Join(args, ", "), uses
}

// exampleStructCall is exampleCall for a constructor that takes the params struct.
func exampleStructCall(e *entry, v *variant, takes map[string]bool) (call string, uses packages) {
	var fields []string
	for i := range e.Params {
		p := &e.Params[i]
		if !takes[p.Name] && !p.Optional {
			continue
		}
		text := uses.literal(&p.Type, &p.Go.Type, p.Example)
		if p.Sensitive {
			text = "Redact(" + inferred(p.Kind, text) + ")"
		}
		if p.Optional && (p.Sensitive || !isNilable(p.Kind)) {
			if !p.Sensitive {
				text = inferred(p.Kind, text)
			}
			text = "ptr(" + text + ")"
		}
		fields = append(fields, p.Go.Field+": "+text)
	}
	return v.Go.New + "(" + e.Go.Params + "{" + strings.Join(fields, ", ") + "}", uses
}

// inferred returns a literal of a kind as an expression that has its type by itself.
func inferred(k value.Kind, text string) string {
	switch k {
	case value.Int, value.Bytes, value.Float:
		return goType(k) + "(" + text + ")"
	default:
		return text
	}
}

// literal returns an example of a type as a Go expression.
func (uses *packages) literal(t *catalog.Type, n *goname.Type, v value.Value) string {
	switch {
	case t.Enum != nil:
		return enumConst(t, n, v)
	case t.Kind == value.JSON:
		uses.json = true
		return "json.RawMessage(" + quote(string(v.Raw)) + ")"
	case isNilable(t.Kind) || t.Kind == value.Object:
		uses.name(t, n)
		return typeText(t, n) + uses.braces(t, n, v)
	default:
		uses.time = uses.time || isTimed(t.Kind)
		return literal(v)
	}
}

// name notes the packages that the name of a type has, as in []time.Duration.
func (uses *packages) name(t *catalog.Type, n *goname.Type) {
	for ; t.Elem != nil; t, n = t.Elem, n.Elem {
	}
	uses.json = uses.json || t.Kind == value.JSON
	uses.time = uses.time || n.Name == "" && isTimed(t.Kind)
}

// braces returns the parts of an example, in braces.
func (uses *packages) braces(t *catalog.Type, n *goname.Type, v value.Value) string {
	var parts []string
	element := func(v value.Value) string {
		text := uses.literal(t.Elem, n.Elem, v)
		if t.Elem.Kind.HasParts() {
			text = strings.TrimPrefix(text, typeText(t.Elem, n.Elem)) // which Go infers
		}
		return text
	}
	switch t.Kind {
	case value.List:
		for _, item := range v.List {
			parts = append(parts, element(item))
		}
	case value.Map:
		for _, m := range v.Members {
			parts = append(parts, quote(m.Name)+": "+element(m.Value))
		}
	default:
		for _, m := range v.Members {
			i := slices.IndexFunc(t.Fields, func(f catalog.Field) bool { return f.Name == m.Name })
			f, own := &t.Fields[i], &n.Fields[i]
			text := uses.literal(&f.Type, &own.Type, m.Value)
			switch {
			case f.Optional && f.Kind == value.Object:
				text = "&" + text
			case f.Optional && !isNilable(f.Kind):
				text = "ptr(" + inferred(f.Kind, text) + ")"
			}
			parts = append(parts, own.Name+": "+text)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func enumConst(t *catalog.Type, n *goname.Type, v value.Value) string {
	for i := range t.Enum {
		if t.Enum[i].Value == v.Str {
			return n.Enum[i]
		}
	}
	return strconv.Quote(v.Str)
}

// withOption returns a call with an option after its arguments.
func withOption(call, option string) string {
	if strings.HasSuffix(call, "(") {
		return call + option + ")"
	}
	return call + ", " + option + ")"
}

func eachExample(e *entry, call string, also *entry, second string) string {
	return fmt.Sprintf(`
// A handler returns several errors, and the client gets each of them.
func ExampleEach_several() {
	server := httptest.NewServer(HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return errors.Join(%[1]s), %[2]s))
	}))
	defer server.Close()

	resp, err := http.Get(server.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()

	for err := range Each(Decode(resp)) {
		fmt.Println(errors.Is(err, %[3]s), errors.Is(err, %[4]s))
	}
	// Output:
	// true false
	// false true
}
`, call, second, e.Go.Code, also.Go.Code)
}

func serverExample(c *catalog.Catalog, e *entry, call string) string {
	const doc = "// A handler returns an error. " +
		"The response has its status, its headers and its body; the cause is not in it.\n"
	return fmt.Sprintf(doc+`func Example_server() {
	handler := HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return %s
	})

	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))

	fmt.Println(w.Code, w.Header().Get("Content-Type"))
	fmt.Println("the cause is sent:", bytes.Contains(w.Body.Bytes(), []byte("a row is missing")))
	// Output:
	// %d %s
	// the cause is sent: false
}

`, withOption(call, `WithCause(errors.New("a row is missing"))`), e.Statuses[0],
		c.Envelope.MediaType)
}

func (g *generator) clientExample(e *entry, call string) string {
	is := fmt.Sprintf("	fmt.Println(errors.Is(err, %s))\n", e.Go.Code)
	output := "	// true\n"
	if v := &e.Variants[0]; v.Go.Const != "" && isRead(g.reader.Example(e.Entry, v.Variant), v.ID) {
		is += fmt.Sprintf("	fmt.Println(errors.Is(err, %s))\n", v.Go.Const)
		output += "	// true\n"
	}
	const doc = "// Decode turns a response into an error. " +
		"Its code is matched with errors.Is, its type with errors.As.\n"
	return fmt.Sprintf(doc+`func Example_client() {
	server := httptest.NewServer(HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return %s)
	}))
	defer server.Close()

	resp, err := http.Get(server.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = resp.Body.Close() }()
	err = fmt.Errorf("calling the API: %%w", Decode(resp))

%s	var e *%s
	fmt.Println(errors.As(err, &e))
	// Output:
%s	// true
}

`, call, is, e.Go.Type, output)
}

func logExample(e *entry, call string) string {
	return fmt.Sprintf(`// Attr logs an error with its code and its cause, also when it is wrapped.
func ExampleAttr_wrapped() {
	err := fmt.Errorf("handling: %%w", %s)
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch a.Key {
			case "code", "status", "cause":
				return a
			}
			return slog.Attr{} // for a short example
		},
	}))
	logger.Error("failed", Attr(err))
	// Output: error.code=%s error.status=%d error.cause="a row is missing"
}

`, withOption(call, `WithCause(errors.New("a row is missing"))`), logged(e.Code), e.Statuses[0])
}

// logged returns a code as slog's text handler prints it. It asks the handler, which knows what
// needs quotes.
func logged(code string) string {
	var b strings.Builder
	only := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key != "code" {
			return slog.Attr{}
		}
		return a
	}
	slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: only})).Info("", "code", code)
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), "code="), "\n")
}

func retryExample(e *entry, call string) string {
	const doc = "// Decide says by an error's code whether its request may be sent again. " +
		"A RetryTransport does so.\n"
	return fmt.Sprintf(doc+`func ExampleDecide_attempts() {
	err := %s)
	for attempt := 1; ; attempt++ {
		if d := Decide(err, attempt); !d.Retry {
			fmt.Println("after", attempt, "attempts:", d.Reason)
			return
		}
	}
	// Output: after %d attempts: no retries are left
}
`, call, e.Retry.MaxRetries+1)
}

// helperEntry returns the entry that the examples of the test helpers show; nil: none. They pass a
// bare code if a constructor's arguments have types of the package, or of others. Clients do not
// recognize one that is sent without its code.
func (g *generator) helperEntry() *entry {
	for _, e := range append([]*entry{g.exampleEntry()}, g.entries...) {
		if e != nil && !e.Internal && (takesLiterals(e) || !e.Anonymous) {
			return e
		}
	}
	return nil
}

// takesLiterals reports whether the constructors of an entry take literals alone.
func takesLiterals(e *entry) bool {
	return !e.TakesStruct() && !slices.ContainsFunc(e.Params, func(p param) bool {
		return p.Enum != nil || p.Kind.InBodyOnly() || p.Kind == value.Time || p.Kind == value.Duration
	})
}

// helperExamples returns the examples of the package of test helpers.
func helperExamples(pkg, importPath string, e *entry) []byte {
	test := pkg + "test"
	name := nameIn(helperExample, pkg, "apierr")
	testName := nameIn(helperExample, test, "apierrtest")
	err := name + "." + e.Go.Code
	if takesLiterals(e) {
		call, _ := exampleCall(e, &e.Variants[0])
		err = name + "." + call + ")"
	}
	return fmt.Appendf(nil, helperExample, emit.GoMarkLine, test,
		importSpec(name, pkg, importPath), importSpec(testName, test, importPath+"/"+test),
		name, testName, err, e.Statuses[0], e.Code, e.Go.Code)
}

// helperExample has those of one code.
const helperExample = `%s

package %[2]s_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	%[3]s
	%[4]s
)

func ExampleResponse() {
	resp := %[6]s.Response(%[7]s)
	fmt.Println(resp.StatusCode, %[5]s.ErrorCode(%[5]s.Decode(resp)))
	// Output: %[8]d %[9]s
}

func ExampleServer() {
	server := %[6]s.NewServer(%[7]s)
	defer server.Close()

	for range 2 { // the second time there is no error left
		resp, err := http.Get(server.URL)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(resp.StatusCode)
		_ = resp.Body.Close()
	}
	// Output:
	// %[8]d
	// 200
}

func ExampleWant() {
	t := new(testing.T) // that of a test
	err := fmt.Errorf("calling the API: %%w", %[7]s)
	%[6]s.Want(t, err, %[5]s.%[10]s)
	%[6]s.Want(t, err, %[7]s)
	fmt.Println(t.Failed())
	// Output: false
}

func ExampleWantResponse() {
	t := new(testing.T) // that of a test
	w := httptest.NewRecorder()
	%[5]s.Write(w, httptest.NewRequest(http.MethodGet, "/", nil), %[7]s)
	%[6]s.WantResponse(t, w.Result(), %[5]s.%[10]s)
	fmt.Println(t.Failed())
	// Output: false
}

func ExampleRecorder() {
	handler := %[5]s.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return %[7]s
	})
	var lines bytes.Buffer
	rec := &%[6]s.Recorder{Out: &lines}
	rec.Handler(handler).ServeHTTP(httptest.NewRecorder(), ` +
	`httptest.NewRequest(http.MethodGet, "/things/7", nil))

	var line struct {
		Method, URL string
		Status      int
	}
	if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(line.Method, line.URL, line.Status)
	// Output: GET /things/7 %[8]d
}
`
