package openapi

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
)

// Keys of components are part of what users rely on: their documents refer to them. Each is made
// here alone, of names that are settled (a code's Go name, which is unique; a status; a variant's
// id) and nothing else, so that what else is in the catalog does not change it. A dot separates the
// parts, and no part that is a Go name has one, so two keys cannot meet.

// defaultKey is the response to any error. Go names begin with a capital.
const defaultKey = "default"

// The schemas that are not one code's: theirs all end in Body.
const (
	codeSchema  = "ErrorCode"
	knownSchema = "KnownErrorCode"
	unionSchema = "ErrorUnion"
	errorSchema = "Error"
	itemSchema  = "ErrorItem" // of the element of a $each
)

// codeKey is NotFound.
func codeKey(e *catalog.Entry) string { return part(goname.Stem(e.Code, e.GoName)) }

// codeStatusKey is AccountSuspended.403, of a code that has several statuses.
func codeStatusKey(e *catalog.Entry, status int) string {
	return codeKey(e) + "." + strconv.Itoa(status)
}

// statusKey is Status.404.
func statusKey(status int) string { return "Status." + strconv.Itoa(status) }

// bodyKey is the key of the schema that goes with a response's.
func bodyKey(response string) string {
	if response == defaultKey {
		return errorSchema
	}
	return response + ".Body"
}

// unionKey is Status.404.Union.
func unionKey(status int) string { return statusKey(status) + ".Union" }

// exampleKey is NotFound.agent, or of a code that has several statuses AccountSuspended.403.
func exampleKey(e *catalog.Entry, v *catalog.Variant, status int) string {
	key := codeKey(e)
	if len(e.Statuses) > 1 {
		key = codeStatusKey(e, status)
	}
	if v.ID != "" {
		key += "." + part(v.ID)
	}
	return key
}

// headerKey is RateLimited.Retry-After, however the author spells the header.
func headerKey(e *catalog.Entry, h *catalog.Header) string {
	return codeKey(e) + "." + part(h.Canonical())
}

// part returns text in the letters that keys may have. Others become their number, always of as
// many digits.
func part(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-',
			r == '.':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "-%06x", r)
		}
	}
	return b.String()
}

func ref(section, key string) string { return "#/components/" + section + "/" + key }
