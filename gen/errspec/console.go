package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// A console is standard output or standard error. All that errspec prints goes through one, and is
// shown there as package unseen shows it, whether a terminal reads it or not: names of files, what
// users give as arguments, lines of files that differ. JSON is not changed by that: it has escapes.
type console struct{ file *os.File }

func (c console) Write(text []byte) (int, error) {
	if _, err := io.WriteString(c.file, unseen.Lines(string(text))); err != nil {
		return 0, err
	}
	return len(text), nil
}

// useConsoles has a command print to consoles.
func useConsoles(cmd *cobra.Command) {
	cmd.SetOut(console{os.Stdout})
	cmd.SetErr(console{os.Stderr})
}

// painted returns where to write text that may have the escapes of colours. What is not ours in it
// must be fit to be shown.
func painted(w io.Writer) io.Writer {
	if c, ok := w.(console); ok {
		return c.file
	}
	return w
}

// exact returns where to write bytes that must stay as they are, unless a terminal would show them.
func exact(w io.Writer) io.Writer {
	if terminal(w) {
		return w
	}
	return painted(w)
}

// colored reports whether what is written to w may have colours: on a terminal, unless the user
// wants none (https://no-color.org).
func colored(w io.Writer) bool {
	return terminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// terminal reports whether w is a terminal, and thus read by a person now.
func terminal(w io.Writer) bool {
	c, ok := w.(console)
	if !ok {
		return false
	}
	info, err := c.file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// told returns what to print of an error: a line, or one for each of several errors. A line feed in
// the name of a file begins no line.
func told(err error) string {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var lines, shown []string
		for _, e := range several.Unwrap() {
			lines, shown = append(lines, e.Error()), append(shown, told(e))
		}
		if strings.Join(lines, "\n") == err.Error() {
			return strings.Join(shown, "\n")
		}
	}
	return unseen.Line(err.Error())
}
