// Package ecosystem uses a generated package with the frameworks and libraries of Go services.
// nethttp.go, chi.go, echo.go and gin.go are the recipes in gen/docs/routers.md; the tests run
// them.
//
//	connect    if e, ok := apierr.From(err); ok { err = connect.NewError(codeOf(e.Status), e) }
//	slog       logger.Error("failed", apierr.Attr(err))
//	retry-go   retryable := func(err error) bool { return apierr.Decide(err, 1).Retry }
//	           retry.Do(call, retry.RetryIf(retryable))
//	backoff    if !apierr.Decide(err, 1).Retry { err = backoff.Permanent(err) }
package ecosystem
