package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/source"
)

// stdoutPath is what a user writes for standard output.
const stdoutPath = "-"

// An outputPath is a flag that names an output. It may be given once: a second path would silently
// replace the first.
type outputPath struct {
	path   string
	kind   string // FILE or DIR, for the help
	stdout bool   // it may be standard output
	input  bool   // errspec reads it, such as a template
}

func (p *outputPath) String() string { return p.path }
func (p *outputPath) Type() string   { return p.kind }

func (p *outputPath) Set(path string) error {
	err := isPath(path)
	switch {
	case err == nil, p.stdout && path == stdoutPath:
	case p.input && path != "":
		return errors.New("errspec reads it only from a file; name a file, or ./- if its name is -")
	default:
		return err
	}
	if p.path != "" {
		return fmt.Errorf("given twice: %s and %s", p.path, path)
	}
	p.path = path
	return nil
}

// isPath refuses what is not meant as a path.
func isPath(path string) error {
	switch path {
	case "":
		return errors.New("the path is empty")
	case stdoutPath:
		return errors.New("only a single file can go to standard output; " +
			"name a file or a folder, or ./- if that is its name")
	}
	if source.IsURL(path) {
		return errors.New("errspec writes only files, not to a URL; name a file or a folder")
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

// levels are the values of a level.
var levels = []string{"error", "warning", "info"}

func (l *level) Type() string { return "LEVEL" }

func (l *level) Set(name string) error {
	for s := diag.Info; s <= diag.Error; s++ {
		if s.String() == name {
			l.Severity = s
			return nil
		}
	}
	return oneOfThese(levels)
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
		return oneOfThese(c.choices)
	}
	c.value = value
	return nil
}

// oneOfThese says which values a flag has.
func oneOfThese(choices []string) error {
	last := len(choices) - 1
	return fmt.Errorf("must be %s or %s", strings.Join(choices[:last], ", "), choices[last])
}

// register adds the flag to a command, with completion of its values.
func (c *choice) register(cmd *cobra.Command, name, usage string) {
	cmd.Flags().Var(c, name, usage)
	completeWith(cmd, name, c.choices)
}
