package goname

import "slices"

// Fixed returns the exported names that every generated package has, which no catalog may derive. A test of package gocode holds
// the list against the package. Names are added only where no derived name can be: none begins with Code, New, Variant or With
// followed by a capital but the options, and none ends in Error (but Error itself) or Params.
func Fixed() []string { return slices.Clone(fixed) }

var fixed = []string{
	"All", "Attr", "ByGroup", "ByStatus", "CatalogHash", "Code", "Decide", "Decision", "Decode", "Decoder", "Deprecation", "Error", "From", "HandlerFunc",
	"Info", "Is", "Lookup", "Option", "ParamInfo", "Parse", "Redact", "Redacted", "Relay", "Responder", "RetryPolicy", "RetryTransport", "Tombstone", "Unrecognized", "Variant",
	"WithCause", "WithHeader", "WithInstance", "WithRequestID", "WithRetryAfter", "WithStatus", "Write",
}
