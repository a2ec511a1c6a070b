//go:build tools

package schemas

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/program"
)

// TestTypeScript makes TypeScript of the schemas with json-schema-to-typescript and with quicktype.
// Every example body has the resulting type. A body without a required member or with an unknown
// code does not.
func TestTypeScript(t *testing.T) {
	dir := t.TempDir()
	type named struct {
		Name   string          `json:"name"`
		Schema json.RawMessage `json:"schema"`
	}
	var schemas []named
	right, wrong := 0, 0
	for _, d := range trialledDocuments(t) {
		if strings.HasPrefix(d.name, "style odd") {
			// its code is in a list of several items, and json-schema-to-typescript does not
			// support prefixItems
			continue
		}
		name := strings.ReplaceAll(d.name, " ", "-")
		schemas = append(schemas, named{name, d.schema})
		for _, generator := range []string{"json2ts", "quicktype"} {
			var file strings.Builder
			fmt.Fprintf(&file, "import { type Body } from \"./%s.%s\";\n", name, generator)
			for i, trial := range d.trials {
				switch {
				case generator == "quicktype" && strings.HasPrefix(trial.json, "["):
					// its Body is an element of the list
					continue
				case strings.HasPrefix(d.name, "envelope-list") && strings.HasSuffix(trial.name, "/errorCode"):
					// some errors have no code, so it is optional in the type
					continue
				case strings.HasPrefix(d.name, "envelope-by-body") &&
					strings.Contains(trial.name, " /error/"):
					// where error is an object, some errors have none of its members
					continue
				case trial.want == accept:
					right++
				case generator == "quicktype" && strings.HasPrefix(d.name, "envelope-absence") &&
					strings.Contains(trial.name, "/details/"):
					// of items of several forms it makes one, whose members are all optional
					continue
				case trial.want == refuse && typed(trial.kind):
					wrong++
					// a missing error is an error
					file.WriteString("// @ts-expect-error: " + trial.kind + "\n")
				default:
					continue
				}
				fmt.Fprintf(&file, "export const body%d: Body = %s;\n", i, trial.json)
			}
			write(t, filepath.Join(dir, name+"."+generator+".check.ts"), file.String())
		}
	}
	write(t, filepath.Join(dir, "tsconfig.json"), `{
  "compilerOptions": {"strict": true, "noEmit": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "types": []},
  "include": ["*.ts"]
}`)
	input, err := json.Marshal(schemas)
	if err != nil {
		t.Fatal(err)
	}
	program.Run(t, input, "node", "typescript/types.js", dir)
	program.Run(t, nil, "typescript/node_modules/.bin/tsc", "--project", dir)
	if right == 0 || wrong == 0 {
		t.Errorf("%d valid and %d invalid bodies: want some of each",
			right, wrong)
	}
	t.Logf("%d schemas, %d valid and %d invalid bodies", len(schemas), right, wrong)
}

// typed reports whether types can detect the mistake of a kind of trial.
func typed(kind string) bool { return kind == "unknown code" || kind == "member missing" }

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
