// Package catalogtest has catalogs for the tests of emitters: small, made without a parser, and
// with something of everything that a checked catalog may hold.
package catalogtest

import (
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// Everything returns a new catalog with the given envelope. Its codes differ in whatever a code can
// differ in.
func Everything(envelope catalog.Envelope) *catalog.Catalog {
	backoff := catalog.DefaultRetryPolicy()
	backoff.Name = "backoff"
	once := catalog.RetryPolicy{
		Strategy: catalog.Constant, Base: 1500 * time.Millisecond, Factor: 2, MaxDelay: 30 * time.Second,
		Jitter: catalog.NoJitter, MaxRetries: 1, MaxRetryAfter: time.Minute, AnyMethod: true,
	}
	c := &catalog.Catalog{
		Title: "Example errors", Description: "All errors of the *example* API.", Service: "example",
		DocsURL: "https://docs.example.com/errors", TypeBase: "https://example.com/problems/",
		Envelope: envelope,
		Statuses: []catalog.Status{
			{Code: 200, Title: "Success", Cause: "Request completed."},
			{Code: 401, Title: "Unauthorized", Cause: "The key is missing or wrong."},
			{Code: 413, Title: "Payload Too Large"},
		},
		Policies:     []catalog.RetryPolicy{backoff},
		RetryDefault: &backoff,
		Groups: []catalog.Group{
			{ID: "access", Title: "Access", Description: "Who may do what.", Anchor: "access"},
			{ID: "files", Title: "Files & limits", Anchor: "files--limits"},
		},
	}
	add := func(group int, e catalog.Entry) *catalog.Entry {
		e.Index, e.Group = c.Len(), group
		if e.Stability == "" {
			e.Stability = catalog.Stable
		}
		e.Anchor = strings.ToLower(e.Code)
		e.DocsURL, e.Type = c.DocsURL+"#"+e.Anchor, c.TypeBase+e.Anchor
		e.Meta = []catalog.Meta{{Key: "type", Value: c.Groups[group].ID + "_error"}}
		c.Groups[group].Entries = append(c.Groups[group].Entries, &e)
		return &e
	}
	unauthorized := add(0, catalog.Entry{
		Code:        "UNAUTHORIZED",
		RetryStated: true,
		Statuses:    []int{401},
		Title:       "Unauthorized",
		Variants:    oneMessage("Invalid key"),
		Resolution:  "Send a valid `api-key`.\n\n- not this one",
		Tags:        []string{"auth", "key"},
		Since:       "1.10",
	})
	add(0, catalog.Entry{
		Code:     "ACCOUNT_SUSPENDED",
		Statuses: []int{403, 401},
		Title:    "Account suspended",
		Variants: oneMessage("Account suspended"),
		Values: []catalog.Value{
			{
				Name:        "floor",
				Value:       value.Value{Kind: value.Int, Int: -11},
				Description: "The lowest balance.",
			},
			{
				Name:  "names",
				Value: value.Value{Kind: value.List, List: []value.Value{{Str: "a"}, {Str: "b"}}},
			},
		},
		See:       []*catalog.Entry{unauthorized},
		Stability: catalog.Beta,
	})
	add(0, catalog.Entry{
		Code:     "OLD_KEY",
		Statuses: []int{401},
		Title:    "Old key",
		Variants: oneMessage("The key is of an old kind"),
		Deprecated: &catalog.Deprecation{
			Since: "2026-01-01", Use: unauthorized, Note: "Keys have *one* kind.",
		},
	})
	add(0, catalog.Entry{
		Code:     "SECRET_STATE",
		Statuses: []int{500},
		Title:    "Secret state",
		Variants: oneMessage("Never told"),
		Internal: true,
	})
	add(1, catalog.Entry{
		Code:        "FILE_TOO_LARGE",
		Statuses:    []int{413},
		Title:       "File too large",
		Variants:    oneMessage("The ${kind} file exceeds ${limit}."),
		Description: "A file is larger than its kind may be.",
		Resolution:  "Send a smaller one. <kbd>|</kbd>",
		Params: []catalog.Param{
			{
				Name:      "kind",
				Type:      catalog.Type{Enum: []catalog.EnumValue{{Value: "image"}, {Value: "video"}}},
				Example:   text("image"),
				InMessage: true,
			},
			{
				Name:        "limit",
				Type:        catalog.Type{Kind: value.Bytes},
				Example:     value.Value{Kind: value.Bytes, Int: 10e6},
				InMessage:   true,
				Description: "The limit.",
			},
			{
				Name: "violations", Detail: true,
				Type: catalog.Type{Kind: value.List, Elem: &catalog.Type{
					Kind: value.Object,
					Fields: []catalog.Field{
						{Name: "field"},
						{Name: "count", Type: catalog.Type{Kind: value.Int}},
					},
				}},
				Example: value.Value{Kind: value.List, List: []value.Value{{
					Kind: value.Object,
					Members: []value.Member{
						{Name: "field", Value: text("field")},
						{Name: "count", Value: value.Value{Kind: value.Int, Int: 1}},
					},
				}}},
			},
			{Name: "hint", Example: text("Try a JPEG"), Optional: true},
			{Name: "owner", Example: text("u_1"), Detail: true, Sensitive: true},
		},
		Links: []catalog.Link{{Title: "Limits", URL: "/limits"}},
	})
	add(1, catalog.Entry{
		Code: "NOT_FOUND", Statuses: []int{404}, Title: "Not found",
		Params: []catalog.Param{
			{Name: "id", Example: text("A91"), InMessage: true},
			{
				Name:      "page",
				Type:      catalog.Type{Kind: value.Int},
				Example:   value.Value{Kind: value.Int, Int: 3},
				InMessage: true,
			},
		},
		Variants: []catalog.Variant{
			{ID: "file", Message: Template("No file ${id}"), Readable: true},
			{
				ID:         "page",
				Message:    Template("No page ${page} of file ${id}"),
				Resolution: "Ask for a lower page.",
				Readable:   true,
			},
		},
	})
	add(1, catalog.Entry{
		Code:     "RATE_LIMITED",
		Statuses: []int{429},
		Title:    "Rate limited",
		Variants: oneMessage("Too many requests. Retry in ${retry_after}, at $$1 each."),
		Params: []catalog.Param{
			{
				Name:      "retry_after",
				Type:      catalog.Type{Kind: value.Duration},
				Example:   value.Value{Kind: value.Duration, Int: int64(6 * time.Second)},
				InMessage: true,
			},
			{
				Name:    "reset",
				Type:    catalog.Type{Kind: value.Time},
				Example: value.Value{Kind: value.Time, Time: time.Date(2026, 6, 12, 15, 4, 5, 0, time.UTC)},
				Detail:  true,
			},
			{
				Name:    "load",
				Type:    catalog.Type{Kind: value.Float},
				Example: value.Value{Kind: value.Float, Float: 0.5},
				Detail:  true,
			},
			{
				Name:    "shared",
				Type:    catalog.Type{Kind: value.Bool},
				Example: value.Value{Kind: value.Bool, Bool: true},
				Detail:  true,
			},
			{
				Name:   "windows",
				Type:   catalog.Type{Kind: value.List, Elem: &catalog.Type{Kind: value.Int}},
				Detail: true,
				Example: value.Value{Kind: value.List, List: []value.Value{
					{Kind: value.Int, Int: 1},
					{Kind: value.Int, Int: 60},
				}},
			},
		},
		Headers: []catalog.Header{
			{Name: "Retry-After", Value: Template("${retry_after}")},
			{Name: "X-Kind", Value: Template("limit")},
		},
		Retry:       &backoff,
		RetryStated: true,
	})
	c.Fallback = add(1, catalog.Entry{
		Code:        "INTERNAL_ERROR",
		Statuses:    []int{500},
		Title:       "Internal error",
		Variants:    oneMessage("Internal server error"),
		Retry:       &once,
		RetryStated: true,
	})
	c.Retired = []catalog.Tombstone{{
		Code:   "FILE_MISSING",
		Status: 404,
		Since:  "2026-06-12",
		Use:    c.Find("NOT_FOUND"),
		Note:   "See `NOT_FOUND`.",
		Anchor: "file_missing",
	}}
	return c
}

func text(s string) value.Value { return value.Value{Str: s} }

func oneMessage(text string) []catalog.Variant {
	return []catalog.Variant{{Message: Template(text)}}
}

// Template returns a parsed text. It panics if that is not possible.
func Template(text string) message.Template {
	t, problems := message.Parse(text)
	if len(problems) > 0 {
		panic("catalogtest: " + problems[0].Message)
	}
	return t
}
