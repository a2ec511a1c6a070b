package main

import (
	"os"
	"runtime/debug"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// expectOutputs prepares for what is made of a large catalog: finished text, most of what is in use then, and nothing in it that a
// garbage collector has to look at. So it may run often, and the peak of memory is a quarter lower for a tenth of the time. Only a program
// as a whole may say so, and a user who sets GOGC knows better.
func expectOutputs(c *catalog.Catalog) {
	if c.Len() >= 1000 && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(30)
	}
}
