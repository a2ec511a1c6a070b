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

// formerNameHere returns the name that a file on disk had in a revision without a file of its name,
// or "". It compares the file with those that are no longer on disk. Git is not asked, because it
// would run the repository's own filters to compare the work tree.
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

// formerName returns the most similar of a revision's removed files, or "". A YAML file was always
// a YAML file.
func (r *repository) formerName(file string, data []byte, files map[string]string,
	gone func(name string) bool) (string, error) {
	best, found := alike, ""
	for name, id := range files {
		if isYAML(file) && !isYAML(name) || !gone(name) {
			continue
		}
		o, err := r.blob(id)
		if err != nil {
			return "", fmt.Errorf("%s may have been %s, which git cannot read: %w", file, name,
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

// files returns the ids of a revision's files by path.
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

// alike is the likeness, in percent, from which two files count as one renamed file: the same as in
// git.
const alike = 50

// likeness returns how much two files have in common, in percent of the larger one. Like git, it
// counts the bytes of lines that are in both, in any order, and of pieces of long lines; line ends
// may differ.
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

// pieces yields the lines of a text, and long lines in pieces.
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
