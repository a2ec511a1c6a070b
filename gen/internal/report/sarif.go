package report

import (
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/rule"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" +
		"sarif-schema-2.1.0.json"
	homepage = "https://github.com/errspec/errspec"
)

// The part of SARIF 2.1.0 that errspec writes
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Automation  *sarifAutomation  `json:"automationDetails,omitempty"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
		Properties  sarifCounts       `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifAutomation struct {
		ID string `json:"id"`
	}
	sarifDriver struct {
		Name            string      `json:"name"`
		Version         string      `json:"version"`
		SemanticVersion string      `json:"semanticVersion,omitempty"`
		InformationURI  string      `json:"informationUri"`
		Rules           []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string             `json:"id"`
		ShortDescription sarifText          `json:"shortDescription"`
		FullDescription  sarifText          `json:"fullDescription"`
		Help             sarifText          `json:"help"`
		HelpURI          string             `json:"helpUri"`
		Default          sarifConfiguration `json:"defaultConfiguration"`
	}
	sarifConfiguration struct {
		Enabled bool   `json:"enabled"`
		Level   string `json:"level"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId,omitempty"`
		RuleIndex *int            `json:"ruleIndex,omitempty"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		Related   []sarifLocation `json:"relatedLocations,omitempty"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifLocation struct {
		ID       *int                   `json:"id,omitempty"`
		Physical *sarifPhysicalLocation `json:"physicalLocation,omitempty"`
		Logical  []sarifLogicalLocation `json:"logicalLocations,omitempty"`
		Message  *sarifText             `json:"message,omitempty"`
	}
	sarifPhysicalLocation struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndColumn   int `json:"endColumn"`
	}
	sarifLogicalLocation struct {
		FullyQualifiedName string `json:"fullyQualifiedName"`
	}
	sarifCounts struct {
		Counts counts `json:"counts"`
	}
)

func writeSARIF(w io.Writer, list *diag.List, o Options) error {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "errspec", Version: o.Version, SemanticVersion: semantic(o.Version),
			InformationURI: homepage,
			Rules:          sarifRules(),
		}},
		Invocations: []sarifInvocation{{ExecutionSuccessful: true}},
		ColumnKind:  "unicodeCodePoints",
		Results:     []sarifResult{},
		Properties:  sarifCounts{count(list)},
	}
	if o.Command != "" {
		run.Automation = &sarifAutomation{"errspec/" + o.Command + "/" + o.name(o.Catalog) + "/"}
	}
	indexes := map[string]*int{}
	for i, r := range run.Tool.Driver.Rules {
		indexes[r.ID] = &i
	}
	for _, d := range list.Shown() {
		run.Results = append(run.Results, sarifResultOf(&d, indexes[d.Rule], o))
	}
	if n := run.Properties.Counts.Omitted; n > 0 {
		run.Invocations[0].Notifications = []sarifNotification{{
			Level: "warning", Message: sarifText{Text: fmt.Sprintf(
				"%d more diagnostics are counted but not listed.", n)},
		}}
	}
	_, err := w.Write(encode.JSON(sarifLog{Schema: sarifSchema, Version: "2.1.0",
		Runs: []sarifRun{run}}))
	return err
}

func sarifRules() []sarifRule {
	var rules []sarifRule
	for _, r := range rule.All() {
		e := r.Example()
		rules = append(rules, sarifRule{
			ID:               r.ID,
			ShortDescription: sarifText{Text: r.Summary},
			FullDescription:  sarifText{Text: r.Why},
			Help: sarifText{
				Text: fmt.Sprintf("%s\n\nBefore:\n\n%s\nAfter:\n\n%s", r.Why, e.Before,
					e.After),
				Markdown: fmt.Sprintf(
					"%s\n\nBefore:\n\n```yaml\n%s```\n\nAfter:\n\n```yaml\n%s```\n", r.Why,
					e.Before, e.After),
			},
			HelpURI: homepage + "#rules",
			Default: sarifConfiguration{Enabled: !r.OptIn, Level: sarifLevel(r.Severity)},
		})
	}
	return rules
}

func sarifResultOf(d *diag.Diagnostic, index *int, o Options) sarifResult {
	r := sarifResult{RuleID: d.Rule, RuleIndex: index, Level: sarifLevel(d.Severity),
		Locations: []sarifLocation{}}
	text := []string{d.Message}
	for _, n := range d.Notes {
		p := sarifPosition(n.Span, o)
		if p == nil {
			text = append(text, "note: "+n.Message)
			continue
		}
		id := len(r.Related)
		r.Related = append(r.Related,
			sarifLocation{ID: &id, Physical: p, Message: &sarifText{Text: literal(n.Message)}})
	}
	if d.Help != "" {
		text = append(text, "help: "+d.Help)
	}
	r.Message.Text = literal(strings.Join(text, "\n"))
	l := sarifLocation{Physical: sarifPosition(d.Span, o)}
	if d.Path != "" {
		l.Logical = []sarifLogicalLocation{{d.Path}}
	}
	if l.Physical != nil || l.Logical != nil {
		r.Locations = append(r.Locations, l)
	}
	return r
}

func sarifLevel(s diag.Severity) string {
	if s == diag.Info {
		return "note"
	}
	return s.String()
}

// sarifPosition returns nil if there is no position.
func sarifPosition(s diag.Span, o Options) *sarifPhysicalLocation {
	if s.File == nil {
		return nil
	}
	l := &sarifPhysicalLocation{Artifact: sarifArtifact{uri(o.name(s.File.Name))}}
	if !s.IsZero() {
		l.Region = &sarifRegion{StartLine: s.Line, StartColumn: s.Col, EndColumn: s.Col + s.Len}
	}
	return l
}

var drive = regexp.MustCompile(`^[A-Za-z]:/`)

// uri returns a file's name as a URI reference, which is relative unless the name is absolute.
func uri(name string) string {
	switch {
	case isURI(name):
		return name[:4] + (&url.URL{Path: name[4:]}).EscapedPath()
	case strings.HasPrefix(name, "/"):
		return (&url.URL{Scheme: "file", Path: name}).String()
	case drive.MatchString(name):
		return (&url.URL{Scheme: "file", Path: "/" + name}).String()
	default:
		return (&url.URL{Path: name}).String()
	}
}

var placeholder = regexp.MustCompile(`\{[0-9]+\}`)

// literal escapes what looks like one of SARIF's placeholders. Other braces need no escape, and
// current viewers would show it.
func literal(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(p string) string { return "{" + p + "}" })
}

var semver = regexp.MustCompile(`^v([0-9]+\.[0-9]+\.[0-9]+([-+].*)?)$`)

// semantic returns a version in the form of semantic versioning, or "" for a development build.
func semantic(version string) string {
	if m := semver.FindStringSubmatch(version); m != nil {
		return m[1]
	}
	return ""
}
