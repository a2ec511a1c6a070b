package vectors

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/value"
)

// odd adds what clients meet beside the errors of the server: responses of proxies, of newer and of
// older servers, and of broken ones.
func (m *maker) odd() {
	m.foreign()
	if len(m.public) == 0 {
		return
	}
	d := m.first(func(e *catalog.Entry) bool { return len(e.Params) > 0 || e.HasVariants() })
	m.broken(d)
	m.codes(d)
	m.long()
	m.members(d)
	m.params()
	m.statuses(d)
	m.delays()
	m.anonymous()
	if m.Envelope.Body.Each() != nil {
		m.several()
	}
	if m.rolesOf()[catalog.RoleType] {
		m.types()
	}
}

// first returns a draft of the first error that is wanted, or else of the first one.
func (m *maker) first(wanted func(*catalog.Entry) bool) draft {
	e := m.public[max(slices.IndexFunc(m.public, wanted), 0)]
	return draft{entry: e, variant: &e.Variants[0], status: e.Statuses[0]}
}

// foreign adds responses that know nothing of the catalog.
func (m *maker) foreign() {
	for _, f := range []struct {
		name, media string
		status      int
		body        string
	}{
		{
			"a page of a proxy", "text/html", 502,
			"<html><head><title>502 Bad Gateway</title></head></html>\n",
		},
		{
			"a page of a proxy that retries help with", "text/html; charset=utf-8", 503,
			"<h1>Service Unavailable</h1>",
		},
		{"a page with status 404", "text/html", 404, "<!doctype html><title>Not found</title>"},
		{"a plain text", "text/plain", 504, "upstream request timeout"},
		{"an empty body", "application/json", 500, ""},
		{"an empty body with status 429", "", 429, ""},
		{"white space", "application/json", 500, " \r\n\t"},
		{
			"another envelope", "application/json", 500,
			`{"errors":[{"id":"E1","reason":"no"}],"fault":{"faultstring":"x"}}`,
		},
		{"an empty object", "application/json", 400, `{}`},
		{"a list", "application/json", 400, `[{"code":"X"}]`},
		{"a string", "application/json", 400, `"error"`},
		{"a number", "application/json", 400, `42`},
		{"null", "application/json", 400, `null`},
		{"two JSON values", "application/json", 400, `{} {}`},
		{"JSON with a comment", "application/json", 400, `{} // ok`},
		{"JSON with a trailing comma", "application/json", 400, `{"a":1,}`},
		{"not a number", "application/json", 400, `{"a":NaN}`},
		{"a byte order mark alone", "application/json", 500, "\ufeff"},
		{"UTF-16", "application/json", 500, "\xff\xfe{\x00}\x00"},
		{"Latin-1", "text/plain", 503, "Dienst nicht verf\xfcgbar"},
		{"bytes that are no text", "application/octet-stream", 500, "\x89PNG\r\n\x1a\n\x00\xff\xfe"},
	} {
		h := http.Header{}
		if f.media != "" {
			h.Set("Content-Type", f.media)
		}
		m.addResponse(f.name, received{status: f.status, header: h, body: []byte(f.body)}, nil)
	}
	m.addResponse("nesting without end", received{
		status: 500,
		header: http.Header{"Content-Type": {"application/json"}},
		body:   []byte("<repeat>"),
	}, &Repeat{"<repeat>", "[", 200_000})
}

// broken adds bodies that were damaged on their way, and some that only look so.
func (m *maker) broken(d draft) {
	body := d.body(m.Catalog)
	for _, b := range []struct {
		name string
		body []byte
	}{
		{"a truncated body", body[:len(body)-1]},
		{"half a body", body[:len(body)/2]},
		{"a body with text behind it", append(bytes.Clone(body), "<!-- served by p1 -->"...)},
		{"a byte order mark", append([]byte("\ufeff"), body...)},
		{"white space around the body", append(append([]byte("\r\n\t "), catalog.Indent(body)...), '\n')},
		{"two byte order marks", append([]byte("\ufeff\ufeff"), body...)},
	} {
		m.addResponse(b.name, received{status: d.status, header: d.headers(m.Catalog), body: b.body}, nil)
	}
	html := d.withHeader("Content-Type", "text/html")
	m.add("another media type", html)
	none := d
	none.noBody = true
	m.add("an error without its body, as after HEAD", none)
	page := received{status: d.status, header: d.headers(m.Catalog), body: []byte("<h1>Error</h1>")}
	m.addResponse("an error's headers on a page", page, nil)
	latin := received{status: d.status, header: d.headers(m.Catalog), body: bytes.ReplaceAll(
		d.withMessage("Caf\ue000 ferm\ue000").body(m.Catalog), []byte("\ue000"), []byte{0xe9})}
	m.addResponse("a message that is not UTF-8", latin, nil)
	half := received{status: d.status, header: d.headers(m.Catalog), body: bytes.ReplaceAll(
		d.withMessage("Half \ue000").body(m.Catalog), []byte("\ue000"), []byte(`\ud83d`))}
	m.addResponse("a message with half a character", half, nil)
}

// codes adds codes that the catalog does not have, or has retired.
func (m *maker) codes(d draft) {
	unknown := []string{
		m.newerCode(), "constructor", "__proto__", "None", strings.ToLower(d.entry.Code) + "x",
	}
	if m.Reads(catalog.RoleCode) { // not in a header, whose letters clients read in different ways
		unknown = append(unknown, "neue größe 😀")
	}
	if m.rolesOf()[catalog.RoleCodeNumber] {
		unknown = []string{m.newerCode(), "-987654321"}
	}
	for _, code := range unknown {
		if m.Find(code) == nil && m.retired[code] == nil {
			m.add("the unknown code "+code, d.withCode(m.Catalog, code))
		}
	}
	gateway := d.withCode(m.Catalog, unknown[0])
	gateway.status = 503
	m.add("an unknown code with status 503", gateway)
	none := gateway
	none.noBody = true
	m.add("an unknown code without its body", none)
	if len(m.Envelope.CodeHeaders) == 0 {
		m.add("an empty code",
			d.with(func(r catalog.Role, _ string, was catalog.RoleValue) catalog.RoleValue {
				if r == catalog.RoleCode {
					return catalog.RoleValue{JSON: json.RawMessage(`""`)}
				}
				return was
			}))
	}
	for i := range m.Retired {
		t := &m.Retired[i]
		old := d.withCode(m.Catalog, t.Code)
		if old.status = t.Status; old.status == 0 {
			old.status = 410
		}
		m.add("the retired code "+t.Code, old)
		if i == 0 {
			old.noBody = true
			m.add("a retired code without its body", old)
			old.noBody, old.status = false, 503
			m.add("a retired code with status 503", old)
		}
	}
}

// newerCode returns a code that the catalog does not have.
func (m *maker) newerCode() string {
	if m.rolesOf()[catalog.RoleCodeNumber] {
		return "987654321"
	}
	return "NEWER_CODE"
}

// long adds texts of a size that shows how a client's time grows.
func (m *maker) long() {
	const size = 1_000_000 // of the body, at most: clients read 1 MiB
	const inMessage = "<repeat>"
	d := m.first(func(*catalog.Entry) bool { return true })
	m.addLong("a long message", d.withMessage("A long message: "+inMessage), inMessage, "x", size)
	for _, e := range m.public {
		for i := range e.Variants {
			v := &e.Variants[i]
			names := v.Message.Names()
			isText := func(name string) bool {
				p := e.Param(name)
				return p.Kind == value.String && p.Enum == nil
			}
			if n := slices.IndexFunc(names, isText); n >= 0 {
				letter := unusedIn(v.Message.String())
				mark := strings.Repeat(letter, 9) // is read as what it stands for is
				d := draft{entry: e, variant: v, status: e.Statuses[0]}
				d.entry, d.variant = others(e, v, func(p *catalog.Param) bool {
					if p.Name == names[n] {
						p.Example = value.Value{Str: mark}
					}
					return true
				})
				for i := range e.Headers {
					if slices.Contains(e.Headers[i].Value.Names(), names[n]) {
						d = d.withHeader(e.Headers[i].Name, "")
					}
				}
				m.addLong("a long param", d, mark, letter, size)
				return
			}
		}
	}
}

// unusedIn returns a letter that no literal of a message has.
func unusedIn(text string) string {
	for r := 'z'; r >= 'A'; r-- {
		if unicode.IsLetter(r) && !strings.ContainsRune(text, r) {
			return string(r)
		}
	}
	return "ſ" // which is rarer than all of them
}

func (m *maker) addLong(name string, d draft, mark, text string, size int) {
	body := d.body(m.Catalog)
	times := size / (max(bytes.Count(body, []byte(mark)), 1) * len(text))
	m.addResponse(name, received{status: d.status, header: d.headers(m.Catalog), body: body},
		&Repeat{mark, text, times})
}

// members adds bodies that lack a member, or in which it is null or of another type.
func (m *maker) members(d draft) {
	seen := map[catalog.Role]bool{}
	for r := range m.Envelope.Body.Roles() {
		if seen[r] || r == catalog.RoleParam || r == catalog.RoleMeta {
			continue
		}
		seen[r] = true
		name := strings.ReplaceAll(strings.TrimPrefix(string(r), "$"), "_", " ")
		m.add("no "+name, d.withRole(r, catalog.RoleValue{}))
		if spreads(&m.Envelope.Body) && r == catalog.RoleParams {
			continue // they have no member of their own
		}
		for _, other := range []struct{ name, json string }{
			{"null for the ", "null"},
			{"an object for the ", `{"a":1}`},
			{"a list for the ", `["a"]`},
			{"false for the ", "false"},
		} {
			m.add(other.name+name,
				d.withRole(r, catalog.RoleValue{JSON: json.RawMessage(other.json), Text: "?"}))
		}
	}
	for i := range m.Envelope.Body.Members {
		member := &m.Envelope.Body.Members[i]
		if member.Name == "" || !m.isRead(&member.Node) || m.isElsewhere(member) {
			continue
		}
		root, _ := decode(d.body(m.Catalog))
		for _, text := range []string{"null", `"text"`, "7", "[]", "{}"} {
			whole := root.(map[string]any) // it has members
			whole[member.Name] = json.RawMessage(text)
			name := fmt.Sprintf("%s for the member %s", text, member.Name)
			m.addResponse(name, received{
				status: d.status, header: d.headers(m.Catalog), body: encode.CompactJSON(whole),
			}, nil)
		}
	}
	if seen[catalog.RoleCode] {
		m.add("a code that is a number",
			d.withRole(catalog.RoleCode, catalog.RoleValue{JSON: json.RawMessage("424242"), Text: "424242"}))
		m.add("a code that is a fraction",
			d.withRole(catalog.RoleCode, catalog.RoleValue{JSON: json.RawMessage("7.5"), Text: "7.5"}))
	}
	if more := d.body(m.Catalog); more[0] == '{' {
		m.addResponse("a member of a newer server", received{
			status: d.status,
			header: d.headers(m.Catalog),
			body:   append([]byte(`{"newer":{"code":"X","a":[null]},`), more[1:]...),
		}, nil)
		m.addResponse("a member of a newer server that nests deep", received{
			status: d.status,
			header: d.headers(m.Catalog),
			body:   append([]byte(`{"newer":["\u00e9",`+nested(800)+`],`), more[1:]...),
		}, nil)
	}
	if seen[catalog.RoleVariant] {
		o := m.first((*catalog.Entry).HasVariants)
		m.add("an unknown variant", o.withRole(catalog.RoleVariant, textRole("newer_variant")))
		m.add("an unknown variant, reworded",
			o.withRole(catalog.RoleVariant, textRole("newer_variant")).withMessage("Other words"))
		m.add("no variant, reworded",
			o.withRole(catalog.RoleVariant, catalog.RoleValue{}).withMessage("Other words"))
		if len(o.entry.Variants) > 1 {
			m.add("the variant of another message",
				o.withRole(catalog.RoleVariant, textRole(o.entry.Variants[1].ID)))
		}
	}
}

// isElsewhere reports whether a role of a member of the body is also in another member.
func (m *maker) isElsewhere(member *catalog.Member) bool {
	for i := range m.Envelope.Body.Members {
		if other := &m.Envelope.Body.Members[i]; other != member {
			for r := range other.Node.Roles() {
				for own := range member.Node.Roles() {
					if r == own || r.TellsCode() && own.TellsCode() {
						return true
					}
				}
			}
		}
	}
	return false
}

// spreads reports whether an envelope has the params beside other members.
func spreads(n *catalog.Node) bool {
	return n.Kind == catalog.NodeSpread ||
		slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return spreads(&m.Node) }) ||
		slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return spreads(&item) })
}

// params adds bodies in which one param is missing, null, or not of its type: one param of each
// type.
func (m *maker) params() {
	seen := map[string]bool{}
	short := strings.NewReplacer(nested(maxLevels+1), "[too many lists]",
		nested(maxLevels), "[many lists]")
	for _, e := range m.public {
		for i := range e.Params {
			p := &e.Params[i]
			d := draft{entry: e, variant: &e.Variants[0], status: e.Statuses[0]}
			key := fmt.Sprint(shapeOf(&p.Type), p.Optional, p.Apart, p.InMessage)
			if seen[key] || !m.sent(d, p) {
				continue
			}
			seen[key] = true
			m.add(fmt.Sprintf("%s without the param %s", e.Code, p.Name),
				d.withParam(m.Catalog, p.Name, nil))
			for _, text := range misfits(&p.Type, 0) {
				m.add(fmt.Sprintf("%s with the param %s %s", e.Code, p.Name, short.Replace(text)),
					d.withParam(m.Catalog, p.Name, json.RawMessage(text)))
			}
		}
	}
}

// shapeOf describes a type, without names.
func shapeOf(t *catalog.Type) string {
	text := t.Kind.String()
	if t.Elem != nil {
		text += " of " + shapeOf(t.Elem)
	}
	for i := range t.Fields {
		text += fmt.Sprint(" ", shapeOf(&t.Fields[i].Type), t.Fields[i].Optional)
	}
	return text
}

// misfits returns values for a param of a type, some of which are almost of that type.
func misfits(t *catalog.Type, level int) []string {
	list := []string{"null", "true", `"text"`, "[]", "{}", "-3", "2.50", "1e2", `"12"`}
	switch t.Kind {
	case value.String:
		list = append(list, `""`, `"\ud83d\ude00 \u0000"`,
			`"\ud800"`, `"\ud83d\uDE00\uDC00 \\\ud83d\\ud83d"`) // halves of characters
	case value.Int, value.Bytes:
		list = append(list, "3.0", "9007199254740993.5", "1e400")
	case value.Float:
		list = append(list, "0", "-0.0", "1e400")
	case value.Duration:
		list = append(list, "0.000000001", "0", "1e30", "1.5e1")
	case value.Time:
		list = append(list, `"2026-06-12T17:04:05+02:00"`,
			`"2026-06-12T15:04:05.120Z"`, `"2026-06-12"`, `"2026-02-30T00:00:00Z"`)
	case value.JSON:
		list = append(list, nested(maxLevels), nested(maxLevels+1))
	case value.List:
		good := string(other(t.Elem, value.Value{}, false).JSON())
		list = append(list, "[null]", "["+good+"]", "["+good+`,{"a":[]},`+good+"]")
		for _, bad := range inner(t.Elem, level) {
			list = append(list, "["+good+","+bad+"]")
		}
	case value.Map:
		good := string(other(t.Elem, value.Value{}, false).JSON())
		list = append(list, `{"a":`+good+`,"b":{"a":[]},"constructor":`+good+"}")
		for _, bad := range inner(t.Elem, level) {
			list = append(list, `{"a":`+good+`,"b":`+bad+"}")
		}
	case value.Object:
		list = append(list, objects(t, level)...)
	}
	var kept []string
	for _, text := range list {
		if json.Valid([]byte(text)) && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}

// nested returns lists in lists.
func nested(levels int) string {
	return strings.Repeat("[", levels) + strings.Repeat("]", levels)
}

// inner returns the misfits of a part of a value, down to the second level.
func inner(t *catalog.Type, level int) []string {
	if level > 1 {
		return nil
	}
	return misfits(t, level+1)
}

// objects returns objects that lack a field, or in which one is not of its type.
func objects(t *catalog.Type, level int) (list []string) {
	full := other(t, value.Value{}, false)
	for i := range t.Fields {
		f := &t.Fields[i]
		write := func(text string) string {
			var members []string
			for j := range t.Fields {
				is := string(other(&t.Fields[j].Type, value.Value{}, false).JSON())
				if i == j {
					is = text
				}
				if is != "" && (i == j || !t.Fields[j].Optional) {
					members = append(members, string(value.Value{Str: t.Fields[j].Name}.JSON())+":"+is)
				}
			}
			return "{" + strings.Join(members, ",") + "}"
		}
		list = append(list, write(""), write("null"),
			write(string(other(&f.Type, value.Value{}, false).JSON())))
		for _, bad := range inner(&f.Type, level) {
			list = append(list, write(bad))
		}
	}
	return append(list, strings.TrimSuffix(string(full.JSON()), "}")+`,"newer field":1}`)
}

// statuses adds responses whose status is not the body's, or not one of the error's.
func (m *maker) statuses(d draft) {
	other := d.status
	for _, s := range []int{502, 418, 404} {
		if !slices.Contains(d.entry.Statuses, s) {
			other = s
		}
	}
	got := received{status: other, header: d.headers(m.Catalog), body: d.body(m.Catalog)}
	m.addResponse(fmt.Sprintf("status %d where the body says %d", other, d.status), got, nil)
	if r := m.first(func(e *catalog.Entry) bool { return e.Retry != nil }); r.entry.Retry != nil {
		got := received{status: 599, header: r.headers(m.Catalog), body: r.body(m.Catalog)}
		m.addResponse(fmt.Sprintf("status 599 where the body says %d", r.status), got, nil)
		moved := r
		moved.status = 599
		m.add("a status that the code does not have", moved)
	}
	got.status = http.StatusOK
	m.addResponse("an error with status 200", got, nil)
}

// delays adds the ways in which servers say how long to wait.
func (m *maker) delays() {
	d := m.first(func(e *catalog.Entry) bool { return e.Retry != nil && e.Retry.MaxRetries > 1 })
	for _, text := range []string{
		"0", "1", "007", "1.5", "0.001", "120, 30", "-1", "1e1", "1000000000000000000000",
		strings.Repeat("9", 500), ".5", "1.0", "30,120.2 ,",
		"0000120", "-120", "0x10", "NaN", "Infinity", "1 2", "soon", "3 seconds", ",", "2,",
		clock.Add(30 * time.Second).Format(http.TimeFormat),
		clock.Add(-time.Hour).Format(http.TimeFormat),
		clock.Format(http.TimeFormat),
		clock.Add(40 * time.Second).Format("Monday, 02-Jan-06 15:04:05 GMT"),
		clock.Add(50 * time.Second).Format(time.ANSIC),
		"1, " + clock.Add(20*time.Second).Format(http.TimeFormat) + ", 2",
		"Fri, 99 Jun 2026 15:04:05 GMT",
		clock.Add(20*time.Second).Format(http.TimeFormat) + ", 150",
		"Sat Jul  4 10:00:00 2026", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
		"Fri, 12 Foo 2026 10:02:00 GMT", "Fri, 12 Jun 2026 :::::::: GMT", "Fri, 12 Jun 2026",
	} {
		m.add(fmt.Sprintf("Retry-After: %s", text),
			d.withHeader("Retry-After", text).withRole(catalog.RoleRetryAfter, catalog.RoleValue{}))
	}
	if _, ok := m.rolesOf()[catalog.RoleRetryAfter]; ok {
		for _, text := range []string{"0", "2.5", "-1", "1e1", "1e30"} {
			seconds := catalog.RoleValue{JSON: json.RawMessage(text), Text: text}
			m.add("retry after in the body: "+text,
				d.withHeader("Retry-After", "").withRole(catalog.RoleRetryAfter, seconds))
		}
		one := catalog.RoleValue{JSON: json.RawMessage("1"), Text: "1"}
		m.add("retry after in the body and in a header",
			d.withHeader("Retry-After", "2").withRole(catalog.RoleRetryAfter, one))
	}
	if c := m.RetryDefault; c != nil {
		h := http.Header{"Retry-After": {"3"}}
		m.addResponse("a page with Retry-After",
			received{status: 503, header: h, body: []byte("<h1>Busy</h1>")}, nil)
	}
}

// anonymous adds bodies that are almost those of an error without a code.
func (m *maker) anonymous() {
	d := m.first(func(e *catalog.Entry) bool { return e.Anonymous })
	if !d.entry.Anonymous {
		return
	}
	for _, body := range []string{`{}`, `{"error":"no"}`, `{"message":"no"}`, `[]`, `{"code":null}`} {
		m.addResponse("another JSON with the status of an error without a code: "+body, received{
			status: d.status,
			header: http.Header{"Content-Type": {"application/json"}},
			body:   []byte(body),
		}, nil)
	}
	m.addResponse("a page with the status of an error without a code", received{
		status: d.status,
		header: http.Header{"Content-Type": {"text/html"}},
		body:   []byte("<h1>Error</h1>"),
	}, nil)
	m.add("an error without a code that has one", d.withCode(m.Catalog, m.newerCode()))
	m.add("an error without a code, reworded", d.withMessage("Other words"))
	other := d
	for other.status = 400; slices.Contains(d.entry.Statuses, other.status); {
		other.status++
	}
	m.add("an error without a code, with another status", other)
}

// several adds bodies with several errors.
func (m *maker) several() {
	a := m.first(func(*catalog.Entry) bool { return true })
	b := m.first(func(e *catalog.Entry) bool {
		return e != a.entry && (len(e.Params) > 0 || e.HasVariants())
	})
	again := m.first(func(e *catalog.Entry) bool { return e.Retry != nil })
	slower := m.first(func(e *catalog.Entry) bool { return e.Retry != nil && e != again.entry })
	never := m.first(func(e *catalog.Entry) bool { return e.Retry == nil })
	bare := m.first(func(e *catalog.Entry) bool { return e.Anonymous })
	alike := m.first(func(e *catalog.Entry) bool {
		return e.Anonymous && e != bare.entry && slices.Contains(e.Statuses, bare.status)
	})
	alike.status = bare.status
	other := m.first(func(e *catalog.Entry) bool {
		return e.Anonymous && !slices.Contains(e.Statuses, bare.status)
	})
	for _, list := range []struct {
		name   string
		drafts []draft
	}{
		{"two errors", []draft{a, b}},
		{"the same error twice", []draft{b, b}},
		{"three errors", []draft{b, a, b}},
		{"a known error and one of a newer server", []draft{a, a.withCode(m.Catalog, m.newerCode())}},
		{"an error of a newer server and a known one", []draft{a.withCode(m.Catalog, m.newerCode()), b}},
		{"two errors to retry", []draft{again, slower}},
		{"an error to retry and one that is not", []draft{again, never}},
		{"an error that is not retried and one that is", []draft{never, again}},
		{
			"an error to retry and one of a newer server",
			[]draft{again, again.withCode(m.Catalog, m.newerCode())},
		},
		{"an error, and one that may be without a code", []draft{a, bare}},
		{"two errors that may be without codes", []draft{bare, alike}},
		{"an error that may be without a code, twice", []draft{bare, bare}},
		{
			"an error that may be without a code, and one of another status",
			[]draft{bare, other},
		},
		{"two errors without messages", []draft{
			a.withRole(catalog.RoleMessage, catalog.RoleValue{}),
			b.withRole(catalog.RoleMessage, catalog.RoleValue{}),
		}},
	} {
		var roots []any
		for _, d := range list.drafts {
			root, _ := decode(d.body(m.Catalog))
			roots = append(roots, root)
		}
		m.addJoined(list.name, list.drafts[0], join(&m.Envelope.Body, roots))
	}
	root, _ := decode(a.body(m.Catalog))
	for _, more := range []string{"null", "{}", "[]", `"text"`, `{"code":7}`} {
		odd, _ := decode([]byte(more))
		addOdd := func(list []any) []any { return append(slices.Clone(list), odd) }
		m.addJoined("an error and "+more, a, withElements(&m.Envelope.Body, root, addOdd))
	}
	empty := func([]any) []any { return []any{} }
	m.addJoined("no errors", a, withElements(&m.Envelope.Body, root, empty))
}

func (m *maker) addJoined(name string, d draft, root any) {
	m.addResponse(name,
		received{status: d.status, header: d.headers(m.Catalog), body: encode.CompactJSON(root)}, nil)
}

// join returns the first of some bodies with the elements of all.
func join(n *catalog.Node, roots []any) any {
	var all []any
	for _, root := range roots {
		withElements(n, root, func(list []any) []any {
			all = append(all, list...)
			return list
		})
	}
	return withElements(n, roots[0], func([]any) []any { return all })
}

// withElements returns a body with other elements in its $each.
func withElements(n *catalog.Node, v any, change func([]any) []any) any {
	switch x := v.(type) {
	case map[string]any:
		changed := maps.Clone(x)
		for i := range n.Members {
			if member := &n.Members[i]; member.Node.Each() != nil {
				changed[member.Name] = withElements(&member.Node, x[member.Name], change)
			}
		}
		return changed
	case []any:
		if n.Kind == catalog.NodeEach {
			return change(x)
		}
		changed := slices.Clone(x)
		for i := range n.Items {
			if item := &n.Items[i]; item.Each() != nil {
				at := i
				if constants := constantsOf(item); len(x) != len(n.Items) { // another one is absent
					at = slices.IndexFunc(x, func(v any) bool { return hasAll(v, constants) })
				}
				if at >= 0 { // else the list is absent, too
					changed[at] = withElements(item, x[at], change)
				}
			}
		}
		return changed
	}
	return v
}

// types adds types of a problem that say nothing, or something else.
func (m *maker) types() {
	d := m.first(func(e *catalog.Entry) bool { return e.Type != "" })
	noCode := d.withRole(catalog.RoleCode, catalog.RoleValue{}).
		withRole(catalog.RoleCodeNumber, catalog.RoleValue{})
	for _, h := range m.Envelope.CodeHeaders {
		noCode = noCode.withHeader(h.Name, "")
	}
	m.add("a type without a code", noCode)
	for _, uri := range []string{"about:blank", "https://errors.example/another"} {
		m.add("the type "+uri+" without a code", noCode.withRole(catalog.RoleType, textRole(uri)))
		m.add("the type "+uri, d.withRole(catalog.RoleType, textRole(uri)))
	}
}

// rolesOf returns the roles of the envelope.
func (m *maker) rolesOf() map[catalog.Role]bool {
	roles := map[catalog.Role]bool{}
	for r := range m.Envelope.Body.Roles() {
		roles[r] = true
	}
	return roles
}
