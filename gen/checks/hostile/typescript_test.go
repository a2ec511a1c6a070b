//go:build tools

package hostile

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/tsvectors"
)

// TestComposedInTypeScript reads the vectors of composed catalogs with their TypeScript modules.
func TestComposedInTypeScript(t *testing.T) {
	j, dir := newJudge(t), t.TempDir()
	r := rand.New(rand.NewPCG(*seed, 3))
	var jobs []tsvectors.Job
	for i := range *composed {
		if a, _ := j.settle(compose(r)); a != nil {
			jobs = append(jobs, tsvectors.New(t, dir, fmt.Sprint("composed", i), a.catalog))
		}
	}
	t.Log(tsvectors.Run(t, jobs))
}
