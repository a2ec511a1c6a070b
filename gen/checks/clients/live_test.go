package clients

import (
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/live"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
)

// TestLiveServer compares what servers send, made of the generated packages, with the responses of
// the vectors: status, headers and body. Clients in other languages call the same servers.
func TestLiveServer(t *testing.T) {
	catalogs := corpus.Everywhere(t)
	server := live.Start(t, catalogs)
	sent := 0
	for name, c := range catalogs {
		var document struct {
			Vectors []struct {
				Name     string
				Response struct {
					Status  int
					Headers map[string]string
					Body    string
				}
			}
		}
		if err := json.Unmarshal(corpus.Emitted(t)(vectors.Emit(c)), &document); err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		for i, v := range document.Vectors {
			want[v.Name] = i
		}
		for _, v := range server.Vectors(t, name) {
			sent++
			resp, err := http.Get(v.URL)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			made := document.Vectors[want[v.Name]].Response
			if err != nil || resp.StatusCode != made.Status || !sameJSON(body, []byte(made.Body)) {
				t.Errorf("%s: %s: the server sends %d %s (%v), the vector %d %s",
					name, v.Name, resp.StatusCode, body, err, made.Status, made.Body)
			}
			for h, value := range made.Headers {
				if got := resp.Header.Get(h); got != value {
					t.Errorf("%s: %s: the server sends the header %s: %s, the vector %s",
						name, v.Name, h, got, value)
				}
			}
		}
	}
	if sent < 100 {
		t.Errorf("the servers sent %d errors only", sent)
	}
}

func sameJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}
