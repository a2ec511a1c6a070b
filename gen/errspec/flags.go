package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
)

// An outputPath is a flag that says where an output goes. Given twice it would lose the first place without a word, so it is
// an error.
type outputPath struct {
	path string
	kind string // FILE or DIR, for the help
}

func (p *outputPath) String() string { return p.path }
func (p *outputPath) Type() string   { return p.kind }

func (p *outputPath) Set(path string) error {
	if path == "" {
		return errors.New("it is empty")
	}
	if p.path != "" {
		return fmt.Errorf("it was given before, as %s", p.path)
	}
	p.path = path
	return nil
}

// filePaths is a flag that may be given again, for another file.
type filePaths []string

func (p *filePaths) String() string { return strings.Join(*p, ", ") }
func (p *filePaths) Type() string   { return "FILE" }

func (p *filePaths) Set(path string) error {
	if path == "" {
		return errors.New("it is empty")
	}
	*p = append(*p, path)
	return nil
}

// A level is a flag that names a severity.
type level struct{ diag.Severity }

func (l *level) Type() string { return "LEVEL" }

func (l *level) Set(name string) error {
	for s := diag.Info; s <= diag.Error; s++ {
		if s.String() == name {
			l.Severity = s
			return nil
		}
	}
	return errors.New("want error, warning or info")
}

// A choice is a flag that has one of a few values.
type choice struct {
	value   string
	choices []string
	kind    string
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return c.kind }

func (c *choice) Set(value string) error {
	if !slices.Contains(c.choices, value) {
		return fmt.Errorf("want %s", strings.Join(c.choices, " or "))
	}
	c.value = value
	return nil
}
