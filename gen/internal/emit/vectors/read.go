package vectors

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/message"
)

// A reader says what a client makes of responses.
type reader struct {
	*catalog.Catalog
	entries map[string]*catalog.Entry     // the public ones, by code
	retired map[string]*catalog.Tombstone // by code
	public  []*catalog.Entry
}

// A Reader says what clients make of the responses that a catalog shows.
type Reader struct{ reader reader }

// NewReader returns a reader of a catalog.
func NewReader(c *catalog.Catalog) *Reader { return &Reader{newReader(c)} }

// Example returns what clients make of the example of an error, sent with its first status.
func (r *Reader) Example(e *catalog.Entry, v *catalog.Variant) Outcome {
	d := draft{entry: e, variant: v, status: e.Statuses[0]}
	c := r.reader.Catalog
	got := received{status: d.status, header: d.headers(c), body: d.body(c), now: clock}
	return r.reader.verdict(got).Outcome
}

func newReader(c *catalog.Catalog) reader {
	r := reader{c, map[string]*catalog.Entry{}, map[string]*catalog.Tombstone{}, nil}
	for e := range c.Public() {
		r.entries[e.Code] = e
		r.public = append(r.public, e)
	}
	for i := range c.Retired {
		r.retired[c.Retired[i].Code] = &c.Retired[i]
	}
	return r
}

// A received is a response as a client gets it.
type received struct {
	status int
	header http.Header
	body   []byte
	now    time.Time
}

// maxID is the length of the longest code and request id that clients keep.
const maxID = 1024

// verdict returns what a client makes of a response.
func (r *reader) verdict(got received) Verdict {
	root, isJSON := decode(got.body)
	outer := body{roles: map[catalog.Role]sight{}}
	if isJSON {
		r.walk(&outer, &r.Envelope.Body, root, false)
	}
	if len(outer.elements) == 1 {
		r.walk(&outer, &r.Envelope.Body.Each().Items[0], outer.elements[0], false)
	}
	if len(outer.elements) < 2 {
		one := r.one(&outer, got, root, isJSON)
		one.policies = []decider{one.policy(r, outer.disagrees(got.status), got.status)}
		return one.verdict(r)
	}
	return r.several(&outer, got, root)
}

// several returns the verdict of a body with several errors. What is outside their elements belongs
// to the first; the id of the request, and the wait that the header asks for, belong to all.
func (r *reader) several(outer *body, got received, root any) Verdict {
	var all []failure
	var policies []decider
	for i, element := range outer.elements {
		b, alone, one := outer.clone(), outer.shared(), got
		if i > 0 {
			b, root = alone.clone(), element
		}
		r.walk(&b, &r.Envelope.Body.Each().Items[0], element, false)
		r.walk(&alone, &r.Envelope.Body.Each().Items[0], element, false)
		if said := alone.status(); said >= 400 && said <= 599 {
			one.status = said
		}
		b.isLater = i > 0
		found := r.one(&b, one, root, true)
		all = append(all, found)
		disagrees := i == 0 && outer.disagrees(got.status)
		status := r.statusOf(found, one.status, got.status)
		policies = append(policies, found.policy(r, disagrees, status))
	}
	all[0].others, all[0].policies = all[1:], policies
	return all[0].verdict(r)
}

// statusOf returns the status of one of several errors.
func (r *reader) statusOf(f failure, said, status int) int {
	if f.entry != nil && said == status && !slices.Contains(f.entry.Statuses, status) {
		return f.entry.Statuses[0]
	}
	return said
}

// A failure is one error of a response.
type failure struct {
	Outcome
	entry     *catalog.Entry
	gone      *catalog.Tombstone
	requestID string
	wait      time.Duration
	policies  []decider // of all errors of the response
	others    []failure
}

// A decider is what decides about one error: its policy, and what the server asks to wait.
type decider struct {
	policy *catalog.RetryPolicy
	wait   time.Duration
}

// one returns the error of a body, or of an element of it.
func (r *reader) one(b *body, got received, root any, isJSON bool) (f failure) {
	f.Params = encode.Object{}
	code, header := b.code(), got.header
	if b.isLater {
		header = nil // the headers tell the code and the params of the first error
	}
	if inHeader := r.codeInHeaders(header); code == "" && inHeader != "" {
		code = inHeader
		isJSON = isJSON || len(got.body) == 0
	}
	if code != "" && len(code) <= maxID {
		f.RawCode = &code
	}
	e := r.entries[code]
	if code == "" && isJSON {
		e = r.implied(b, got.status, root)
	}
	if e != nil && isJSON {
		f.entry, f.Code = e, &e.Code
		b.settle(e)
		r.readError(&f.Outcome, e, b, header)
	} else if isJSON && f.RawCode != nil {
		f.gone = r.retired[code]
	}
	if text, ok := b.text(catalog.RoleMessage); ok {
		f.Message = &text
	} else if f.entry != nil {
		f.Message = &e.Title
	}
	f.requestID = got.header.Get(r.requestIDHeader())
	if said, ok := b.text(catalog.RoleRequestID); ok {
		f.requestID = said
	}
	f.wait = r.wait(b, got)
	return f
}

// policy returns what decides about the error.
func (f *failure) policy(r *reader, disagrees bool, status int) decider {
	d := decider{wait: f.wait}
	switch {
	case disagrees:
	case f.entry != nil:
		d.policy = f.entry.Retry
	case f.gone != nil && f.gone.Use != nil:
		d.policy = f.gone.Use.Retry
	case slices.Contains([]int{429, 502, 503, 504}, status):
		d.policy = r.RetryDefault
	}
	return d
}

// verdict returns the verdict of a response whose first error this is.
func (f *failure) verdict(r *reader) Verdict {
	v := Verdict{Outcome: f.Outcome, Retired: f.gone != nil, Decisions: decisions(f.policies)}
	if f.requestID != "" && len(f.requestID) <= maxID {
		v.RequestID = &f.requestID
	}
	if f.wait > 0 {
		seconds := f.wait.Seconds()
		v.RetryAfter = &seconds
	}
	if r.Envelope.Body.Each() != nil {
		v.Errors = []Outcome{f.Outcome}
		for _, other := range f.others {
			v.Errors = append(v.Errors, other.Outcome)
		}
	}
	return v
}

func (r *reader) requestIDHeader() string {
	return cmp.Or(r.Envelope.RequestIDHeader(), "X-Request-Id")
}

// decode reads a body as JSON, with a byte order mark or without.
func decode(data []byte) (root any, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	dec.UseNumber()
	if dec.Decode(&root) != nil {
		return nil, false
	}
	var more json.RawMessage
	return root, dec.Decode(&more) != nil && len(bytes.TrimSpace(data[offset(data, dec):])) == 0
}

// offset returns the position of a decoder in its data.
func offset(data []byte, dec *json.Decoder) int {
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		return int(dec.InputOffset()) + len("\ufeff")
	}
	return int(dec.InputOffset())
}

// A body is what a client finds in a body.
type body struct {
	roles    map[catalog.Role]sight
	named    []namedValue   // of $param.NAME
	params   map[string]any // of $params
	choices  []choice
	hides    bool  // another value is, or may be, where the message would be
	unlike   bool  // the error never sends the value that is there
	elements []any // of $each
	isLater  bool  // it is an element, and not the first
	statuses []string
}

// A sight is a value of a role, as JSON, and the text around it that is not the role's.
type sight struct {
	value         any
	before, after string
}

// A choice is a value that is one of several roles.
type choice struct {
	node  *catalog.Node
	value any
}

type namedValue struct {
	name   string
	value  any
	absent bool // it is the constant that stands for no value
}

// clone returns a body to which more can be added.
func (b *body) clone() body {
	c := *b
	c.roles = maps.Clone(b.roles)
	c.named, c.choices = slices.Clone(b.named), slices.Clone(b.choices)
	c.statuses = slices.Clone(b.statuses)
	return c
}

// shared returns what all errors of the body share.
func (b *body) shared() body {
	c := body{roles: map[catalog.Role]sight{}}
	if s, ok := b.roles[catalog.RoleRequestID]; ok {
		c.roles[catalog.RoleRequestID] = s
	}
	return c
}

// status returns the status that the body states last; 0: none.
func (b *body) status() int {
	if len(b.statuses) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(b.statuses[len(b.statuses)-1])
	return n
}

// walk collects the values where the envelope has a role. absent says that v is a constant that
// stands for no value.
func (r *reader) walk(b *body, n *catalog.Node, v any, absent bool) {
	switch n.Kind {
	case catalog.NodeRole:
		b.keep(n.Role, n.Key, sight{value: v}, absent)
	case catalog.NodeText:
		if role, s, ok := r.inText(n.Text); ok {
			s.value = v
			b.keep(role, "", s, absent)
		}
	case catalog.NodeOr:
		if n.IsChoice() {
			b.choices = append(b.choices, choice{n, v})
			return
		}
		if sole := n.Only(); sole != nil {
			isConst := func(item catalog.Node) bool {
				constant, _ := decode(constantJSON(&item))
				return item.IsConst() && equal(constant, v)
			}
			r.walk(b, sole, v, absent || slices.ContainsFunc(n.Items, isConst))
		}
	case catalog.NodeEach:
		if items, ok := v.([]any); ok {
			b.elements = items
		}
	case catalog.NodeArray:
		if items, ok := v.([]any); ok {
			r.walkItems(b, n, items, absent)
		}
	case catalog.NodeObject:
		members, ok := v.(map[string]any)
		if !ok {
			return
		}
		for i := range n.Members {
			m := &n.Members[i]
			if m.Node.Kind == catalog.NodeSpread {
				b.keep(catalog.RoleParams, "", sight{value: v}, absent)
			} else if member, ok := members[m.Name]; ok {
				r.walk(b, &m.Node, member, absent)
			}
		}
	}
}

// constantJSON returns a constant of the envelope; nothing if the node is none.
func constantJSON(n *catalog.Node) []byte {
	if !n.IsConst() {
		return nil
	}
	return n.AppendJSON(nil, nil)
}

// walkItems walks the items of a list. Clients recognize items that may be absent, and those behind
// them, by their constants, or by their position if all items are there.
func (r *reader) walkItems(b *body, n *catalog.Node, items []any, absent bool) {
	fixed := r.FirstLoose(n, r.public)
	if fixed < 0 {
		fixed = len(n.Items)
	}
	for i, v := range items {
		if i < fixed {
			r.walk(b, &n.Items[i], v, absent)
			continue
		}
		var fit []*catalog.Node
		for k := fixed; k < len(n.Items); k++ {
			item := &n.Items[k]
			constants := constantsOf(item)
			inPlace := i == k && len(items) == len(n.Items)
			if r.isRead(item) &&
				(len(constants) > 0 && hasAll(v, constants) || len(constants) == 0 && inPlace) {
				fit = append(fit, item)
			}
		}
		if len(fit) == 1 {
			r.walk(b, fit[0], v, absent)
		}
	}
}

// constantsOf returns the members of an object that are scalar constants.
func constantsOf(n *catalog.Node) (list []catalog.Member) {
	for _, m := range n.Members {
		if m.Node.Kind == catalog.NodeConst {
			list = append(list, m)
		}
	}
	return list
}

func hasAll(v any, constants []catalog.Member) bool {
	members, _ := v.(map[string]any)
	return !slices.ContainsFunc(constants, func(m catalog.Member) bool {
		constant, _ := decode(m.Node.Const)
		is, ok := members[m.Name]
		return !ok || !equal(constant, is)
	})
}

// equal reports whether two JSON values are the same.
func equal(a, b any) bool {
	x, isNumber := a.(json.Number)
	y, both := b.(json.Number)
	if isNumber && both {
		f, _ := x.Float64()
		g, _ := y.Float64()
		return f == g
	}
	return reflect.DeepEqual(a, b)
}

// isRead reports whether a client finds anything in a node.
func (r *reader) isRead(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole:
		return r.reads(n.Role)
	case catalog.NodeSpread:
		return true
	case catalog.NodeText:
		_, _, ok := r.inText(n.Text)
		return ok
	case catalog.NodeOr:
		sole := n.Only()
		return n.IsChoice() &&
			slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return r.isRead(&item) }) ||
			sole != nil && r.isRead(sole)
	}
	return slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return r.isRead(&m.Node) }) ||
		slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return r.isRead(&item) })
}

// reads reports whether clients read a role.
func (r *reader) reads(role catalog.Role) bool {
	switch role {
	case catalog.RoleCode, catalog.RoleCodeNumber, catalog.RoleMessage, catalog.RoleStatus,
		catalog.RoleStatusString, catalog.RoleRequestID, catalog.RoleRetryAfter, catalog.RoleInstance:
		return true
	case catalog.RoleVariant:
		return slices.ContainsFunc(r.public, (*catalog.Entry).HasVariants)
	case catalog.RoleType:
		return slices.ContainsFunc(r.public, func(e *catalog.Entry) bool {
			return e.Type != "" || e.Anonymous
		})
	case catalog.RoleParams, catalog.RoleParam:
		return slices.ContainsFunc(r.public, func(e *catalog.Entry) bool { return len(e.Params) > 0 })
	}
	return false
}

// inText returns the one role in a string, and what stands around it. A string with several is not
// parsed; the service is the same in every body.
func (r *reader) inText(t message.Template) (role catalog.Role, s sight, ok bool) {
	for _, seg := range t {
		text := seg.Literal
		isRole := seg.Name != ""
		if isRole && catalog.Role("$"+seg.Name) == catalog.RoleService && r.Service != "" {
			text, isRole = r.Service, false
		}
		switch {
		case isRole && ok:
			return "", sight{}, false
		case isRole:
			role, ok = catalog.Role("$"+seg.Name), true
		case ok:
			s.after += text
		default:
			s.before += text
		}
	}
	return role, s, ok && r.reads(role)
}

func (b *body) keep(role catalog.Role, key string, s sight, absent bool) {
	switch {
	case role == catalog.RoleParam:
		b.named = append(b.named, namedValue{key, s.value, absent})
	case absent:
	case role == catalog.RoleParams:
		b.params, _ = s.value.(map[string]any)
	case role == catalog.RoleStatus, role == catalog.RoleStatusString:
		if n, err := strconv.Atoi(scalar(s.value)); err == nil {
			b.statuses = append(b.statuses, strconv.Itoa(n))
		}
	default:
		b.roles[role] = s
	}
}

// scalar returns a string or a number as text.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// disagrees reports whether the body states a status that is not the response's.
func (b *body) disagrees(status int) bool {
	text := strconv.Itoa(status)
	return slices.ContainsFunc(b.statuses, func(s string) bool { return s != text && s != "0" })
}

// text returns the text of a role that is a string.
func (b *body) text(role catalog.Role) (string, bool) {
	s := b.roles[role]
	text, isText := s.value.(string)
	text, begins := strings.CutPrefix(text, s.before)
	text, ends := strings.CutSuffix(text, s.after)
	return text, isText && begins && ends
}

// code returns the code in the body: a string, or a whole number.
func (b *body) code() string {
	if text, ok := b.text(catalog.RoleCode); ok && text != "" {
		return text
	}
	s := b.roles[catalog.RoleCode]
	if n, ok := s.value.(json.Number); ok &&
		strings.Trim(n.String(), "0123456789") == "" &&
		s.before+s.after == "" {
		return n.String()
	}
	if text, ok := b.text(catalog.RoleCodeNumber); ok {
		return text
	}
	if n, ok := b.roles[catalog.RoleCodeNumber].value.(json.Number); ok {
		if whole, ok := wholeNumber(n); ok {
			return strconv.FormatInt(whole, 10)
		}
	}
	return ""
}

// wholeNumber returns a number without a fraction, such as 3, 3.0 and 3e0.
func wholeNumber(n json.Number) (int64, bool) {
	if i, err := n.Int64(); err == nil {
		return i, true
	}
	f, err := n.Float64()
	return int64(f), err == nil && f == math.Trunc(f) && math.Abs(f) <= 1<<53
}

func (r *reader) codeInHeaders(h http.Header) string {
	for _, c := range r.Envelope.CodeHeaders {
		for _, text := range h.Values(c.Name) {
			if code, ok := c.Read(text); ok {
				return code
			}
		}
	}
	return ""
}

const maxDuration = time.Duration(math.MaxInt64)

// duration returns a number of seconds, at most maxDuration.
func duration(seconds float64) time.Duration {
	if seconds >= maxDuration.Seconds() {
		return maxDuration
	}
	return max(time.Duration(seconds*1e9), 0)
}

// wait returns how long a response asks to wait: by its header, else by its body.
func (r *reader) wait(b *body, got received) time.Duration {
	if d, ok := retryAfter(got.header.Get("Retry-After"), got.now); ok {
		return d
	}
	s := b.roles[catalog.RoleRetryAfter]
	number := scalar(s.value)
	if text, ok := b.text(catalog.RoleRetryAfter); ok {
		number = text // "30s"
	}
	f, _ := strconv.ParseFloat(number, 64)
	return duration(f)
}

// retryAfter reads a Retry-After header: seconds, a date, or a list of them, of which the longest
// counts.
func retryAfter(header string, now time.Time) (longest time.Duration, ok bool) {
	parts := strings.Split(header, ",")
	for i := range parts {
		d, is := delay(parts[i], now)
		if !is && i+1 < len(parts) {
			d, is = delay(parts[i]+","+parts[i+1], now) // a date has a comma
		}
		longest, ok = max(longest, d), ok || is
	}
	return longest, ok
}

func delay(text string, now time.Time) (time.Duration, bool) {
	text = strings.TrimSpace(text)
	if text != "" && strings.Trim(text, "+-.eE0123456789") == "" {
		f, _ := strconv.ParseFloat(text, 64)
		return duration(math.Ceil(max(f, 0))), true
	}
	if t, err := http.ParseTime(text); err == nil {
		return max(t.Sub(now), 0), true
	}
	return 0, false
}
