package ecosystem

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/errspec/errspec/generated/apierr"
)

// recipe: echo

// forEcho answers every error of an echo server from the catalog: those of handlers, panics, and
// echo's own, such as an unknown route or a body that does not bind.
func forEcho(e *echo.Echo, d *apierr.Responder) http.Handler {
	e.Use(echo.WrapMiddleware(d.Recover)) // instead of middleware.Recover
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if own := new(echo.HTTPError); errors.As(err, &own) {
			d.WriteStatus(c.Response(), c.Request(), own.Code, err)
			return
		}
		d.Write(c.Response(), c.Request(), err)
	}
	e.GET("/agents/:code", func(c echo.Context) error {
		return apierr.NewNotFoundAgent(c.Param("code"))
	})
	return e
}

// end of recipe
