// Package regular opens regular files and refuses everything else: to open a named pipe waits until
// somebody writes to it, a device may have no end, and some devices act when they are opened.
package regular

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Open opens a regular file for reading. Symbolic links are followed.
func Open(name string) (*os.File, error) { return open(name, 0) }

// OpenOrPipe also opens a pipe, such as <(command) in a shell. Of a pipe that nobody has opened for
// writing there is nothing to read.
func OpenOrPipe(name string) (*os.File, error) { return open(name, fs.ModeNamedPipe) }

// ReadFile reads a regular file.
func ReadFile(name string) ([]byte, error) {
	f, err := Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return io.ReadAll(f)
}

// A NotRegularError says what a file is that is not a regular one. It continues a sentence that
// begins with the file's name.
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

// Check returns a [NotRegularError] if a mode is not that of a regular file.
func Check(mode fs.FileMode) error {
	if mode.IsRegular() {
		return nil
	}
	return &NotRegularError{mode}
}

// NoWait is the flag that lets a file be opened without waiting for whoever is to write to it. It
// makes no difference to regular files.
const NoWait = syscall.O_NONBLOCK

// open looks before it opens, because opening alone may do something, and again afterwards, because
// what was opened may be another file.
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
