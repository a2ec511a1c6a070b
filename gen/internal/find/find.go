// Package find finds the codes of a catalog that a text is about: a message with its values, a
// body, the output of `curl -i`, a log line, the name of a type, a mistyped code, or a few words.
//
// templates/find.js is the same search for the HTML reference, step by step and name by name.
// testdata/pasted.json holds texts that both must find alike: change the two together. What both
// know about a code is its [Record].
//
// A search has steps, and the first that finds something ends it:
//
//  1. evidence: a code as it is sent or in another spelling, its name in a generated package, its
//     anchor, or one of its messages;
//  2. words: all words of a short text are in what the reference says of a code;
//  3. likeness: a code with a typing mistake, or else most words of a message, which may have some;
//  4. the HTTP status of a response.
package find

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// A Why says how a code was found.
type Why string

// The steps of a search.
const (
	Evidence Why = "evidence"
	Words    Why = "words"
	Alike    Why = "alike"
	Status   Why = "status"
)

// A Hit is a code that a text is about.
type Hit struct {
	Record  int // its place in [Index.Records]
	Why     Why
	Variant string // "" if the text does not say which
	Values  []Value
	score   int
}

// A Value is a param and its value in the text.
type Value struct{ Name, Text string }

// Scores. A code where a body has it is certain, a code in a sentence is likely, and a word that
// looks like a code is a hint.
const (
	scoreBody   = 1000 // the code where a body has it
	scoreCode   = 500  // the code in the text
	scoreWhole  = 400  // a message, and nothing beside it
	scorePart   = 300  // a message in a longer text
	scoreFolded = 200  // a name of the code, or the code in another spelling
	scoreNumber = 160  // a number that is the code
	scoreWord   = 150  // a word that is the code
	scoreShort  = 120  // a message in a longer text, but one that may be in any
	scoreMisfit = -150 // a value that is not of its type
	scoreStatus = 40   // the code has the status of the response
	enough      = 100  // of evidence
)

// How much is read of a text, and how many codes are found in it: far more than of a response.
const (
	maxText     = 64 << 10
	maxUnits    = 200
	maxTokens   = 2000
	maxSpans    = 8000 // of parts of tokens
	maxParts    = 6    // of a span
	maxShort    = 3    // tokens of a short text
	maxNamed    = 8    // tokens of a text that may be a name of several words
	maxEscapes  = 3    // that are taken off, one below the other
	maxWords    = 12
	maxNames    = 16
	maxValue    = 200 // of a value that begins a line
	maxEvidence = 20
	maxAlike    = 5
	maxCommon   = 1000 // messages with a word that still says something
)

// Find returns the codes that a text is about, the likeliest first.
func (x *Index) Find(text string) []Hit {
	if len(text) > maxText {
		text = text[:maxText]
	}
	text = strings.TrimSpace(colors.ReplaceAllString(strings.ToValidUTF8(text, "\uFFFD"), ""))
	if text == "" {
		return nil
	}
	s := x.read(text)
	if hits := s.evidence(); len(hits) > 0 {
		return append(hits, s.words(hits)...)
	}
	for _, step := range []func() []Hit{
		func() []Hit { return s.words(nil) }, s.mistyped, s.reworded, s.byStatus,
	} {
		if hits := step(); len(hits) > 0 {
			return hits
		}
	}
	return nil
}

// colors are what a terminal shows colors for.
var colors = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")

// evidence returns the codes that the text has evidence of.
func (s *search) evidence() []Hit {
	s.found = map[int]*Hit{}
	s.lookIntoBodies()
	s.lookUpTokens()
	s.readMessages()
	var hits []Hit
	for at, h := range s.found {
		if h.score >= enough {
			if s.hasStatus(at) {
				h.score += scoreStatus
			}
			hits = append(hits, *h)
		}
	}
	hits = ranked(hits, maxEvidence)
	for i := range hits {
		s.fillIn(&hits[i])
	}
	return hits
}

// add notes evidence of a code. The strongest counts.
func (s *search) add(record, score int) {
	if h := s.found[record]; h == nil {
		s.found[record] = &Hit{Record: record, Why: Evidence, score: score}
	} else {
		h.score = max(h.score, score)
	}
}

// words returns the codes that have all words of a short text, without those that were found.
func (s *search) words(found []Hit) []Hit {
	words := strings.Fields(strings.ToLower(s.text))
	if len(words) > maxWords {
		return nil
	}
	var hits []Hit
	for at := range s.index.Records {
		lacks := func(w string) bool { return !strings.Contains(s.index.Records[at].Text, w) }
		isIt := func(h Hit) bool { return h.Record == at }
		if !slices.ContainsFunc(words, lacks) && !slices.ContainsFunc(found, isIt) {
			hits = append(hits, Hit{Record: at, Why: Words})
		}
	}
	return hits
}

// byStatus returns the codes with the status of the response.
func (s *search) byStatus() []Hit {
	var hits []Hit
	for at := range s.index.Records {
		if s.hasStatus(at) {
			hits = append(hits, Hit{Record: at, Why: Status})
		}
	}
	return hits
}

func (s *search) hasStatus(record int) bool {
	return slices.ContainsFunc(s.index.Records[record].Statuses, func(status int) bool {
		return s.statuses[status]
	})
}

// ranked returns the first hits, the likeliest first.
func ranked(hits []Hit, limit int) []Hit {
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(b.score-a.score, a.Record-b.Record)
	})
	return hits[:min(len(hits), limit)]
}
