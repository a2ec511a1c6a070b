package hostile

import "math/rand/v2"

// A subject composes small catalogs that are about one part of the format. Few parts, put together
// in every way, find what composed catalogs, which mean something, do not.
type subject struct {
	name    string
	salt    uint64 // what it takes from the seed
	times   int    // how many catalogs it needs, as a multiple of what flags say
	compose func(dice) []byte
}

var subjects = []subject{
	{"bodies", 3, 4, func(d dice) []byte { return bodies{d}.catalog() }},
	{"messages", 4, 1, func(d dice) []byte { return sentences{d}.catalog() }},
	{"replies", 5, 1, func(d dice) []byte { return replies{d}.catalog() }},
	{"names", 6, 1, func(d dice) []byte { return labels{d, nil}.catalog() }},
	{"identities", 7, 2, func(d dice) []byte { return identities{d}.catalog() }},
}

// dice chooses at random.
type dice struct{ *rand.Rand }

func roll(seed, salt uint64) dice { return dice{rand.New(rand.NewPCG(seed, salt))} }

func (d dice) pick(of []string) string { return of[d.IntN(len(of))] }

// one reports whether this is the one time in n.
func (d dice) one(n int) bool { return d.IntN(n) == 0 }

// some returns from least to most of some texts, each once.
func (d dice) some(of []string, least, most int) []string {
	n := min(len(of), least+d.IntN(most-least+1))
	var out []string
	for _, i := range d.Perm(len(of))[:n] {
		out = append(out, of[i])
	}
	return out
}
