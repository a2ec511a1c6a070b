package goname

import "slices"

// Fixed returns the exported names that every generated package has, which no catalog may derive. A
// test of package gocode compares the list with the package. Names are added only where no derived
// name can be: none begins with Code, New or Variant followed by a capital, and none ends in Error
// (but Error itself) or Params.
func Fixed() []string { return slices.Clone(fixed) }

var fixed = []string{
	"All", "Attr", "ByStatus", "Code", "Decide", "Decision", "Decode", "Decoder", "Deprecation",
	"Details", "Each", "Error", "ErrorCode", "From", "HandlerFunc", "HeaderInfo", "Info", "Lookup",
	"MessageInfo", "Option", "ParamInfo", "Parse", "Redact", "Redacted", "Relay", "Responder",
	"RetryPolicy", "RetryTransport", "Retryable", "Tombstone", "Unrecognized", "Value", "Variant",
	"WithCause", "WithInstance", "WithRequestID", "WithRetryAfter", "WithStatus", "Write",
}
