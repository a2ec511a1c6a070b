package catalog

import (
	"encoding/json"
	"net/http"

	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/value"
)

// SampleBody returns the compact JSON of the envelope with the author's sample values: what the
// reference page shows as the form of every error. If its code is in the catalog
// ([Catalog.SampleEntry]), all of it is an example of that code. Otherwise it shows the form: what
// differs from code to code is the author's sample or a name in angle brackets, and a role that no
// code has is absent.
func (c *Catalog) SampleBody() []byte {
	if e := c.SampleEntry(); e != nil {
		return c.Envelope.Body.AppendJSON(nil, func(r Role, key string) RoleValue {
			return c.sampleOf(e, r, key)
		})
	}
	return c.Envelope.Body.AppendJSON(nil, c.sampleRole)
}

// SampleEntry returns the public code that the sample is of, or nil if its code is not one.
func (c *Catalog) SampleEntry() *Entry {
	if e := c.Find(c.Envelope.Sample.Code); e != nil && !e.Internal {
		return e
	}
	return nil
}

// ParamBlank replaces the params in the form of all errors. No param has a space in its name.
const ParamBlank = "a param"

// sampleTitle replaces the titles there, as the message of the sample does, which authors may omit.
const sampleTitle = "What the code means, in a few words."

// sampleOf returns what a role is in a sample of e.
func (c *Catalog) sampleOf(e *Entry, r Role, key string) RoleValue {
	sample := c.Envelope.Sample
	switch r {
	case RoleMessage:
		return stringRole(sample.Message)
	case RoleRequestID, RoleInstance:
		return c.sampleRole(r, key)
	default:
		return c.exampleRole(e, &e.Variants[0], sample.Status, r, key)
	}
}

// sampleRole returns what a role is in the form of all errors.
func (c *Catalog) sampleRole(r Role, key string) RoleValue {
	sample := c.Envelope.Sample
	docs, typ := c.Addresses(sample.Code, slug.Make(sample.Code))
	switch r {
	case RoleCode:
		return stringRole(sample.Code)
	case RoleCodeNumber:
		if !IsCodeNumber(sample.Code) {
			return c.blankRole(r, key)
		}
		return numberRole(sample.Code)
	case RoleMessage:
		return stringRole(sample.Message)
	case RoleStatus, RoleStatusString:
		return statusRole(r, sample.Status)
	case RoleStatusText:
		return stringRole(http.StatusText(sample.Status))
	case RoleTitle:
		return stringRole(c.TitleFor(&Entry{Title: sampleTitle, Type: typ}, sample.Status))
	case RoleType:
		return stringRole(typ)
	case RoleDocsURL:
		return stringRole(docs)
	case RoleRequestID:
		return stringRole("req_8Zk3vQ")
	case RoleInstance:
		return stringRole("/requests/req_8Zk3vQ")
	case RoleService:
		return stringRole(c.Service)
	default:
		return c.blankRole(r, key)
	}
}

// blankRole returns what replaces a role that some codes have in the form of all errors: its name,
// or, where a name would be of another type, the example of the first code that has it.
func (c *Catalog) blankRole(r Role, key string) RoleValue {
	first, p := c.firstRole(r, key)
	if first.JSON == nil {
		return RoleValue{}
	}
	switch r {
	case RoleVariant:
		return stringRole(message.Blank("variant"))
	case RoleGroup:
		return stringRole(message.Blank("group"))
	case RoleMeta:
		return stringRole(message.Blank(key))
	case RoleParams:
		name, text := message.Blank(ParamBlank), message.Blank("its value")
		return RoleValue{JSON: json.RawMessage(`{"` + name + `":"` + text + `"}`)}
	case RoleParam:
		blank := stringRole(message.Blank(key))
		if p.Kind != value.String {
			blank.JSON = first.JSON
		}
		return blank
	default:
		return first
	}
}

// firstRole returns what a role is in the example of the first public code that has it, and the
// param that it is, if it is one.
func (c *Catalog) firstRole(r Role, key string) (RoleValue, *Param) {
	for e := range c.Public() {
		for i := range e.Variants {
			if v := c.exampleRole(e, &e.Variants[i], e.Statuses[0], r, key); v.JSON != nil {
				return v, e.Param(key)
			}
		}
	}
	return RoleValue{}, nil
}
