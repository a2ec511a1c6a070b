//go:build unix

package main

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// A table is written as Markdown.
type table struct{ w *bytes.Buffer }

func (t table) head(cells ...string) {
	t.row(cells...)
	t.row(strings.Split(strings.Repeat("---|", len(cells)-1)+"---", "|")...)
}

func (t table) row(cells ...string) { fmt.Fprintf(t.w, "| %s |\n", strings.Join(cells, " | ")) }

// ratio writes a measurement and its yardstick. A target of 0 means no target.
func (t table) ratio(what string, got float64, unit func(float64) string, yardstick float64,
	name string, target float64) {
	goal, verdict := judged(got, yardstick, target)
	t.row(what, unit(got), name+": "+unit(yardstick), fmt.Sprintf("%.2f ×", got/yardstick), goal,
		verdict)
}

// judged returns the cells with the target and whether it was met.
func judged(got, yardstick, target float64) (goal, verdict string) {
	switch goal = fmt.Sprintf("≤ %.4g ×", target); {
	case target == 0:
		return "", ""
	case got > target*yardstick:
		return goal, "**missed**"
	default:
		return goal, "met"
	}
}

func seconds(s float64) string {
	d := time.Duration(s * float64(time.Second))
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	case d >= time.Millisecond:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	case d >= 10*time.Microsecond:
		return fmt.Sprintf("%.0f µs", float64(d)/1e3)
	default:
		return fmt.Sprintf("%.3g ns", s*1e9)
	}
}

func megabytes(n float64) string { return fmt.Sprintf("%.0f MB", n/1e6) }
