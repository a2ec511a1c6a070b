package apierr

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What the body or the headers have is read from there, whatever the message says.
func TestNothingIsLost(t *testing.T) {
	const (
		down   = `{"error":{"code":"REGION_DOWN","message":"Files","params":{"what":"Files"}}}`
		silent = `{"error":{"code":"REGION_DOWN"}}`
	)
	both := http.Header{"X-Region": {"eu"}, "X-Left": {"3 left"}}
	for name, tt := range map[string]struct {
		body   string
		header http.Header
		want   RegionDownParams
		whole  bool
	}{
		"all": {down, both, RegionDownParams{"Files", "eu", 3}, true},
		"a message without params": {
			`{"error":{"code":"REGION_DOWN","message":"Files"}}`,
			both,
			RegionDownParams{"Files", "eu", 3},
			true,
		},
		"another message": {
			strings.Replace(down, `"message":"Files"`, `"message":"Dateien"`, 1),
			both,
			RegionDownParams{"Files", "eu", 3},
			true,
		},
		"a message that is null": {
			strings.Replace(down, `"message":"Files"`, `"message":null`, 1),
			both,
			RegionDownParams{"Files", "eu", 3},
			true,
		},
		"an empty message": {
			`{"error":{"code":"REGION_DOWN","message":""}}`,
			both,
			RegionDownParams{"", "eu", 3},
			true,
		},
		"no message": {silent, both, RegionDownParams{"", "eu", 3}, false},
		"no headers": {down, nil, RegionDownParams{What: "Files"}, false},
		"one header": {
			down,
			http.Header{"X-Left": {"3 left"}},
			RegionDownParams{What: "Files", Left: 3},
			false,
		},
		"a header without a number": {
			down, http.Header{"X-Region": {"eu"}, "X-Left": {"x left"}},
			RegionDownParams{What: "Files", Region: "eu"}, false,
		},
		"a header with other words": {
			down, http.Header{"X-Region": {"eu"}, "X-Left": {"3"}},
			RegionDownParams{What: "Files", Region: "eu"}, false,
		},
		"a header sent twice": {
			down, http.Header{"X-Region": {
				"eu",
				"us",
			}, "X-Left": {"3 left"}}, RegionDownParams{What: "Files", Left: 3}, false,
		},
		"a param of another type": {
			strings.Replace(down, `"what":"Files"`, `"what":7`, 1), both, RegionDownParams{"Files", "eu", 3},
			false,
		},
	} {
		var got *RegionDownError
		err := Parse(http.StatusServiceUnavailable, tt.header, []byte(tt.body))
		if !errors.As(err, &got) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Params != tt.want || got.HasParams != tt.whole {
			t.Errorf("%s: %+v, whole %t; want %+v, whole %t",
				name, got.Params, got.HasParams, tt.want, tt.whole)
		}
		body, _ := json.Marshal(got)
		if name == "no message" && strings.Contains(string(body), `"what"`) {
			t.Errorf("%s: a param that is absent is sent on as empty: %s", name, body)
		}
	}
}

// Sizes and durations in a header are right or absent.
func TestNumbersInHeaders(t *testing.T) {
	const body = `{"error":{"code":"ROOM_FULL","message":"No room is left"}}`
	for header, want := range map[string]RoomFullParams{
		"512 for 9223372036":             {512, 9_223_372_036 * time.Second},
		"-1 for -9223372036":             {-1, -9_223_372_036 * time.Second},
		"+00000000000000000000512 for 0": {512, 0},
		"9007199254740993 for 1":         {9_007_199_254_740_993, time.Second},
		"9223372036854775808 for 1":      {},
		"1 for 9223372037":               {},
		"1 for -9223372037":              {},
		"1 for 9007199254740991":         {},
		"1 for 1.5":                      {},
		"1 for ":                         {},
	} {
		var got *RoomFullError
		err := Parse(http.StatusInsufficientStorage, http.Header{"X-Room": {header}}, []byte(body))
		if !errors.As(err, &got) || got.Params != want || got.HasParams != (want != RoomFullParams{}) {
			t.Errorf("%q is read as %+v; want %+v", header, got, want)
		}
	}
}

// Of a code with variants whose body does not say which one it is, what the body has is set.
func TestRewordedVariantKeepsItsParams(t *testing.T) {
	for _, message := range []string{"", `"message":"Reworded",`, `"message":null,`, `"message":7,`} {
		data := `{"error":{"code":"NOT_FOUND",` + message +
			`"params":{"agent_code":"A91","room":"seven"}}}`
		var nf *NotFoundError
		if err := Parse(404, nil, []byte(data)); !errors.As(err, &nf) {
			t.Fatal(err)
		}
		if nf.Variant != "" || nf.Params != (NotFoundParams{AgentCode: "A91"}) || nf.HasParams {
			t.Errorf("with %s: variant %q, %+v, whole %t", message, nf.Variant, nf.Params, nf.HasParams)
		}
	}
}

// The params of the body go before those of the message.
func TestBodyGoesBeforeMessage(t *testing.T) {
	const data = `{"error":{"code":"FILE_TOO_LARGE","message":"The image file exceeds 10 MB.","params":{"kind":"video","limit":100000000}}}`
	var e *FileTooLargeError
	if !errors.As(Parse(413, nil, []byte(data)), &e) ||
		e.Params != (FileTooLargeParams{Kind: "video", Limit: 100_000_000}) ||
		!e.HasParams {
		t.Errorf("the error is %#v", e)
	}
}
