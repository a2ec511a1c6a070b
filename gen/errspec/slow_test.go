//go:build slow && unix

package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Tests behind the tag slow are named TestSlow…, so that make slow runs them and none of the
// others.

// TestSlowScripts runs the transcripts that build programs: those of users who install errspec as a
// tool of their module, and generate, build and test with it, and the GitHub action.
func TestSlowScripts(t *testing.T) {
	// They need all modules of ours, also those that only other systems build with.
	out, err := exec.CommandContext(t.Context(), "go", "mod", "download").CombinedOutput()
	if err != nil {
		t.Fatalf("go mod download: %v\n%s", err, out)
	}
	runScripts(t, "testdata/toolchain")
}

// TestSlowClones runs the transcripts in which git clones.
func TestSlowClones(t *testing.T) { runScripts(t, "testdata/clones") }

// TestSlowNothingUnseenIsPrinted does what TestNothingUnseenIsPrinted does, with one text at a
// time.
func TestSlowNothingUnseenIsPrinted(t *testing.T) {
	for _, h := range hostile {
		nothingUnseenIsPrinted(t, h.text, h.json)
	}
}

// Whatever program a checkout wants git to run, errspec runs git so that it is not, in any of its
// commands. Each trap is tried with git itself first, so that it is known to be one.
func TestSlowGitRunsNothing(t *testing.T) {
	for _, s := range traps {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			c := newCheckout(t, s.lacks)
			env := c.set(s)
			for _, path := range []string{c.env, c.old} {
				for _, args := range gitCommands {
					status, said := c.run("", append(slices.Clone(env), "PATH="+path+":"+os.Getenv("PATH")),
						c.errspec, args...)
					if ran := c.sprung(); ran != "" {
						t.Errorf("errspec %q runs what the checkout says: %s", args, ran)
					}
					if lacks := s.lacks && slices.Contains(args, "v1"); lacks && (status != 2 ||
						!strings.Contains(said, "git fetch --refetch --no-filter")) || !lacks && status > 1 {
						t.Errorf("errspec %q exits with status %d and says\n%s", args, status, said)
					}
				}
			}
			if c.run(s.input, env, c.git, s.spring...); c.sprung() == "" {
				t.Errorf("git %q does not spring the trap, so this is no test", s.spring)
			}
			c.onlyQuestions()
		})
	}
}

// No command asks git more than those that TestSlowGitRunsNothing tries, and none runs anything
// with all traps set.
func TestSlowNoCommandSpringsTraps(t *testing.T) {
	for _, partial := range []bool{false, true} {
		c := newCheckout(t, partial)
		var env []string
		for _, s := range traps {
			if s.lacks == partial && s.name != "a foreign system" { // which has the other remotes ignored
				env = append(env, c.set(s)...)
			}
		}
		env = append(env, "PATH="+c.env+":"+os.Getenv("PATH"))
		for _, args := range slices.Concat(gitCommands, otherCommands) {
			status, said := c.run("", env, c.errspec, args...)
			if ran := c.sprung(); ran != "" {
				t.Errorf("errspec %q runs what the checkout says: %s", args, ran)
			}
			if strings.Contains(said, "unknown flag") || strings.Contains(said, "goroutine ") {
				t.Errorf("errspec %q exits with status %d and says\n%s", args, status, said)
			}
		}
		c.onlyQuestions()
	}
}
