package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// collectEarly bounds what reading takes, so that a hostile file of 1 MiB is judged within 256 MiB: its YAML nodes alone may be half of
// that. A catalog of common size takes less in all than is worth a collection: before 16 MB are in use there is none, which saves a
// fifth of the time. Only a program as a whole may say how often garbage is collected, and a user who sets GOGC knows better.
func collectEarly() {
	collectAt(400) // of 4 MB
	runtime.AddCleanup(new([64]byte), collectAt, 65)
}

// expectOutputs prepares for what is made of a large catalog: finished text, most of what is in use then, and nothing in it that a
// garbage collector has to look at. So it may run often, and the peak of memory is a quarter lower for a quarter of the time.
func expectOutputs(c *catalog.Catalog) {
	if c.Len() >= 1000 {
		collectAt(10)
	}
}

// collection is how often garbage is collected: when it is so many percent of what is in use.
var collection struct {
	sync.Mutex
	percent int
}

// collectAt has garbage collected when it is so many percent of what is in use, or as often as it is already, if that is more often.
func collectAt(percent int) {
	collection.Lock()
	defer collection.Unlock()
	if os.Getenv("GOGC") == "" && (collection.percent == 0 || percent < collection.percent) {
		collection.percent = percent
		debug.SetGCPercent(percent)
	}
}
