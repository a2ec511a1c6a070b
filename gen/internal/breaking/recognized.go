package breaking

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// byBody reports whether clients recognize an error by what each of its bodies has, because none
// has a code.
func byBody(e *catalog.Entry) bool {
	return !e.Internal && (e.KnownBy == catalog.ByStatus || e.KnownBy.SharesStatus())
}

// recognizesByBody reports whether older clients recognize some error by its body.
func (c *comparison) recognizesByBody() bool {
	for e := range c.old.Public() {
		now := c.is[e.Code]
		if byBody(e) && now != nil && !now.Internal && c.codeless(now) {
			return true
		}
	}
	return false
}

// codeless reports whether older clients read no code in the bodies of an error: these have none,
// or in a place where these clients look for none.
func (c *comparison) codeless(now *catalog.Entry) bool {
	return now.Anonymous || !tellsCodes(c.old)
}

// recognized compares what each body of an error without a code has: older clients do not recognize
// a body that lacks a part of it.
func (p *pair) recognized() {
	if !byBody(p.was) || !p.c.codeless(p.now) || p.c.envelopeBreaks() {
		return // if it has the code now, only clients that read a code recognize it by that
	}
	now := *p.now
	now.KnownBy = p.was.KnownBy // that others left the status, or joined it, changes no body
	kept := slices.DeleteFunc(slices.Clone(now.Statuses), func(status int) bool {
		return !slices.Contains(p.was.Statuses, status) // older clients do not recognize it with that
	})
	if len(kept) > 0 {
		now.Statuses = kept
	}
	before, after := decoded(p.c.old.Pattern(p.was)), decoded(p.c.new.Pattern(&now))
	if path, lacks := lacking(before, after, nil); lacks {
		member := say("the body")
		if len(path) > 0 {
			member = say(name(dotted(path)))
		}
		p.add(rule.EnvelopeChanged, append(say("not all of its bodies still have "), append(member,
			say(", and older clients recognize it by that")...)...), []string{"anonymous"})
	}
}

// mistaken compares what bodies of an error without a code have with what older clients recognize
// others by: they know neither if they find both.
func (p *pair) mistaken() {
	if !byBody(p.was) || !p.c.codeless(p.now) {
		return
	}
	for o := range p.c.old.Public() {
		now := p.c.is[o.Code]
		if o == p.was || o.KnownBy != catalog.ByBody || now == nil || !sharesStatus(p.now, o) ||
			p.c.new.Lacks(p.now, now) {
			continue
		}
		p.add(rule.EnvelopeChanged, say("its bodies may have all by which older clients recognize ",
			name(o.Code)), []string{"anonymous"})
	}
}

// sharesStatus reports whether two errors have some status in common.
func sharesStatus(a, b *catalog.Entry) bool {
	return slices.ContainsFunc(a.Statuses, func(s int) bool { return slices.Contains(b.Statuses, s) })
}

// envelopeBreaks reports whether a change of the envelope was told that breaks readers of every
// error.
func (c *comparison) envelopeBreaks() bool {
	return slices.ContainsFunc(c.list, func(ch Change) bool {
		return ch.Rule == rule.EnvelopeChanged && ch.Severity == diag.Error && len(ch.Codes) == 0
	})
}

func decoded(pattern json.RawMessage) (v any) {
	if err := json.Unmarshal(pattern, &v); err != nil {
		panic(fmt.Sprintf("breaking: a pattern that is no JSON: %v: %s", err, pattern))
	}
	return v
}

// lacking returns the path to a part of one pattern that bodies with another one may lack; see
// [catalog.Catalog.Pattern].
func lacking(before, after any, path []string) (at []string, lacks bool) {
	switch was := before.(type) {
	case map[string]any:
		now, _ := after.(map[string]any)
		if sample, varies := was["$"]; varies {
			return path, !isLike(sample, after)
		}
		if sample, varies := now["$"]; varies { // an object may have any members
			_, isObject := sample.(map[string]any)
			return path, !isObject || len(was) > 0
		}
		if now == nil {
			return path, true
		}
		for _, name := range slices.Sorted(maps.Keys(was)) {
			inner, has := now[name]
			member := append(slices.Clone(path), strings.TrimPrefix(name, "$"))
			if !has {
				return member, true
			}
			if at, lacks = lacking(was[name], inner, member); lacks {
				return at, true
			}
		}
		return nil, false
	case []any:
		now, ok := after.([]any)
		if !ok || len(now) < len(was) {
			return path, true
		}
		for i := range was {
			at, lacks = lacking(was[i], now[i], append(path, strconv.Itoa(i)))
			if lacks {
				return at, true
			}
		}
		return nil, false
	}
	return path, !reflect.DeepEqual(before, after)
}

// isLike reports whether all values of a pattern are of the JSON type of a sample; null is any
// type.
func isLike(sample, pattern any) bool {
	if m, ok := pattern.(map[string]any); ok {
		if other, varies := m["$"]; varies {
			pattern = other
		}
	}
	return sample == nil || pattern != nil && reflect.TypeOf(sample) == reflect.TypeOf(pattern)
}
