package ecosystem

import (
	"net/http"

	"github.com/errspec/errspec/generated/apierr"
)

// recipe: net/http

// forMux answers every error of a net/http server from the catalog: those of handlers, panics, and
// the mux's own 404 and 405.
func forMux(mux *http.ServeMux, d *apierr.Responder) http.Handler {
	mux.Handle("GET /agents/{code}", d.Handler(func(w http.ResponseWriter, r *http.Request) error {
		return apierr.NewNotFoundAgent(r.PathValue("code"))
	}))
	return d.Recover(d.Mux(mux))
}

// end of recipe
