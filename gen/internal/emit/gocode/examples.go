package gocode

import (
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/value"
)

// examples emits the examples that documentation shows and go test runs: a server, a client, retries and logs, each with a code of
// the catalog. They are in the package itself, whose import path is not known here.
func (g *generator) examples() []byte {
	e := g.exampleEntry()
	if e == nil { // all codes are internal
		return header(g.pkg)
	}
	imports := []string{"bytes", "errors", "fmt", "log/slog", "net/http", "net/http/httptest", "os"}
	call, timed := exampleCall(e, &e.Variants[0])
	text := serverExample(g.catalog, e, call) + logExample(e, call)
	if g.has("client") {
		text += clientExample(e, call)
	}
	if e := g.retriedEntry(); e != nil && g.has("client") {
		call, timesToo := exampleCall(e, &e.Variants[0])
		timed = timed || timesToo
		text += retryExample(e, call)
	}
	if timed {
		imports = append(imports, "time")
	}
	return append(header(g.pkg, imports...), text...)
}

// retriedEntry returns the first entry that is retried, not too often for an example to try it out, and sends no header: none that asks
// for a longer wait than its policy allows.
func (g *generator) retriedEntry() *entry {
	for _, e := range g.entries {
		if !e.Internal && e.Retry != nil && e.Retry.MaxRetries <= 100 && len(e.Headers) == 0 {
			return e
		}
	}
	return nil
}

// exampleCall returns a call of an entry's constructor for a variant, with its params' examples, but for the closing bracket; and
// whether it names package time.
func exampleCall(e *entry, v *variant) (call string, timed bool) {
	takes := e.Takes(v)
	if e.TakesStruct() {
		return exampleStructCall(e, v, takes)
	}
	var args []string
	for i := range e.Params {
		if p := &e.Params[i]; takes[p.Name] {
			text, timedToo := exampleArgument(p)
			args, timed = append(args, text), timed || timedToo
		}
	}
	return v.Go.New + "(" + strings.Join(args, ", "), timed
}

// exampleStructCall is exampleCall of a constructor that takes the params struct.
func exampleStructCall(e *entry, v *variant, takes map[string]bool) (call string, timed bool) {
	var fields []string
	for i := range e.Params {
		p := &e.Params[i]
		if !takes[p.Name] && !p.Optional {
			continue
		}
		text, timedToo := exampleLiteral(p)
		timed = timed || timedToo
		if p.Sensitive {
			text = "Redact(" + inferred(p, text) + ")"
		}
		if p.Optional && (p.Sensitive || p.Kind != value.List) {
			if !p.Sensitive {
				text = inferred(p, text)
			}
			text = "ptr(" + text + ")"
		}
		fields = append(fields, p.Go.Field+": "+text)
	}
	return v.Go.New + "(" + e.Go.Params + "{" + strings.Join(fields, ", ") + "}", timed
}

// inferred returns a literal of a param as an expression that has the param's type by itself.
func inferred(p *param, text string) string {
	switch p.Kind {
	case value.Int, value.Bytes, value.Float:
		return goType(p.Kind) + "(" + text + ")"
	default:
		return text
	}
}

// exampleArgument is exampleLiteral as gofmt has it in a call that is not a statement, or has several arguments.
func exampleArgument(p *param) (text string, timed bool) {
	text, timed = exampleLiteral(p)
	if p.Kind == value.Duration {
		text = strings.Replace(text, " * ", "*", 1)
	}
	return text, timed
}

// exampleLiteral returns a param's example as a Go expression; and whether it names package time.
func exampleLiteral(p *param) (text string, timed bool) {
	switch {
	case p.Enum != nil:
		return enumConst(p), false
	case p.Kind != value.List:
		return literal(p.Example), isTimed(p.Kind)
	case p.Items.Fields == nil:
		items := join(p.Example.List, literal)
		return paramType(p) + "{" + items + "}", isTimed(p.Items.Kind)
	default:
		fields := join(p.Items.Fields, func(f itemField) string {
			timed = timed || isTimed(f.Kind)
			return f.Go + ": " + literal(f.Example())
		})
		return paramType(p) + "{{" + fields + "}}", timed
	}
}

func enumConst(p *param) string {
	for i, v := range p.Enum {
		if v.Value == p.Example.Str {
			return p.Go.Enum[i]
		}
	}
	return strconv.Quote(p.Example.Str)
}

// withOption returns a call with an option after its arguments.
func withOption(call, option string) string {
	if strings.HasSuffix(call, "(") {
		return call + option + ")"
	}
	return call + ", " + option + ")"
}

func serverExample(c *catalog.Catalog, e *entry, call string) string {
	return fmt.Sprintf(`// A handler returns an error. The response has its status, its headers and its body; the cause is not in it.
func Example_server() {
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

`, withOption(call, `WithCause(errors.New("a row is missing"))`), e.Statuses[0], c.Envelope.MediaType)
}

func clientExample(e *entry, call string) string {
	is := fmt.Sprintf("	fmt.Println(errors.Is(err, %s))\n", e.Go.Code)
	output := "	// true\n"
	if v := &e.Variants[0]; v.Go.Const != "" && v.Readable {
		is += fmt.Sprintf("	fmt.Println(errors.Is(err, %s))\n", v.Go.Const)
		output += "	// true\n"
	}
	return fmt.Sprintf(`// Decode turns a response into an error. Its code is matched with errors.Is, its type with errors.As.
func Example_client() {
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

// logged returns a code as slog's text handler prints it. It asks the handler, which knows what needs quotes.
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
	return fmt.Sprintf(`// Decide says by an error's code whether its request may be sent again. A RetryTransport does so.
func ExampleDecide_attempts() {
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

// helperExamples returns the examples of the package of test helpers.
func helperExamples(pkg, importPath string, e *entry) []byte {
	err := pkg + "." + e.Go.Code
	plain := !e.TakesStruct() && !slices.ContainsFunc(e.Params, func(p param) bool {
		return p.Enum != nil || p.Kind == value.List || p.Kind == value.Time || p.Kind == value.Duration
	})
	if plain { // else its arguments have types of the package, or of others
		call, _ := exampleCall(e, &e.Variants[0])
		err = pkg + "." + call + ")"
	}
	return fmt.Appendf(nil, `%s

package %[2]stest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	%[3]q
	"%[3]s/%[2]stest"
)

func ExampleResponse() {
	resp := %[2]stest.Response(%[4]s)
	fmt.Println(resp.StatusCode, %[2]s.ErrorCode(%[2]s.Decode(resp)))
	// Output: %[5]d %[6]s
}

func ExampleServer() {
	server := %[2]stest.NewServer(%[4]s)
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
	// %[5]d
	// 200
}

func ExampleWant() {
	t := new(testing.T) // that of a test
	err := fmt.Errorf("calling the API: %%w", %[4]s)
	%[2]stest.Want(t, err, %[2]s.%[7]s)
	%[2]stest.Want(t, err, %[4]s)
	fmt.Println(t.Failed())
	// Output: false
}

func ExampleWantResponse() {
	t := new(testing.T) // that of a test
	w := httptest.NewRecorder()
	%[2]s.Write(w, httptest.NewRequest(http.MethodGet, "/", nil), %[4]s)
	%[2]stest.WantResponse(t, w.Result(), %[2]s.%[7]s)
	fmt.Println(t.Failed())
	// Output: false
}

func ExampleRecorder() {
	handler := %[2]s.HandlerFunc(func(http.ResponseWriter, *http.Request) error {
		return %[4]s
	})
	var lines bytes.Buffer
	rec := &%[2]stest.Recorder{Out: &lines}
	rec.Handler(handler).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/things/7", nil))

	var line struct {
		Method, URL string
		Status      int
	}
	if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(line.Method, line.URL, line.Status)
	// Output: GET /things/7 %[5]d
}
`, emit.GoMarkLine, pkg, importPath, err, e.Statuses[0], e.Code, e.Go.Code)
}
