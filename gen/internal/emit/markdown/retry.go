package markdown

import (
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/value"
	"github.com/errspec/errspec/templates"
)

func retry(p *catalog.RetryPolicy) *templates.Retry {
	return &templates.Retry{
		Max:           p.MaxRetries,
		Jitter:        string(p.Jitter),
		Waits:         reference.Waits(p),
		MaxRetryAfter: value.FormatDuration(p.MaxRetryAfter),
		AnyMethod:     p.AnyMethod,
	}
}
