package goname

import "testing"

func TestPackage(t *testing.T) {
	for name, want := range map[string]bool{
		"apierr":         true,
		"errors":         true,
		"http":           true,
		"nil":            true,
		"string":         true,
		"internal":       true,
		"testdata":       true,
		"E":              true,
		"é":              true,
		"errors_windows": true,
		"x_js":           true,
		"_p":             true,
		"mainly":         true,
		"test":           true,
		"":               false, "_": false, "a b": false, "a-b": false, "1a": false, "func": false,
		"main": false, "init": false, "documentation": false, "a_test": false, "_test": false,
	} {
		if err := Package(name); (err == nil) != want {
			t.Errorf("Package(%q) = %v; want an error: %v", name, err, !want)
		}
	}
}
