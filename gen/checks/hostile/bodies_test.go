package hostile

import (
	"flag"
	"math/rand/v2"
	"testing"
)

var smallBodies = flag.Int("bodies", 400, "how many small bodies TestBodies composes")

// ranBodies is how many of the accepted bodies are also run: that takes a second for each.
const ranBodies = 40

// TestBodies composes envelopes of few parts. What is accepted must give Go that compiles, schemas,
// and pages; some are run, as TestComposed does.
func TestBodies(t *testing.T) {
	j := newJudge(t)
	b := bodies{rand.New(rand.NewPCG(*seed, 3))}
	var all []*accepted
	v := &verdicts{}
	for range *smallBodies {
		data := b.catalog()
		a, err := j.judge(data, v)
		if err != nil {
			t.Errorf("%v\n%s", err, data)
		}
		if a != nil {
			a.name = "a small body"
			all = append(all, a)
		}
	}
	run := all[:min(len(all), ranBodies)]
	j.judgeAll(t, run)
	for _, a := range run {
		for _, w := range a.wrong {
			t.Errorf("%s: %s\n%s", w.kind, w.what, a.data)
		}
	}
	t.Logf("seed %d: %d bodies, %d of them accepted", *seed, *smallBodies, len(all))
	if len(all) < *smallBodies/10 {
		t.Errorf("of %d bodies %d were accepted: they say too little", *smallBodies, len(all))
	}
}
