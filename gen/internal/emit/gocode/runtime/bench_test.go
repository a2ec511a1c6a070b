package apierr

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"
	"time"
)

// Each benchmark follows its yardstick: what a Go program would use without errspec. Compare
// them within one run.

type envelopeJSON struct {
	Error struct {
		Code       string   `json:"code"`
		Type       string   `json:"type"`
		Title      string   `json:"title"`
		Message    string   `json:"message"`
		HTTPStatus int      `json:"http_status"`
		RetryAfter *float64 `json:"retry_after,omitempty"`
		Doc        string   `json:"doc,omitempty"`
		Params     struct {
			Kind  string `json:"kind"`
			Limit int64  `json:"limit"`
		} `json:"params"`
	} `json:"error"`
	Trace  []any `json:"trace"`
	OK     bool  `json:"ok"`
	Status int   `json:"status"`
}

func wire(tb testing.TB) (*Error, []byte, envelopeJSON) {
	tb.Helper()
	e, ok := From(NewFileTooLarge(FileTooLargeKindImage, 10_000_000))
	if !ok {
		tb.Fatal("a constructor's error is not found by From")
	}
	body := e.appendJSON(nil)
	var v envelopeJSON
	if err := json.Unmarshal(body, &v); err != nil {
		tb.Fatal(err)
	}
	return e, body, v
}

func BenchmarkEncode(b *testing.B) {
	e, _, v := wire(b)
	b.Run("appendJSON", func(b *testing.B) {
		b.ReportAllocs()
		var buf []byte
		for b.Loop() {
			buf = e.appendJSON(buf[:0])
		}
	})
	b.Run("yardstick=json.Marshal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(&v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	_, whole, v := wire(b)
	plain := must2(json.Marshal(NewTooLarge()))
	// The params of the second body are read from its message.
	for _, c := range []struct {
		name string
		body []byte
	}{
		{"params in the body", whole},
		{"params in the message", regexp.MustCompile(`"params":{.*?},`).ReplaceAll(whole, nil)},
		{"no params", plain},
	} {
		b.Run(c.name+"/Parse", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Parse(413, nil, c.body); err == nil {
					b.Fatal("Parse returns nil")
				}
			}
		})
		b.Run(c.name+"/yardstick=json.Unmarshal", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := json.Unmarshal(c.body, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMessage(b *testing.B) {
	b.Run("yardstick=Sprintf", func(b *testing.B) {
		b.ReportAllocs()
		tier, wait := "free", 6*time.Second
		for b.Loop() {
			_ = fmt.Sprintf("Too many %s requests. Retry in ~%s.", tier, wait)
		}
	})
	b.Run("New with a message", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			NewRateLimited("free", 6*time.Second)
		}
	})
	b.Run("New without params", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			NewTooLarge()
		}
	})
}

var errSentinel = errors.New("sentinel")

func BenchmarkIs(b *testing.B) {
	twice := func(err error) error { return fmt.Errorf("a: %w", fmt.Errorf("b: %w", err)) }
	ours, theirs := twice(NewTooLarge()), twice(errSentinel)
	b.Run("errors.Is code", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !errors.Is(ours, CodeTooLarge) {
				b.Fatal("not found")
			}
		}
	})
	b.Run("ErrorCode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if ErrorCode(ours) != CodeTooLarge {
				b.Fatal("not found")
			}
		}
	})
	b.Run("yardstick=errors.Is pointer", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !errors.Is(theirs, errSentinel) {
				b.Fatal("not found")
			}
		}
	})
}

func BenchmarkLookup(b *testing.B) {
	byCode := map[string]*Info{}
	var keys, misses []string
	for info := range All() {
		byCode[string(info.code)] = info
		keys = append(keys, string(info.code))
		misses = append(misses, string(info.code)+"X")
	}
	for name, keys := range map[string][]string{"hit": keys, "miss": misses} {
		b.Run(name+"/Lookup", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				Lookup(keys[i%len(keys)])
			}
		})
		b.Run(name+"/yardstick=map", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				_ = byCode[keys[i%len(keys)]]
			}
		})
	}
}

// A discard is a ResponseWriter that costs nothing.
type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

// What a request costs is asserted by counts, which no other load on the machine changes.
func TestAllocations(t *testing.T) {
	e, body, _ := wire(t)
	buf := make([]byte, 0, 1024)
	wrapped := fmt.Errorf("a: %w", NewTooLarge())
	r, w := httptest.NewRequest(http.MethodGet, "/", nil), discard{http.Header{}}
	plain := must2(json.Marshal(NewTooLarge()))
	for name, c := range map[string]struct {
		max float64
		f   func()
	}{
		"appendBody":        {0, func() { appendBody(buf, e) }},
		"appendJSON":        {0, func() { e.appendJSON(buf) }},
		"Write":             {3, func() { Write(w, r, e) }},
		"Parse with params": {26, func() { _ = Parse(413, nil, body) }},
		// 4, and more under the race detector, which empties pools
		"Parse without params": {6, func() { _ = Parse(413, nil, plain) }},
		"Lookup":               {0, func() { _, _ = Lookup("TOO_LARGE") }},
		"Lookup of none":       {0, func() { _, _ = Lookup("NO_SUCH_CODE") }},
		"ErrorCode":            {0, func() { ErrorCode(wrapped) }},
		"errors.Is":            {0, func() { errors.Is(wrapped, CodeTooLarge) }},
		// the error, its message, and the param for the body
		"New with a message": {4, func() { _ = NewNotFoundAgent("A91") }},
		"New with a size":    {7, func() { _ = NewFileTooLarge(FileTooLargeKindImage, 10_000_000) }},
		"New without params": {1, func() { _ = NewTooLarge() }},
	} {
		if n := testing.AllocsPerRun(100, c.f); n > c.max {
			t.Errorf("%s allocates %v times; want at most %v", name, n, c.max)
		}
	}
}
