package versions

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/gen/internal/source"
)

// formerNameHere returns what a file on disk was called in a revision that has none of its name, or
// "": of the files that are not on disk any more, the one that it is most like. Git would run the
// repository's own filters to compare the work tree with a revision, so it is not asked.
func (r *repository) formerNameHere(file, disk, commit string) (string, error) {
	top, err := r.run("rev-parse", "--show-cdup")
	if err != nil {
		return "", err
	}
	now, err := source.OpenFile(disk)
	if err != nil {
		return "", err
	}
	files, err := r.files(commit)
	if err != nil {
		return "", err
	}
	// not cleaned: r.dir may be a symbolic link
	dir := r.dir + string(filepath.Separator) + strings.TrimRight(top, "\n")
	return r.formerName(file, now.File.Bytes(), files, func(name string) bool {
		_, err := os.Lstat(dir + string(filepath.Separator) + filepath.FromSlash(name))
		return errors.Is(err, fs.ErrNotExist)
	})
}

// formerNameAt does the same for a file of another revision.
func (r *repository) formerNameAt(file, was, now string) (string, error) {
	before, err := r.files(was)
	if err != nil || before[file] != "" {
		return "", err
	}
	after, err := r.files(now)
	if err != nil || after[file] == "" {
		return "", err
	}
	o, err := r.blob(after[file])
	if err != nil {
		return "", err
	}
	return r.formerName(file, o.data, before, func(name string) bool { return after[name] == "" })
}

// formerName returns which of the files of a revision that are gone a file was, or "". A YAML file
// was another YAML file.
func (r *repository) formerName(file string, data []byte, files map[string]string,
	gone func(name string) bool) (string, error) {
	best, found := alike, ""
	for name, id := range files {
		if isYAML(file) && !isYAML(name) || !gone(name) {
			continue
		}
		o, err := r.blob(id)
		if err != nil {
			return "", fmt.Errorf("%s may have been %s, and git can not read that: %w", file, name,
				err)
		}
		if n := likeness(o.data, data); n > best || n == best && (found == "" || name < found) {
			best, found = n, name
		}
	}
	return found, nil
}

func isYAML(name string) bool {
	ext := path.Ext(name)
	return ext == ".yaml" || ext == ".yml"
}

// files returns the ids of a revision's files, by their paths.
func (r *repository) files(commit string) (map[string]string, error) {
	out, err := r.run("ls-tree", "-r", "-z", "--full-tree", commit)
	if err != nil {
		return nil, err
	}
	ids := map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		about, name, _ := strings.Cut(line, "\t") // MODE KIND ID
		if words := strings.Fields(about); len(words) == 3 && words[1] == "blob" &&
			strings.HasPrefix(words[0], "100") {
			ids[name] = words[2]
		}
	}
	return ids, nil
}

// alike is how much two files must have in common for one to be the other under another name, in
// percent: as much as for git.
const alike = 50

// likeness returns how much two files have in common, in percent of the larger one. Like git, it
// counts the bytes of the lines that are in both, wherever they are, and the pieces of long lines;
// line ends may differ.
func likeness(a, b []byte) int {
	count := map[string]int{}
	size := 0
	for piece := range pieces(a) {
		count[string(piece)]++
		size += len(piece)
	}
	same, other := 0, 0
	for piece := range pieces(b) {
		other += len(piece)
		if count[string(piece)] > 0 {
			count[string(piece)]--
			same += len(piece)
		}
	}
	return 100 * same / max(size, other, 1)
}

// pieces goes through the lines of a text, and through a long one by pieces.
func pieces(text []byte) iter.Seq[[]byte] {
	const long = 64
	return func(yield func([]byte) bool) {
		for line := range bytes.Lines(text) {
			line = bytes.TrimRight(line, "\r\n")
			for len(line) > long {
				if !yield(line[:long]) {
					return
				}
				line = line[long:]
			}
			if !yield(line) {
				return
			}
		}
	}
}
