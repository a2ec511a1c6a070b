// Lints and formats Python files with Ruff, and prints what it finds:
//
//	node ruff.mjs FILE…
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

const {Workspace, PositionEncoding} = createRequire(import.meta.url)("@astral-sh/ruff-wasm-nodejs");

const workspace = new Workspace({
	"line-length": 100,
	"target-version": "py310",
	lint: {
		isort: {"known-first-party": ["again", "apierr"]},
		select: ["A", "ASYNC", "B", "BLE", "C4", "D", "E", "F", "I", "N", "PIE", "PLE", "RET", "S", "SIM", "UP", "W"],
		ignore: [
			"A002", // a param has the name that the API gives it
			"BLE001", // any exception of an HTTP library is a failed read
			"B905", // zip stops with the shorter
			"D1", // attributes say what their class is for
			"D203", "D212", "D213", "D205", "D400", "D401", "D415", // authors' texts begin as they like
			"D301", // authors' texts may have backslashes, which are escaped
			"E501", // a string, or a link of an author, may be longer
			"N818", // Unrecognized
			"S311", // a delay needs no cryptography
			"UP007", // a Union of a thousand classes is made at once
		],
	},
}, PositionEncoding.Utf32);

let found = 0;
for (const file of process.argv.slice(2)) {
	const source = readFileSync(file, "utf8");
	for (const d of workspace.check(source)) {
		console.log(`${file}:${d.start_location.row}:${d.start_location.column}: ${d.code} ${d.message}`);
		found++;
	}
	const lines = source.split("\n"), formatted = workspace.format(source).split("\n");
	const i = formatted.findIndex((line, n) => line !== lines[n]);
	if (i >= 0) {
		console.log(`${file}:${i + 1}: not as ruff format writes it:\n- ${lines[i]}\n+ ${formatted[i]}`);
		found++;
	}
}
process.exit(found > 0 ? 1 : 0);
