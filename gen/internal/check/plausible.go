package check

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// plausible is the example of a param whose author gave none: a value that fits its name and type.
func plausible(t *catalog.Type, name string) value.Value {
	v := value.Value{Kind: t.Kind}
	switch t.Kind {
	case value.List:
		v.List = []value.Value{plausible(t.Elem, name)}
	case value.Map:
		v.Members = []value.Member{{Name: "key", Value: plausible(t.Elem, name)}}
	case value.Object:
		for i := range t.Fields {
			f := &t.Fields[i]
			member := value.Member{Name: f.Name, Value: plausible(&f.Type, f.Name)}
			v.Members = append(v.Members, member)
		}
	case value.JSON:
		v.Raw = json.RawMessage("{}")
	default:
		return plausibleScalar(t, name)
	}
	return v
}

func plausibleScalar(t *catalog.Type, name string) value.Value {
	var text string
	switch {
	case len(t.Enum) > 0:
		text = t.Enum[0].Value
	case t.Kind == value.String:
		text = plausibleText(name)
	default:
		words := nameWords(name)
		text = ofName(words, plausibleNumbers[t.Kind], map[value.Kind]string{
			value.Int: "42", value.Float: "2.5", value.Bool: "true", value.Bytes: "10MB",
			value.Duration: "30s", value.Time: "2026-01-02T15:04:05Z",
		}[t.Kind])
	}
	v, err := value.Parse(t.Kind, text)
	if err != nil {
		panic("check: " + err.Error())
	}
	return v
}

// plausibleText is a text for a param of a name. It has no space, so that it can be told from the
// message around it.
func plausibleText(name string) string {
	words := nameWords(name)
	if len(words) == 0 {
		return name
	}
	last, before := words[len(words)-1], words[:len(words)-1]
	switch {
	case len(before) == 0:
	case last == "id" || last == "key":
		return strings.Join(before, "_") + "_7f3a9c"
	case slices.Contains([]string{"code", "name", "type"}, last) &&
		plausibleTexts[before[len(before)-1]] != "":
		words = before // a country code is a country
	case last == "name":
		return "example-" + strings.Join(before, "-")
	}
	return ofName(words, plausibleTexts, "example-"+strings.Join(words, "-"))
}

// ofName returns the value of the last word of a name that has one.
func ofName(words []string, values map[string]string, otherwise string) string {
	for _, last := range slices.Backward(words) {
		for _, word := range []string{last, strings.TrimSuffix(last, "s")} {
			if text, ok := values[word]; ok {
				return text
			}
		}
	}
	return otherwise
}

// nameWords returns the words of a name in lower case, those of agent_code and agentCode alike.
func nameWords(name string) []string {
	var words []string
	var word strings.Builder
	end := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	lower := false
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		if unicode.IsUpper(r) && lower {
			end()
		}
		lower = unicode.IsLower(r)
		word.WriteRune(unicode.ToLower(r))
	}
	end()
	return words
}

// plausibleNumbers are values by the words in the names of params that are no texts.
var plausibleNumbers = map[value.Kind]map[string]string{
	value.Int: {
		"age": "42", "amount": "1250", "attempt": "3", "count": "3", "line": "12", "column": "7",
		"limit": "100", "max": "100", "maximum": "100", "min": "1", "minimum": "1", "page": "2",
		"percent": "80", "port": "8080", "price": "1250", "quota": "1000", "remaining": "3",
		"retry": "3", "retries": "3", "seconds": "30", "size": "10", "status": "404",
		"total": "128", "used": "100", "version": "2", "year": "2026",
	},
	value.Float: {
		"amount": "12.5", "balance": "12.5", "percent": "80", "price": "12.5", "ratio": "0.8",
		"share": "0.8",
	},
}

// plausibleTexts are values by the words in the names of params that are texts.
var plausibleTexts = map[string]string{
	"account": "acct_7f3a9c", "amount": "12.50", "attribute": "email", "browser": "Firefox",
	"bucket": "uploads", "city": "Berlin", "code": "A7F3", "color": "#3366ff",
	"column": "created_at", "country": "DE", "currency": "EUR", "customer": "cus_7f3a9c",
	"database": "orders", "date": "2026-01-02", "device": "phone-1", "domain": "example.com",
	"email": "ada@example.com", "endpoint": "/v1/files", "event": "order.created",
	"extension": "pdf", "feature": "exports", "field": "email", "file": "report.pdf",
	"filename": "report.pdf", "folder": "reports", "format": "pdf", "group": "editors",
	"hash": "9c56cc51", "header": "X-Request-Id", "host": "api.example.com",
	"hostname": "api.example.com", "id": "7f3a9c", "index": "orders", "ip": "203.0.113.7",
	"key": "key_7f3a9c", "language": "en", "limit": "100", "link": "https://example.com/files",
	"locale": "en-US", "login": "ada", "member": "email", "method": "POST", "mime": "image/png",
	"model": "small-2", "namespace": "default", "order": "order_7f3a9c", "param": "email",
	"parameter": "email", "path": "/v1/files", "phone": "+15550100", "plan": "free",
	"pointer": "/data/email", "project": "website", "property": "email", "protocol": "https",
	"queue": "emails", "reason": "expired", "ref": "main", "region": "eu-west-1",
	"repository": "website", "resource": "invoice", "role": "editor", "route": "/v1/files",
	"scope": "files.read", "service": "billing", "session": "sess_7f3a9c", "state": "pending",
	"status": "pending", "table": "orders", "tag": "v1.2.0", "team": "support", "tenant": "acme",
	"tier": "free", "timezone": "Europe/Berlin", "token": "tok_7f3a9c", "topic": "orders",
	"unit": "seconds", "uri": "https://example.com/files", "url": "https://example.com/files",
	"user": "ada", "username": "ada", "uuid": "0b7e4c1a-5d1f-4a8e-9c55-2f6f3f1f7a10",
	"version": "2.1", "zone": "eu-west-1a",
}
