package source_test

import (
	"io/fs"
	"os"
	"testing"

	"github.com/errspec/errspec/gen/internal/source"
)

// A source that is read and kept holds no file open, and can be read again. serve keeps such
// sources until the next garbage collection.
func TestASourceThatIsClosedHoldsNothingOpen(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "catalog.yaml", "version: 1\n")
	write(t, "part.yaml", "groups: []\n")
	open := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	before := open()
	var kept []*source.Source
	for range 20 {
		src, err := source.OpenFile("catalog.yaml")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := fs.ReadFile(src.FS, "part.yaml"); err != nil {
				t.Fatal(err)
			}
			if err := src.Close(); err != nil {
				t.Fatal(err)
			}
		}
		kept = append(kept, src)
	}
	if after := open(); after >= before+len(kept) {
		t.Errorf("%d sources hold %d files open", len(kept), after-before)
	}
}
