package schemas

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/errorsjson"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// A trial is a body, how it was changed, and the expected verdict.
type trial struct {
	kind string
	name string
	json string
	want expectation
}

// An expectation is the verdict that all validators should return. For some bodies it is only known
// that all should agree.
type expectation int

const (
	refuse expectation = iota
	accept
	agree
)

// A trialled is a schema and the bodies to try it on.
type trialled struct {
	name   string
	schema []byte
	trials []trial
}

// trialledDocuments are both schemas of every golden case's catalog, of the repository's own, and
// of a catalog in each style of envelope.
func trialledDocuments(t *testing.T) []trialled {
	t.Helper()
	var documents []trialled
	add := func(name string, c *catalog.Catalog) {
		for _, codes := range []schema.Codes{schema.KnownCodes, schema.AnyCode} {
			label := name + map[schema.Codes]string{schema.KnownCodes: " strict",
				schema.AnyCode: " lenient"}[codes]
			documents = append(documents, trialled{label, schema.Document(c, codes),
				trials(t, c, codes == schema.AnyCode)})
		}
	}
	for _, file := range corpus.Catalogs(t) {
		if c, _ := pipeline.Load(corpus.Open(t, file)); c != nil {
			name := strings.TrimSuffix(strings.TrimPrefix(file,
				"../../internal/pipeline/testdata/golden/"), "/catalog.yaml")
			add(strings.TrimSuffix(strings.TrimPrefix(name, "../../../"), ".yaml"), c)
		}
	}
	for _, e := range catalogtest.Envelopes() {
		add("style "+e.Name, catalogtest.Everything(e.Envelope))
	}
	return documents
}

// trials returns the example body of every code, variant and status, and mutations of it.
func trials(t *testing.T, c *catalog.Catalog, lenient bool) []trial {
	t.Helper()
	m := mutator{
		paths: rolePaths(t, c), lenient: lenient, chosen: choices(&c.Envelope.Body, ""),
	}
	for e := range c.Public() {
		m.codeless = m.codeless || e.Anonymous
	}
	for e := range c.All() {
		for i := range e.Variants {
			for _, status := range e.Statuses {
				if !e.Internal {
					m.entry, m.status = e, status
					m.body = string(c.ExampleBody(e, &e.Variants[i], status))
					m.name = fmt.Sprintf("%s/%s %d", e.Code, e.Variants[i].ID, status)
					m.mutate()
				}
			}
		}
	}
	return m.trials
}

// A path leads to a value in a body: names of members and indexes of lists.
type path []any

// rolePaths returns the path of each role in a body, from errors.json.
func rolePaths(t *testing.T, c *catalog.Catalog) map[string][]path {
	t.Helper()
	files, err := errorsjson.Emit(c)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Envelope struct{ Paths map[string][]path }
	}
	if err := json.Unmarshal(files[0].Data, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Envelope.Paths
}

// A mutator makes trials of one body after another.
type mutator struct {
	paths   map[string][]path
	chosen  []string // see choices
	lenient bool
	// codeless says that some errors have no code in their bodies.
	codeless bool
	trials   []trial

	entry  *catalog.Entry
	status int
	body   string
	name   string
}

func (m *mutator) add(kind, detail string, body string, want expectation) {
	m.trials = append(m.trials, trial{kind, strings.TrimSpace(m.name + " " + detail), body, want})
}

func (m *mutator) mutate() {
	m.add("example", "", m.body, accept)
	m.add("member more", "", more(m.body, m.entry, m.chosen), accept)
	for _, body := range retyped(m.body, m.entry, m.chosen) {
		want := refuse
		if m.lenient && m.entry.Anonymous {
			want = agree // a newer server's error without a code may have it
		}
		m.add("wrong type", "", body, want)
	}
	m.statuses()
	m.phrases()
	m.unknown()
	m.leaves()
}

// newCode is a code in no catalog, newStatus a status of no code.
const (
	newCode   = "CODE_OF_THE_FUTURE"
	newStatus = 418
)

// statuses sets the status fields to another status than the code's: all of them, and each alone.
func (m *mutator) statuses() {
	places := slices.Concat(m.paths["status"], m.paths["status_string"])
	if len(places) == 0 || len(m.paths["code"]) == 0 {
		return
	}
	want := refuse
	if m.lenient && m.entry.Anonymous {
		want = agree // a newer server's error without a code may have it
	}
	m.add("wrong status", "", m.set(newStatus, places...), want)
	other := newStatus
	for _, s := range m.entry.Statuses {
		if s != m.status {
			other = s // a status of the code, but not the one in the other fields
		}
	}
	if len(places) > 1 || other == newStatus {
		for _, place := range places {
			m.add("statuses that disagree", fmt.Sprint(place), m.set(other, place), want)
		}
	}
}

// phrases sets each phrase of the status to another one. Where any code passes, so does any phrase:
// servers spell them in different ways.
func (m *mutator) phrases() {
	want := refuse
	if m.lenient {
		want = accept
	}
	if len(m.paths["code"]) == 0 || m.entry.Anonymous {
		want = agree
	}
	for _, place := range m.paths["status_text"] {
		if m.fits(place) {
			m.add("another phrase", fmt.Sprint(place), m.set("Of Another Status", place), want)
		}
	}
}

// unknown replaces the code by one that the catalog does not have.
func (m *mutator) unknown() {
	if len(m.paths["code"]) == 0 || m.entry.Anonymous && !m.fits(m.paths["code"][0]) {
		return // the body of the error has something else there
	}
	passes := refuse
	if m.lenient {
		passes = accept
	}
	body := m.set(newCode, m.paths["code"]...)
	m.add("unknown code", "", body, passes)
	places := slices.Concat(m.paths["status"], m.paths["status_string"])
	if strings.Contains(m.body, fmt.Sprintf("HTTP %d", m.status)) {
		return // a status inside a text has no path
	}
	known := m.body
	m.body = body
	if len(places) > 0 {
		m.add("unknown code, new status", "", m.set(newStatus, places...), passes)
		m.add("unknown code, no error status", "", m.set(200, places...), refuse)
	}
	if len(places) > 1 {
		for _, place := range places {
			for _, status := range []int{newStatus, m.status/10*10 + (m.status+1)%10,
				(m.status-400+10)%200 + 400} {
				m.add("unknown code, statuses that disagree", fmt.Sprint(place, status),
					m.set(status, place), refuse)
			}
		}
	}
	m.body = known
}

// set returns the body with a value at some paths: a status as a text where it was one.
func (m *mutator) set(value any, places ...path) string {
	root := decode(m.body)
	for _, place := range places {
		at := root
		for _, step := range place[:len(place)-1] {
			at = follow(at, step)
		}
		last := place[len(place)-1]
		v := value
		if _, text := follow(at, last).(string); text {
			v = fmt.Sprint(value)
		}
		switch at := at.(type) {
		case map[string]any:
			at[last.(string)] = v
		case []any:
			at[int(last.(float64))] = v
		}
	}
	return encode(root)
}

// fits reports whether the body has what a path leads to, but for its end.
func (m *mutator) fits(p path) bool {
	at := decode(m.body)
	for _, step := range p[:len(p)-1] {
		if members, isObject := at.(map[string]any); isObject {
			at = members[fmt.Sprint(step)]
		} else if _, isList := at.([]any); isList {
			at = follow(at, step)
		}
	}
	switch at.(type) {
	case map[string]any, []any:
		return true
	default:
		return false
	}
}

func follow(v any, step any) any {
	if name, ok := step.(string); ok {
		return v.(map[string]any)[name]
	}
	return v.([]any)[int(step.(float64))]
}

// leaves changes and removes each value of the body. The expected verdict depends on the value, but
// all validators should agree.
func (m *mutator) leaves() {
	var places []string
	walk("", decode(m.body), func(place string, v any) any {
		places = append(places, place)
		return v
	})
	for _, place := range places {
		replace := func(kind string, change func(v any) any) {
			changed := encode(walk("", decode(m.body), func(at string, v any) any {
				if at != place {
					return v
				}
				return change(v)
			}))
			if changed != encode(decode(m.body)) {
				m.add(kind, place, changed, agree)
			}
		}
		replace("null", func(any) any { return nil })
		replace("line end at the end of a text", func(v any) any {
			if text, ok := v.(string); ok {
				return text + "\n"
			}
			return v
		})
		replace("empty", func(v any) any {
			switch v.(type) {
			case string:
				return ""
			case []any:
				return []any{}
			case map[string]any:
				return map[string]any{}
			}
			return v
		})
		replace("number off", func(v any) any {
			if n, ok := v.(float64); ok {
				return n + 0.5
			}
			return v
		})
		replace("number negative", func(v any) any {
			if n, ok := v.(float64); ok {
				return -n
			}
			return v
		})
		replace("list doubled", func(v any) any {
			if list, ok := v.([]any); ok {
				return append(slices.Clone(list), list...)
			}
			return v
		})
		replace("true for a number, 1 for true", func(v any) any {
			switch v.(type) {
			case float64:
				return true
			case bool:
				return 1
			}
			return v
		})
	}
	status := fmt.Sprintf(":%d", m.status)
	m.add("status with a fraction of 0", "", strings.ReplaceAll(m.body, status, status+".0"), agree)
	m.missing()
}

// missing removes each member of each object.
func (m *mutator) missing() {
	var places []string
	walk("", decode(m.body), func(place string, v any) any {
		if object, ok := v.(map[string]any); ok {
			for _, name := range slices.Sorted(maps.Keys(object)) {
				places = append(places, place+"/"+name)
			}
		}
		return v
	})
	for _, place := range places {
		m.add("member missing", place, encode(walk("", decode(m.body), func(at string, v any) any {
			if object, ok := v.(map[string]any); ok {
				maps.DeleteFunc(object, func(name string,
					_ any) bool {
					return at+"/"+name == place
				})
			}
			return v
		})), m.wantWithout(place))
	}
}

// wantWithout returns the expected verdict on a body without a member: invalid if it contained the
// code, the message or a status.
func (m *mutator) wantWithout(place string) expectation {
	for _, role := range []string{"code", "message", "status", "status_string"} {
		if role == "code" && m.lenient && m.codeless {
			continue // it may be a newer server's error without a code
		}
		for _, p := range m.paths[role] {
			text := ""
			for _, step := range p {
				text += "/" + fmt.Sprint(step)
			}
			if text == place || strings.HasPrefix(text, place+"/") {
				return refuse
			}
		}
	}
	return agree
}

// verdictsInGo returns a Go validator's verdict on each trial of each document.
func verdictsInGo(t *testing.T, name string, documents []trialled) [][]bool {
	t.Helper()
	all := make([][]bool, len(documents))
	for i, d := range documents {
		validate := validators[name](t, d.schema)
		for _, trial := range d.trials {
			all[i] = append(all[i], validate([]byte(trial.json)) == nil)
		}
	}
	return all
}

// hold fails for each trial on which a validator's verdict is wrong or differs from the others',
// and prints how many bodies of each kind each validator accepts.
func hold(t *testing.T, documents []trialled, judged map[string][][]bool) {
	t.Helper()
	names := slices.Sorted(maps.Keys(judged))
	counts, shown := table{}, 0
	for i, d := range documents {
		for j, trial := range d.trials {
			want := trial.want == accept
			if trial.want == agree {
				want = judged[names[0]][i][j]
			}
			for _, name := range names {
				got := judged[name][i][j]
				if got != want && shown < 20 {
					shown++
					t.Errorf("%s: %s, %s: %s accepts it: %t, want %t\n%s", d.name, trial.kind,
						trial.name, name, got, want, trial.json)
				}
				if got {
					counts.count(d.name, trial.kind, name)
				}
			}
			counts.count(d.name, trial.kind, tried)
		}
	}
	t.Logf("verdicts:\n%s", counts)
}

// A table counts trials, and how many each validator accepts, by strictness and kind.
type table map[string]map[string]int

// tried is the key of the number of trials, beside the names of validators.
const tried = "tried"

func (c table) count(document, kind, column string) {
	row := fmt.Sprintf("%-7s %s", document[strings.LastIndex(document, " ")+1:], kind)
	if c[row] == nil {
		c[row] = map[string]int{}
	}
	c[row][column]++
}

func (c table) String() string {
	columns := []string{tried}
	for _, row := range c {
		for name := range row {
			if !slices.Contains(columns, name) {
				columns = append(columns, name)
			}
		}
	}
	slices.Sort(columns[1:])
	var b strings.Builder
	fmt.Fprintf(&b, "%-45s", "accepted")
	for _, name := range columns {
		fmt.Fprintf(&b, " %15s", name)
	}
	for _, row := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&b, "\n%-45s", row)
		for _, name := range columns {
			fmt.Fprintf(&b, " %15d", c[row][name])
		}
	}
	return b.String()
}
