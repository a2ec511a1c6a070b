package apierr

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// bodyOf returns the body of an error's response, edited.
func edited(t *testing.T, err error, edit func(members map[string]any)) []byte {
	t.Helper()
	data, failed := json.Marshal(err)
	var body struct {
		Error map[string]any `json:"error"`
		OK    bool           `json:"ok"`
	}
	if failed != nil || json.Unmarshal(data, &body) != nil {
		t.Fatalf("%s: %v", data, failed)
	}
	edit(body.Error)
	data, failed = json.Marshal(map[string]any{"error": body.Error, "ok": body.OK, "status": 404})
	if failed != nil {
		t.Fatal(failed)
	}
	return data
}

// An error without a code has none in its body; its type identifies it.
func TestKnownByType(t *testing.T) {
	for _, err := range []error{NewGone(), NewNoUser(7), NewNoPlaceKind(NoPlaceKindRoom)} {
		data, _ := json.Marshal(err)
		if strings.Contains(string(data), `"code"`) {
			t.Errorf("%v has a code in its body: %s", err, data)
		}
		want, _ := From(err)
		if got := Parse(want.Status, nil, data); !want.Equal(got) {
			t.Errorf("%s is read as %v, want %v", data, got, err)
		}
	}
	const other = "https://example.com/errors#other"
	for name, tt := range map[string]struct {
		edit func(map[string]any)
		want Code
	}{
		"a problem without its code": {func(m map[string]any) { delete(m, "code") }, CodeNotFound},
		"a code that is null":        {func(m map[string]any) { m["code"] = nil }, CodeNotFound},
		"a code and another type":    {func(m map[string]any) { m["type"] = other }, CodeNotFound},
		"an unknown type": {
			func(m map[string]any) { delete(m, "code"); m["type"] = other },
			"",
		},
		"a type that is no text": {func(m map[string]any) { delete(m, "code"); m["type"] = 7 }, ""},
		"no type":                {func(m map[string]any) { delete(m, "code"); delete(m, "type") }, ""},
		"about:blank": {
			func(m map[string]any) { delete(m, "code"); m["type"] = "about:blank" },
			"",
		},
		"the type of an internal one": {
			func(m map[string]any) { delete(m, "code"); m["type"] = "https://example.com/errors#database" },
			"",
		},
	} {
		data := edited(t, NewNotFoundAgent("A91"), tt.edit)
		if got := ErrorCode(Parse(http.StatusNotFound, nil, data)); got != tt.want {
			t.Errorf("%s: %s is read as %q, want %q", name, data, got, tt.want)
		}
	}
}

// What clients do where bodies have no type: they know an error by its status, and of several by
// its message. Here only the pattern of the body asks for the type.
func TestKnownByStatus(t *testing.T) {
	gone, _ := json.Marshal(NewGone())
	user, _ := json.Marshal(NewNoUser(7))
	for name, tt := range map[string]struct {
		status  int
		message string
		none    bool // there is no message
		data    string
		want    Code
	}{
		"the only one of its status": {
			status:  410,
			message: "It is gone",
			data:    string(gone),
			want:    CodeGone,
		},
		"its other status": {
			status:  451,
			message: "Reworded",
			data:    string(gone),
			want:    CodeGone,
		},
		"without a message": {status: 410, none: true, data: string(gone), want: CodeGone},
		"another status":    {status: 418, message: "It is gone", data: string(gone)},
		"a proxy's JSON":    {status: 410, message: "It is gone", data: `{"error": "gone"}`},
		"a byte order mark": {
			status:  410,
			message: "It is gone",
			data:    "\ufeff" + string(gone),
			want:    CodeGone,
		},
		"no object": {status: 410, message: "It is gone", data: `[]`},
		"another constant": {
			status:  410,
			message: "It is gone",
			data:    strings.Replace(string(gone), `"ok":false`, `"ok":true`, 1),
		},
		"a member of another type": {
			status:  410,
			message: "It is gone",
			data:    strings.Replace(string(gone), `"http_status":410`, `"http_status":"410"`, 1),
		},
		"members that nobody knows": {
			status:  410,
			message: "It is gone",
			data:    strings.Replace(string(gone), `{`, `{"new":[1],`, 1),
			want:    CodeGone,
		},
		"one of several, by a message": {
			status:  404,
			message: "No user -12",
			data:    string(user),
			want:    CodeNoUser,
		},
		"one of several, by none":       {status: 404, message: "No user x7", data: string(user)},
		"one of several, reworded":      {status: 404, message: "There is no user 7", data: string(user)},
		"one of several, no message":    {status: 404, none: true, data: string(user)},
		"one of several, empty message": {status: 404, message: "", data: string(user)},
	} {
		if got := anonymous(tt.status, tt.message, !tt.none, tt.data); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	place, _ := json.Marshal(NewNoPlaceAny())
	// A value that the enum does not have may belong to an error that this catalog does not have.
	for message, want := range map[string]Code{
		"No place": CodeNoPlace, "No house": CodeNoPlace, "No castle": "",
	} {
		data := strings.Replace(string(place), "No place", message, 1)
		data = strings.Replace(data, `"ok"`, `"params":{"kind":"house"},"ok"`, 1)
		if got := anonymous(http.StatusNotFound, message, true, data); got != want {
			t.Errorf("%q is read as %q, want %q", message, got, want)
		}
	}
}

// anonymous returns what is read of a body without a code, if it has the message.
func anonymous(status int, message string, hasMessage bool, data string) Code {
	var b body
	if hasMessage {
		raw, _ := json.Marshal(message)
		b.keep(&shape{role: roleMessage}, raw)
	}
	return b.anonymous(status, []byte(data))
}
