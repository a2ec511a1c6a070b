package fixed

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// The benchmarks stand beside their yardsticks: what a Go program would use without errspec. Compare within one run.

type envelopeJSON struct {
	Error struct {
		Code       string   `json:"code"`
		Title      string   `json:"title"`
		Message    string   `json:"message"`
		HTTPStatus int      `json:"http_status"`
		RetryAfter *float64 `json:"retry_after,omitempty"`
		Doc        string   `json:"doc,omitempty"`
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
	body := e.AppendJSON(nil)
	var v envelopeJSON
	if err := json.Unmarshal(body, &v); err != nil {
		tb.Fatal(err)
	}
	return e, body, v
}

func BenchmarkEncode(b *testing.B) {
	e, _, v := wire(b)
	b.Run("AppendJSON", func(b *testing.B) {
		b.ReportAllocs()
		var buf []byte
		for b.Loop() {
			buf = e.AppendJSON(buf[:0])
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
	_, body, v := wire(b)
	b.Run("Parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := Parse(413, nil, body); err == nil {
				b.Fatal("Parse returns nil")
			}
		}
	})
	b.Run("yardstick=json.Unmarshal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := json.Unmarshal(body, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMessage(b *testing.B) {
	info, _ := Lookup("RATE_LIMITED")
	args := []arg{textArg("free"), durationArg(6 * time.Second)}
	b.Run("text", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			info.text(0, args)
		}
	})
	b.Run("yardstick=Sprintf", func(b *testing.B) {
		b.ReportAllocs()
		tier, wait := "free", 6*time.Second
		for b.Loop() {
			_ = fmt.Sprintf("Too many %s requests. Retry in ~%s.", tier, wait)
		}
	})
	b.Run("New", func(b *testing.B) {
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
	b.Run("Is", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if !Is(ours, CodeTooLarge) {
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
	message, _ := Lookup("RATE_LIMITED")
	args := []arg{textArg("free"), durationArg(6 * time.Second)}
	for name, c := range map[string]struct {
		max float64
		f   func()
	}{
		"AppendJSON":         {0, func() { e.AppendJSON(buf) }},
		"Parse":              {2, func() { _ = Parse(413, nil, body) }},
		"Write":              {3, func() { Write(w, r, e) }},
		"message":            {1, func() { message.text(0, args) }},
		"appended message":   {0, func() { appendText(buf, message.messages[0].template, message.params, args) }},
		"Lookup":             {0, func() { Lookup("TOO_LARGE") }},
		"Is":                 {0, func() { Is(wrapped, CodeTooLarge) }},
		"errors.Is":          {0, func() { errors.Is(wrapped, CodeTooLarge) }},
		"New":                {2, func() { _ = NewFileTooLarge(FileTooLargeKindImage, 10_000_000) }},
		"New without params": {1, func() { _ = NewTooLarge() }},
	} {
		if n := testing.AllocsPerRun(100, c.f); n > c.max {
			t.Errorf("%s allocates %v times; want at most %v", name, n, c.max)
		}
	}
}
