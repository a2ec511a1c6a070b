// Package ecosystem shows how a generated package meets the libraries that a Go service uses. Each test is the recipe for one of
// them; what it needs beyond the generated package is a line or a few, marked “recipe”.
//
//	net/http   mux.Handle("GET /agents/{code}", apierr.HandlerFunc(getAgent))
//	chi        r.Method(http.MethodGet, "/agents/{code}", apierr.HandlerFunc(getAgent))
//	echo       e.HTTPErrorHandler = func(err error, c echo.Context) { apierr.Write(c.Response(), c.Request(), err) }
//	gin        r.Use(func(c *gin.Context) { c.Next(); if err := c.Errors.Last(); err != nil { apierr.Write(c.Writer, c.Request, err) } })
//	connect    if e, ok := apierr.From(err); ok { err = connect.NewError(codeOf(e.Status()), e) }
//	slog       logger.Error("failed", apierr.Attr(err))
//	retry-go   retry.Do(call, retry.RetryIf(apierr.Retryable))
//	backoff    if !apierr.Retryable(err) { err = backoff.Permanent(err) }
package ecosystem
