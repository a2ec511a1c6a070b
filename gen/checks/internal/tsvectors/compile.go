package tsvectors

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Options of the compiler. The oldest one that compiles modules knows [Strict]; [Strictest] adds
// what came later.
const (
	Strict = `"strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true,
		"noUnusedLocals": true, "noUnusedParameters": true, "noImplicitReturns": true,
		"noFallthroughCasesInSwitch": true, "noImplicitOverride": true, "noEmit": true,
		"target": "es2022", "module": "esnext"`
	Strictest = Strict + `, "erasableSyntaxOnly": true, "isolatedDeclarations": true,
		"declaration": true, "verbatimModuleSyntax": true, "allowImportingTsExtensions": true,
		"moduleResolution": "bundler"`
	ForBrowsers = `, "lib": ["es2022", "dom", "dom.iterable"], "types": []`
	ForNode     = `, "lib": ["es2022"], "types": ["node"]`
	forWorkers  = `, "lib": ["es2022"], "types": ["@cloudflare/workers-types"]`
	// forNext are the options of a new app of Next.js.
	forNext = `"strict": true, "noEmit": true, "target": "es2017", "module": "esnext",
		"lib": ["dom", "dom.iterable", "esnext"], "moduleResolution": "bundler",
		"isolatedModules": true, "types": []`
	// forOld are the oldest target and library that gen/docs/typescript.md promises.
	forOld = `"strict": true, "noEmit": true, "target": "es2017", "module": "esnext",
		"lib": ["es2020", "dom", "dom.iterable"], "moduleResolution": "node", "types": []`
	lax = `"strict": false, "noEmit": true, "target": "es2020", "module": "esnext",
		"moduleResolution": "bundler", "types": ["node"]`
)

// CompileAll compiles the modules in a folder with the newest and the oldest compiler, for
// browsers, Node and workers, and in projects that are not strict or not up to date.
func CompileAll(tb testing.TB, dir string) {
	tb.Helper()
	for _, run := range []struct{ compiler, options string }{
		{"typescript", Strictest + ForBrowsers},
		{"typescript", Strictest + ForNode},
		{"typescript", Strictest + forWorkers},
		{"typescript", forNext},
		{"typescript", lax},
		{"typescript-oldest", Strict + ForBrowsers},
		{"typescript-oldest", forOld},
	} {
		if out := Compile(tb, dir, run.compiler, run.options); out != "" {
			tb.Errorf("%s with %s:\n%.5000s", run.compiler, run.options, out)
		}
	}
}

// Compile runs a compiler in a folder, with these options, and returns what it says.
func Compile(tb testing.TB, dir, compiler, options string) string {
	tb.Helper()
	config := []byte(`{"compilerOptions": {` + options + `}, "include": ["*.ts"]}`)
	if err := os.WriteFile(filepath.Join(dir, "tsconfig.json"), config, 0o600); err != nil {
		tb.Fatal(err)
	}
	link := filepath.Join(dir, "node_modules")
	if _, err := os.Lstat(link); err != nil {
		here, err := filepath.Abs(Modules)
		if err != nil {
			tb.Fatal(err)
		}
		if err := os.Symlink(here, link); err != nil {
			tb.Fatal(err)
		}
	}
	cmd := exec.CommandContext(tb.Context(), Node, Modules+compiler+"/bin/tsc", "--project", dir)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tb.Fatalf("%v (run npm ci --prefix typescript)", err)
	}
	return string(out)
}
