//go:build tools

package editor

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

// A languageServer is a child process that speaks the Language Server Protocol, with the part of a
// client that these tests need. Any failure of it fails the test.
type languageServer struct {
	t        *testing.T
	in       io.Writer
	received <-chan lspMessage
	calls    int
	// diagnostics by URI of the document
	diagnostics map[string][]lspDiagnostic
}

type lspMessage struct {
	ID     *json.RawMessage `json:"id,omitempty"`
	Method string           `json:"method,omitempty"`
	Params json.RawMessage  `json:"params,omitempty"`
	Result json.RawMessage  `json:"result,omitempty"`
	Error  json.RawMessage  `json:"error,omitempty"`
}

type lspDiagnostic struct {
	Range   lspRange
	Message string
}

type lspRange struct{ Start, End lspPosition }

// A lspPosition counts from 0, in UTF-16 code units.
type lspPosition struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// patience is how long a server may take to send a message.
const patience = time.Minute

// startServer starts a server on standard input and output. It ends with the test.
func startServer(t *testing.T, name string, args ...string) *languageServer {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	received := make(chan lspMessage)
	go receive(t, bufio.NewReader(out), received)
	t.Cleanup(func() {
		_ = in.Close()
		for range received { // drain until it ends
		}
		_ = cmd.Wait() // the test's context killed it, or it ended with its input
	})
	return &languageServer{t: t, in: in, received: received,
		diagnostics: map[string][]lspDiagnostic{}}
}

// receive reads messages until the output ends.
func receive(t *testing.T, out *bufio.Reader, to chan<- lspMessage) {
	defer close(to)
	for {
		header, err := textproto.NewReader(out).ReadMIMEHeader()
		if err != nil {
			return
		}
		n, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			t.Errorf("the server sends a message without a length: %v", header)
			return
		}
		body := make([]byte, n)
		if _, err := io.ReadFull(out, body); err != nil {
			return
		}
		var m lspMessage
		if err := json.Unmarshal(body, &m); err != nil {
			t.Errorf("the server sends invalid JSON: %v\n%s", err, body)
			return
		}
		to <- m
	}
}

func (s *languageServer) send(m map[string]any) {
	s.t.Helper()
	m["jsonrpc"] = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		s.t.Fatalf("the server does not read: %v", err)
	}
}

func (s *languageServer) notify(method string, params any) {
	s.t.Helper()
	s.send(map[string]any{"method": method, "params": params})
}

// call sends a request and stores the response in result.
func (s *languageServer) call(method string, params, result any) {
	s.t.Helper()
	s.calls++
	id := strconv.Itoa(s.calls)
	s.send(map[string]any{"id": s.calls, "method": method, "params": params})
	s.await("an answer to "+method, func(m lspMessage) bool {
		if m.Method != "" || m.ID == nil || string(*m.ID) != id {
			return false
		}
		if m.Error != nil {
			s.t.Fatalf("%s: the server answers with the error %s", method, m.Error)
		}
		if err := json.Unmarshal(m.Result, result); err != nil {
			s.t.Fatalf("%s: %v\n%s", method, err, m.Result)
		}
		return true
	})
}

// await handles messages until one of them is the awaited one.
func (s *languageServer) await(what string, awaited func(lspMessage) bool) {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case m, ok := <-s.received:
			if !ok {
				s.t.Fatalf("the server ended before it sent %s", what)
			}
			s.handle(m)
			if awaited(m) {
				return
			}
		case <-deadline:
			s.t.Fatalf("the server did not send %s within %v", what, patience)
		}
	}
}

// handle keeps diagnostics, and answers the server's requests with nothing.
func (s *languageServer) handle(m lspMessage) {
	switch {
	case m.Method != "" && m.ID != nil:
		s.send(map[string]any{"id": m.ID, "result": nil})
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []lspDiagnostic
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			s.t.Fatal(err)
		}
		s.diagnostics[p.URI] = p.Diagnostics
	}
}

// open opens a document and returns its diagnostics.
func (s *languageServer) open(uri, language, text string) []lspDiagnostic {
	s.t.Helper()
	s.notify("textDocument/didOpen", map[string]any{
		"textDocument": map[string]any{"uri": uri, "languageId": language, "version": 1,
			"text": text},
	})
	s.await("diagnostics of "+uri, func(lspMessage) bool { return s.diagnostics[uri] != nil })
	return s.diagnostics[uri]
}
