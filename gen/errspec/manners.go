package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// quiet reports whether the user wants only diagnostics and results.
func quiet(cmd *cobra.Command) bool {
	q, err := cmd.Flags().GetBool("quiet")
	return err == nil && q
}

// success prints one line for a person who waits: on a terminal, unless that is unwanted. In a pipe
// and in CI, silence is success.
func success(cmd *cobra.Command, format string, args ...any) error {
	stderr := cmd.ErrOrStderr()
	if !terminal(stderr) || quiet(cmd) {
		return nil
	}
	_, err := fmt.Fprintf(stderr, format+"\n", args...)
	return err
}

// note prints a remark, unless that is unwanted.
func note(cmd *cobra.Command, format string, args ...any) error {
	if quiet(cmd) {
		return nil
	}
	_, err := fmt.Fprintf(cmd.ErrOrStderr(), "note: "+format+"\n", args...)
	return err
}

// count returns a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
