// Standard input is a JSON list of {module, titles, resolutions}: what the tables of a module must hold.
import { readFileSync } from "node:fs";
import assert from "node:assert/strict";

interface Expected {
  readonly module: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly resolutions: Readonly<Record<string, string>>;
}

const before = Object.keys(globalThis).length;
for (const { module, titles, resolutions } of JSON.parse(readFileSync(0, "utf8")) as Expected[]) {
  const made = (await import(module)) as {
    readonly catalog: Readonly<Record<string, { readonly title: string }>>;
    readonly resolutions: Readonly<Record<string, string>>;
  };
  for (const [code, title] of Object.entries(titles)) {
    assert.equal(made.catalog[code]?.title, title);
  }
  assert.deepEqual(made.resolutions, resolutions);
}
assert.equal(Object.keys(globalThis).length, before, "some text became code");
