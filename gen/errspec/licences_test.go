package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The licences that what we build with may have, and sentences that only they have.
var licences = []struct {
	name  string
	words []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{
		"BSD-3-Clause",
		[]string{"Redistribution and use in source and binary forms", "Neither the name of"},
	},
	{
		"BSD-2-Clause",
		[]string{
			"Redistribution and use in source and binary forms",
			"THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS",
		},
	},
	{
		"MIT",
		[]string{
			"Permission is hereby granted, free of charge", "to deal in the Software without restriction",
		},
	},
}

// TestLicences compares gen/LICENCES.md with the modules that are compiled into errspec on any
// system, and fails if one of them has no licence that we know. Accept a change with -update.
func TestLicences(t *testing.T) {
	modules := map[string]string{} // version by path
	dirs := map[string]string{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=Module", ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOFLAGS=")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %v", cmd.Args, err)
		}
		for d := json.NewDecoder(strings.NewReader(string(out))); ; {
			var p struct {
				Module *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if p.Module != nil && !p.Module.Main {
				modules[p.Module.Path], dirs[p.Module.Path] = p.Module.Version, p.Module.Dir
			}
		}
	}
	var b strings.Builder
	b.WriteString("# Licences\n\n" +
		"The modules that are compiled into errspec, written by `go test ./gen/errspec -run Licences -update`. Generated packages need none of them.\n\n" +
		"| module | version | licence |\n|---|---|---|\n")
	var paths []string
	for path := range modules {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		name, err := licence(dirs[path])
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", path, modules[path], name)
	}
	const file = "../LICENCES.md"
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := difference(strings.ReplaceAll(string(want), "\r\n", "\n"), b.String()); diff != "" {
		t.Errorf("%s is not up to date (-written +now): accept it with go test ./gen/errspec -run Licences -update\n%s",
			file, diff)
	}
}

// licence returns the names of the licences in a module's folder: a module may be under several,
// for parts of it.
func licence(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "LICEN[CS]E*"))
	if err != nil {
		return "", err
	}
	if len(files) == 0 {
		return "", fmt.Errorf("there is no licence in %s", dir)
	}
	var names []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		text := strings.Join(strings.Fields(string(data)), " ")
		for _, l := range licences {
			all := !slices.ContainsFunc(l.words, func(w string) bool { return !strings.Contains(text, w) })
			if all && !(l.name == "BSD-2-Clause" && slices.Contains(names, "BSD-3-Clause")) {
				names = append(names, l.name)
			}
		}
	}
	if len(names) == 0 {
		return "", fmt.Errorf("the licence in %s is none that we know", dir)
	}
	return strings.Join(names, ", "), nil
}
