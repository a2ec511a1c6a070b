// Tests the module of testdata/inherited.yaml.
import assert from "node:assert/strict";
import { test } from "node:test";
import { catalog, decide, decode, example, hasCode, isApiError, parse } from "./errors.ts";
import type { Code } from "./errors.ts";

const codes: readonly Code[] = [
  "constructor",
  "__proto__",
  "toString",
  "None",
  "class",
  "self",
  "hasOwnProperty",
  "20404",
];

test("each code is itself", async () => {
  for (const code of codes) {
    const error = await decode(example(code));
    assert.ok(hasCode(error, code), code);
    assert.ok(error.hasParams, code);
    assert.ok(error instanceof Error);
    assert.equal(catalog[code].statuses[0], error.status);
    assert.ok(!decide(error, 1).retry);
  }
  assert.deepEqual(Object.keys(catalog).sort(), [...codes].sort());
  assert.equal((await decode(example("class", "constructor")))?.variant, "constructor");
});

test("what objects inherit is no code, no tombstone and no example", () => {
  for (const code of ["valueOf", "isPrototypeOf", "__defineGetter__"]) {
    const error = parse(400, {}, JSON.stringify({ code, detail: "x" }));
    assert.equal(error.code, null);
    assert.equal(error.rawCode, code);
    assert.equal(error.retired?.use, code === "valueOf" ? "constructor" : undefined);
    assert.throws(() => example(code as Code), RangeError);
  }
});

test("params do not meet the fields of the error, nor what objects inherit", async () => {
  const body = JSON.parse(await example("__proto__").text()) as Record<string, unknown>;
  for (const name of ["params", "to_string", "constructor", "class", "cause", "agent_code", "agentCode"]) {
    delete body[name];
  }
  const error = parse(400, {}, JSON.stringify({ ...body, name: "n", stack: "s", agentCode: "c" }));
  assert.ok(hasCode(error, "__proto__"));
  assert.equal(error.name, "ApiError");
  assert.notEqual(error.stack, "s");
  assert.equal(error.params.name, "n");
  assert.equal(error.params.stack, "s");
  assert.equal(error.params.toString_, undefined);
  assert.equal(error.params.constructor_, undefined);
  assert.equal(error.params.agentCode, undefined);
  assert.deepEqual(
    Object.entries(error.params).filter(([name]) => name.startsWith("agentCode_")).map(([, value]) => value),
    ["c"],
  );
  assert.ok(isApiError(error));
});
