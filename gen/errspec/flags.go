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
	if err := isPath(path); err != nil {
		return err
	}
	if p.path != "" {
		return fmt.Errorf("it was given before, as %s", p.path)
	}
	p.path = path
	return nil
}

// isPath refuses what would be taken for a path and is not meant as one. Outputs are not written to standard output: all of them are
// brought to disk or none, and each is looked at first, to see who wrote it.
func isPath(path string) error {
	switch path {
	case "":
		return errors.New("it is empty")
	case "-":
		return errors.New("it is read from and written to disk alone: name a file or a folder, or ./- if that is its name")
	}
	return nil
}

// filePaths is a flag that may be given again, for another file.
type filePaths []string

func (p *filePaths) String() string { return strings.Join(*p, ", ") }
func (p *filePaths) Type() string   { return "FILE" }

func (p *filePaths) Set(path string) error {
	if err := isPath(path); err != nil {
		return err
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
		last := len(c.choices) - 1
		return fmt.Errorf("want %s or %s", strings.Join(c.choices[:last], ", "), c.choices[last])
	}
	c.value = value
	return nil
}
