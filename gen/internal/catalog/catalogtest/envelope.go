package catalogtest

import "github.com/errspec/errspec/gen/internal/catalog"

// An Envelope is one with a name for the test's table.
type Envelope struct {
	Name string
	catalog.Envelope
}

// Envelopes returns envelopes of many styles. Between them they use every kind of node and every
// role.
func Envelopes() []Envelope {
	return []Envelope{
		{"nested", with("application/json", Object(
			Member("error", Object(
				Member("code", Role(catalog.RoleCode)),
				Member("message", Role(catalog.RoleMessage)),
				Member("httpStatus", Role(catalog.RoleStatus)))),
			Member("status", Const(`"error"`)),
			Member("status_code", Role(catalog.RoleStatus))))},
		{"problem", with(catalog.ProblemMediaType, Object(
			Member("type", Role(catalog.RoleType)),
			Member("title", Role(catalog.RoleTitle)),
			Member("status", Role(catalog.RoleStatus)),
			Member("detail", Role(catalog.RoleMessage)),
			Member("instance", Role(catalog.RoleInstance)),
			Member("code", Role(catalog.RoleCode)),
			Spread()))},
		{"stripe", with("application/json", Object(Member("error", Object(
			Member("type", Keyed(catalog.RoleMeta, "type")),
			Member("code", Role(catalog.RoleCode)),
			Member("message", Role(catalog.RoleMessage)),
			Member("doc_url", Role(catalog.RoleDocsURL)),
			Member("request_id", Role(catalog.RoleRequestID)),
			Member("param", Keyed(catalog.RoleParam, "id")),
			Member("limit", Keyed(catalog.RoleParam, "limit"))))))},
		{"google", with("application/json", Object(Member("error", Object(
			Member("code", Role(catalog.RoleStatus)), Member("message", Role(catalog.RoleMessage)),
			Member("details", Array(Object(
				Member("@type", Const(`"type.googleapis.com/google.rpc.ErrorInfo"`)),
				Member("reason", Role(catalog.RoleCode)),
				Member("domain", Role(catalog.RoleService)),
				Member("metadata", Role(catalog.RoleParams)))))))))},
		{"json-api", with("application/vnd.api+json", Object(
			Member("jsonapi", Object(Member("version", Const(`"1.1"`)))),
			Member("errors", Array(Object(
				Member("id", Role(catalog.RoleRequestID)),
				Member("status", Role(catalog.RoleStatusString)),
				Member("code", Role(catalog.RoleCode)),
				Member("title", Role(catalog.RoleTitle)),
				Member("detail", Role(catalog.RoleMessage)),
				Member("links", Object(Member("about", Role(catalog.RoleDocsURL))))))),
			Member("meta", Object(
				Member("group", Role(catalog.RoleGroup)),
				Member("variant", Role(catalog.RoleVariant)),
				Member("retry_after", Role(catalog.RoleRetryAfter))))))},
		{"flat", with("application/json", Object(
			Member("code", Role(catalog.RoleCode)),
			Member("message", Role(catalog.RoleMessage))))},
		{"odd", with("application/json", Object(
			Member("ok", Const("false")),
			Member("none", Const("null")),
			Member("version", Const("2")),
			Member("ratio", Const("-0.5")),
			Member("", Const(`""`)),
			Member("empty", Object()),
			Member("list", Array()),
			Member("urn", Text("urn:${service}:(${code})")),
			Member("line", Text("HTTP ${status}: ${message}")),
			Member("vary", Text("${variant}!")),
			Member("pair", Array(
				Role(catalog.RoleCode),
				Array(Role(catalog.RoleStatus), Role(catalog.RoleMessage)))),
			Member("loose", Array(Role(catalog.RoleRequestID), Role(catalog.RoleStatus))),
			Member("never", Keyed(catalog.RoleMeta, "no-such-key"))))},
		{"absence", with("application/json", Object(
			Member("code", Role(catalog.RoleCode)),
			Member("message", Or(Role(catalog.RoleMessage), Const(`""`))),
			Member("source", Object(
				Member("id", Keyed(catalog.RoleParam, "id")),
				Member("kind", Const(`"x"`)))),
			Member("hint", Or(Keyed(catalog.RoleParam, "limit"), Const("null"))),
			Member("more", Or(
				Object(Member("all", Role(catalog.RoleParams))),
				Object(Member("all", Const("null"))))),
			Member("link", Or(Keyed(catalog.RoleMeta, "type"), Role(catalog.RoleDocsURL))),
			Member("details", Array(
				Object(Member("@type", Const(`"help"`)), Member("url", Role(catalog.RoleDocsURL))),
				Object(
					Member("@type", Const(`"request"`)),
					Member("id", Role(catalog.RoleRequestID)),
					Member("none", Object())),
				Array(Role(catalog.RoleVariant))))))},
		{"each", with("application/json", Object(
			Member("trace", Role(catalog.RoleRequestID)), Member("status", Role(catalog.RoleStatus)),
			Member("errors", Each(Object(
				Member("code", Role(catalog.RoleCode)), Member("status", Role(catalog.RoleStatusString)),
				Member("detail", Role(catalog.RoleMessage)), Member("field", Keyed(catalog.RoleParam, "id")),
				Member("meta", Object(Member("all", Role(catalog.RoleParams)))))))))},
		{"list", with("application/json", Each(Object(
			Member("code", Role(catalog.RoleCode)), Member("status", Role(catalog.RoleStatus)),
			Member("message", Role(catalog.RoleMessage)), Member("request_id", Role(catalog.RoleRequestID)),
			Member("details", Role(catalog.RoleParams)))))},
		{"phrase", with("application/json", Object(
			Member("code", Role(catalog.RoleCode)),
			Member("status", Role(catalog.RoleStatus)),
			Member("phrase", Role(catalog.RoleStatusText)),
			Member("line", Text("HTTP ${status} ${status_text}")),
			Member("error", Or(Keyed(catalog.RoleMeta, "type"), Role(catalog.RoleStatusText))),
			Member("message", Role(catalog.RoleMessage))))},
		{"urn", with("application/json", Object(
			Member("type", Text("urn:${service}:${code}")),
			Member("message", Role(catalog.RoleMessage)),
			Member("status", Text("HTTP ${status_string}")),
			Member("wait", Text("${retry_after}s"))))},
	}
}

func with(mediaType string, body catalog.Node) catalog.Envelope {
	return catalog.Envelope{
		MediaType: mediaType, Description: "Every error looks *like this*:", Body: body,
		Sample: catalog.Sample{Code: "ERROR_CODE", Message: "What went wrong.", Status: 401},
	}
}

// Object, Array, Or, Each, Const, Role, Keyed, Text, Member and Spread build the nodes of an
// envelope's body.
func Object(members ...catalog.Member) catalog.Node {
	return catalog.Node{Kind: catalog.NodeObject, Members: members}
}

// Array is described at [Object].
func Array(items ...catalog.Node) catalog.Node {
	return catalog.Node{Kind: catalog.NodeArray, Items: items}
}

// Or is described at [Object].
func Or(items ...catalog.Node) catalog.Node {
	return catalog.Node{Kind: catalog.NodeOr, Items: items}
}

// Each is described at [Object].
func Each(element catalog.Node) catalog.Node {
	return catalog.Node{Kind: catalog.NodeEach, Items: []catalog.Node{element}}
}

// Const is described at [Object].
func Const(json string) catalog.Node {
	return catalog.Node{Kind: catalog.NodeConst, Const: []byte(json)}
}

// Role is described at [Object].
func Role(r catalog.Role) catalog.Node { return catalog.Node{Kind: catalog.NodeRole, Role: r} }

// Keyed is described at [Object].
func Keyed(r catalog.Role, key string) catalog.Node {
	return catalog.Node{Kind: catalog.NodeRole, Role: r, Key: key}
}

// Text is described at [Object].
func Text(template string) catalog.Node {
	return catalog.Node{Kind: catalog.NodeText, Text: Template(template)}
}

// Member is described at [Object].
func Member(name string, n catalog.Node) catalog.Member {
	return catalog.Member{Name: name, Node: n}
}

// Spread is described at [Object].
func Spread() catalog.Member {
	return catalog.Member{Node: catalog.Node{Kind: catalog.NodeSpread, Role: catalog.RoleParams}}
}
