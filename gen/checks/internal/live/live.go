// Package live runs a server that answers with the errors of many catalogs: a program made of the
// generated Go packages. Clients in other languages call it over HTTP.
package live

import (
	"bufio"
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
)

//go:embed server.go.txt
var handler []byte

// A Server is a running server of catalogs.
type Server struct {
	base     string
	catalogs map[string]*catalog.Catalog
}

// A Vector is a test vector without its response: that is what the server answers to a GET of URL.
type Vector struct {
	Name    string          `json:"name"`
	URL     string          `json:"url"`
	Verdict json.RawMessage `json:"verdict"`
}

// Start builds a server of catalogs, which are public by their names, and starts it. It runs until
// the test ends.
func Start(tb testing.TB, catalogs map[string]*catalog.Catalog) *Server {
	tb.Helper()
	program := build(tb, catalogs)
	cmd := exec.Command(program)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = stdin.Close() // which ends it
		_ = cmd.Wait()
	})
	base, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		tb.Fatalf("the server does not start: %v", err)
	}
	return &Server{strings.TrimSpace(base), catalogs}
}

// build returns the path of the program.
func build(tb testing.TB, catalogs map[string]*catalog.Catalog) string {
	tb.Helper()
	dir := tb.TempDir()
	write := func(name string, data []byte) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	var imports, routes strings.Builder
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		files, err := gocode.Emit(catalogs[name], gocode.Options{Package: name, Tests: true})
		if err != nil {
			tb.Fatal(err)
		}
		for _, f := range files {
			write(name+"/"+strings.Replace(f.Path, "_test.go", "_tested.go", 1), f.Data)
		}
		write(name+"/live.go",
			bytes.Replace(handler, []byte("package bridge"), []byte("package "+name), 1))
		fmt.Fprintf(&imports, "\t%q\n", "live.test/"+name)
		fmt.Fprintf(&routes, "\thttp.HandleFunc(\"/%s\", %[1]s.Live)\n", name)
	}
	write("go.mod", []byte("module live.test\n\ngo 1.24\n"))
	write("main.go", []byte(`package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"

`+imports.String()+`)

func main() {
`+routes.String()+`	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test ends
		os.Exit(0)
	}()
	panic(http.Serve(listener, nil))
}
`))
	program := filepath.Join(dir, "server")
	// Without paths in the program, the cache has what another test built.
	cmd := exec.CommandContext(tb.Context(), "go", "build", "-trimpath", "-o", program, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		tb.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

// Vectors returns the vectors of what the server sends for a catalog: each code, variant and
// status. Those with a date are not among them, because a client reads them by its clock.
func (s *Server) Vectors(tb testing.TB, name string) []Vector {
	tb.Helper()
	var document struct {
		Vectors []struct {
			Name     string
			Response struct{ Now string }
			Verdict  json.RawMessage
		}
	}
	c := s.catalogs[name]
	if err := json.Unmarshal(corpus.Emitted(tb)(vectors.Emit(c)), &document); err != nil {
		tb.Fatal(err)
	}
	urls := map[string]string{}
	for e := range c.Public() {
		for i := range e.Variants {
			id := e.Variants[i].ID
			for _, status := range e.Statuses {
				query := url.Values{
					"code":       {e.Code},
					"variant":    {id},
					"status":     {strconv.Itoa(status)},
					"request_id": {"req_8Zk3vQ"},
				}
				urls[vectors.Name(e, &e.Variants[i], status)] = s.base + "/" + name + "?" + query.Encode()
			}
		}
	}
	list := []Vector{}
	for _, v := range document.Vectors {
		if url, ok := urls[v.Name]; ok && v.Response.Now == "" {
			list = append(list, Vector{v.Name, url, v.Verdict})
		}
	}
	return list
}

// Document returns the vectors as a file: {"vectors": […]}.
func (s *Server) Document(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := json.Marshal(map[string]any{"vectors": s.Vectors(tb, name)})
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
