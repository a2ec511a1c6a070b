package serve

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"path"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/emit/html"
)

// Changes is the path at which a page waits for changes.
const Changes = "/.errspec/changes"

// heartbeat keeps proxies and browsers from closing a silent connection.
const heartbeat = 15 * time.Second

// Handler serves the pages. host is a name of the server besides localhost and IP addresses, or "".
// Requests for other hosts are refused: they may come from a site whose name was made to resolve to
// this machine (DNS rebinding).
func (p *Preview) Handler(host string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Changes, p.changes)
	mux.HandleFunc("GET /", p.serve)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isOurs(r.Host, host) {
			http.Error(w, "this server does not answer to the host name "+r.Host,
				http.StatusMisdirectedRequest)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		// the page has the rest of its policy; this part only works as a header
		h.Set("Content-Security-Policy", "frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	})
}

// isOurs reports whether nobody else can make the requested host resolve to this machine.
func isOurs(requested, ours string) bool {
	name := requested
	if h, _, err := net.SplitHostPort(requested); err == nil {
		name = h
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || name != "" &&
		name == strings.ToLower(ours)
}

func (p *Preview) serve(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += html.Index
	}
	file, err := p.file(name)
	if file == nil && err == nil { // the folder of a code, as in links of other sites
		if file, err = p.file(name + "/" + html.Index); file != nil {
			http.Redirect(w, r, path.Base(name)+"/", http.StatusFound)
			return
		}
	}
	status := http.StatusOK
	if file == nil && err == nil {
		name, status = html.Index, http.StatusNotFound
		file, err = p.missing(r.URL.Path)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.WriteHeader(status)
	_, _ = w.Write(file) // the reader may have left
}

// types are the media types of the files of a reference.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
}

// changes sends a page a server-sent event when its version is no longer current.
func (p *Preview) changes(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	changed := p.after(r.FormValue("version"))
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for text := ":\n\n"; ; { // a comment, so that the browser knows it is connected
		if _, err := fmt.Fprint(w, text); err != nil || out.Flush() != nil {
			return
		}
		select {
		case <-changed:
			_, _ = fmt.Fprint(w, "event: changed\ndata:\n\n")
			return
		case <-alive.C:
		case <-r.Context().Done():
			return
		}
	}
}
