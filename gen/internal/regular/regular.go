// Package regular opens regular files and refuses everything else. Opening a named pipe waits for a
// writer, reading a device may never end, and some devices act when they are opened.
package regular

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Open opens a regular file for reading. It follows symbolic links.
func Open(name string) (*os.File, error) { return open(name, 0) }

// OpenOrPipe also opens a pipe, such as <(command) in a shell. A pipe without a writer is empty.
func OpenOrPipe(name string) (*os.File, error) { return open(name, fs.ModeNamedPipe) }

// ReadFile reads a regular file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // read-only
	return io.ReadAll(f)
}

// A NotRegularError says what an irregular file is. It continues a sentence that begins with the
// file's name.
type NotRegularError struct {
	Mode fs.FileMode
}

func (e *NotRegularError) Error() string {
	switch mode := e.Mode; {
	case mode.IsDir():
		return "is a folder, but must be a file"
	case mode&fs.ModeNamedPipe != 0:
		return "is a named pipe, not a regular file"
	case mode&fs.ModeSocket != 0:
		return "is a socket, not a regular file"
	case mode&fs.ModeDevice != 0:
		return "is a device, not a regular file"
	default:
		return "is not a regular file"
	}
}

// Check returns a [NotRegularError] unless the mode is that of a regular file.
func Check(mode fs.FileMode) error {
	if mode.IsRegular() {
		return nil
	}
	return &NotRegularError{mode}
}

// NoWait is the flag that opens a file without waiting for a writer. It does not affect regular
// files.
const NoWait = syscall.O_NONBLOCK

// open checks the file before it opens it, because opening may have effects, and again afterwards,
// because it may have opened another file.
func open(name string, also fs.FileMode) (*os.File, error) {
	refused := func(info fs.FileInfo) error {
		if mode := info.Mode(); mode&also == 0 {
			if err := Check(mode); err != nil {
				return &fs.PathError{Op: "open", Path: name, Err: err}
			}
		}
		return nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if err := refused(info); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_RDONLY|NoWait, 0)
	if err != nil {
		return nil, err
	}
	info, err = f.Stat()
	if err == nil {
		err = refused(info)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
