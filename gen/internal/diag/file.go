package diag

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"
)

// A File is a source file: its name as the user knows it, and its bytes.
type File struct {
	Name  string // as printed: relative to the working directory, or <stdin>, or mod:…
	Order int    // its order among the files of one run, for sorting; the root file is 0
	src   []byte
	lines []int // byte offset at which each line starts
	chars []int // how many characters begin before each block of src; nil if all lines are short
}

// block is how many bytes are scanned to find a column. Shorter lines are scanned from their start.
const block = 1024

// NewFile returns a File over src, which it keeps.
func NewFile(name string, src []byte) *File {
	f := &File{Name: name, src: src, lines: make([]int, 1, bytes.Count(src, []byte{'\n'})+1)}
	long := false
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			if long || len(src)-i > block {
				f.countChars()
			}
			return f
		}
		long = long || n > block
		i += n + 1
		f.lines = append(f.lines, i)
	}
}

// countChars prepares fast columns in long lines: a catalog may be JSON on one line, with a
// diagnostic every few bytes.
func (f *File) countChars() {
	f.chars = make([]int, len(f.src)/block+1)
	for k := 1; k < len(f.chars); k++ {
		f.chars[k] = f.chars[k-1] + begin(f.src[(k-1)*block:k*block])
	}
}

// begin counts the characters that begin in b.
func begin(b []byte) int {
	n := 0
	for _, c := range b {
		if utf8.RuneStart(c) {
			n++
		}
	}
	return n
}

// charsBefore counts the characters that begin before an offset, on the same line.
func (f *File) charsBefore(start, offset int) int {
	if f.chars == nil || offset-start <= block {
		return utf8.RuneCount(f.src[start:offset])
	}
	count := func(i int) int { return f.chars[i/block] + begin(f.src[i/block*block:i]) }
	return count(offset) - count(start)
}

// Bytes returns the file's content. Do not modify it.
func (f *File) Bytes() []byte { return f.src }

// Lines returns the number of lines.
func (f *File) Lines() int { return len(f.lines) }

// Line returns the text of a 1-based line, without its line end. Outside the file it is empty.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.src)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	return strings.TrimSuffix(string(f.src[f.lines[n-1]:end]), "\r")
}

// Offset returns the byte offset of a 1-based line and column (in characters). It is at most the
// end of that line.
func (f *File) Offset(line, col int) int {
	if line < 1 || line > len(f.lines) {
		return len(f.src)
	}
	i := f.lines[line-1]
	if f.chars != nil && col > block {
		i, col = f.skip(line, col)
	}
	for ; col > 1 && i < len(f.src) && f.src[i] != '\n'; col-- {
		_, n := utf8.DecodeRune(f.src[i:])
		i += n
	}
	return i
}

// skip returns an offset in a line, less than a block before a column, and how many characters
// remain.
func (f *File) skip(line, col int) (offset, rest int) {
	start, end := f.lines[line-1], len(f.src)
	if line < len(f.lines) {
		end = f.lines[line] - 1
	}
	want := f.chars[start/block] + begin(f.src[start/block*block:start]) + col - 1
	// the last block that begins at or before the character
	k := sort.SearchInts(f.chars, want+1) - 1
	i := k * block
	for i < len(f.src) && !utf8.RuneStart(f.src[i]) {
		i++
	}
	switch {
	case i <= start:
		return start, col
	case i >= end:
		return end, 1
	}
	return i, want - f.chars[k] + 1
}

// At returns the span of n characters from a byte offset on.
func (f *File) At(offset, n int) Span {
	line := sort.SearchInts(f.lines, offset+1) // how many lines begin at or before it
	start := f.lines[line-1]
	return Span{File: f, Line: line, Col: f.charsBefore(start, min(offset, len(f.src))) + 1, Len: n}
}
