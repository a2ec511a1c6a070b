package main

import (
	"os"
	"runtime/debug"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// collectEarly bounds what reading takes, so that a hostile file of 1 MiB is judged within 256 MiB: its YAML nodes alone may be half of
// that. Only a program as a whole may say how often garbage is collected, and a user who sets GOGC knows better.
func collectEarly() { collectAt(65) }

// expectOutputs prepares for what is made of a large catalog: finished text, most of what is in use then, and nothing in it that a
// garbage collector has to look at. So it may run often, and the peak of memory is a quarter lower for a quarter of the time.
func expectOutputs(c *catalog.Catalog) {
	if c.Len() >= 1000 {
		collectAt(10)
	}
}

// collectAt has garbage collected when it is so many percent of what is in use.
func collectAt(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}
