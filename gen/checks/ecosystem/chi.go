package ecosystem

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/errspec/errspec/generated/apierr"
)

// recipe: chi

// forChi answers every error of a chi router from the catalog: those of handlers, panics, and the
// router's own 404 and 405.
func forChi(r *chi.Mux, d *apierr.Responder) http.Handler {
	r.Use(d.Recover) // instead of middleware.Recoverer
	r.NotFound(func(w http.ResponseWriter, r *http.Request) {
		d.WriteStatus(w, r, http.StatusNotFound, nil)
	})
	r.MethodNotAllowed(func(w http.ResponseWriter, req *http.Request) {
		for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE",
			"OPTIONS"} {
			if r.Match(chi.NewRouteContext(), method, req.URL.Path) {
				w.Header().Add("Allow", method)
			}
		}
		d.WriteStatus(w, req, http.StatusMethodNotAllowed, nil)
	})
	r.Method(http.MethodGet, "/agents/{code}",
		d.Handler(func(w http.ResponseWriter, r *http.Request) error {
			return apierr.NewNotFoundAgent(chi.URLParam(r, "code"))
		}))
	return r
}

// end of recipe
