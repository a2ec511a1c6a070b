// Reads test vectors with generated modules. Standard input is a JSON list of {name, module, vectors,
// names, urls}: paths of the module and of its vectors, the names that params have in the module, and
// URLs of responses that a server sends.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";

interface Names {
  readonly [wire: string]: { readonly name: string; readonly type: Type };
}

interface Type {
  readonly elem?: Type; // of a list or a map
  readonly fields?: Names;
}

interface Job {
  readonly name: string;
  readonly module: string;
  readonly vectors: string;
  readonly names: { readonly [code: string]: Names };
  /** Where a server sends the responses, by the names of the vectors. */
  readonly urls: { readonly [vector: string]: string };
}

interface Vector {
  readonly name: string;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly body_base64?: string;
    readonly now?: string;
  };
  readonly verdict: { readonly [member: string]: unknown; readonly decisions: readonly Decision[] };
  readonly repeat?: { readonly mark: string; readonly text: string; readonly times: number };
}

interface Decision {
  readonly method: string;
  readonly attempt: number;
  readonly retry: boolean;
  readonly delay?: readonly [number, number];
}

/** What the runner uses of a generated module. */
interface Module {
  parse(status: number, headers: Headers, body: string | Uint8Array, options: object): ApiError;
  decode(response: Response, options: object): Promise<ApiError | null>;
  decide(error: ApiError, attempt: number, random: () => number): { retry: boolean; delayMs: number; anyMethod: boolean };
}

interface ApiError extends Error {
  readonly code: string | null;
  readonly rawCode: string | null;
  readonly variant: string | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly hasParams: boolean;
  readonly requestId: string | null;
  readonly retryAfter: number | null;
  readonly reason?: string;
  readonly retired?: object | null;
  readonly others?: readonly ApiError[];
}

let all = 0;
let wrong = 0;
let sent = 0;

for (const job of JSON.parse(readFileSync(0, "utf8")) as Job[]) {
  const module = (await import(job.module)) as Module;
  const { vectors } = JSON.parse(readFileSync(job.vectors, "utf8")) as { vectors: Vector[] };
  for (const compact of vectors) {
    const vector = expanded(compact);
    const differences = await tried(module, vector, job.names);
    const url = job.urls[vector.name];
    if (url !== undefined) {
      const error = await module.decode(await fetch(url), {});
      const found = error === null ? ["null"] : compared(module, vector, error, job.names);
      differences.push(...found.map((difference) => `from a server: ${difference}`));
      sent++;
    }
    all++;
    if (differences.length > 0) {
      wrong++;
      console.log(`${job.name}: ${vector.name}: ${JSON.stringify(compact).slice(0, 2000)}`);
      differences.forEach((difference) => console.log(`\t${difference.slice(0, 600)}`));
    }
  }
}
console.log(`${all} vectors, ${sent} of them from a server: ${wrong} fail`);
process.exitCode = wrong > 0 || all === 0 ? 1 : 0;

function expanded(vector: Vector): Vector {
  if (vector.repeat === undefined) {
    return vector;
  }
  const { mark, text, times } = vector.repeat;
  return replaced(vector, mark, text.repeat(times)) as Vector;
}

/** Returns JSON with a text replaced in all its strings. Through JSON.stringify, -0 would become 0. */
function replaced(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") {
    return value.replaceAll(from, to);
  }
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, from, to));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, from, to)]));
  }
  return value;
}

async function tried(module: Module, vector: Vector, names: Job["names"]): Promise<string[]> {
  const { status, body = "", body_base64: base64, now } = vector.response;
  const headers = new Headers(Object.entries(vector.response.headers).map(([name, value]) => [name, bytes(value)]));
  const data = base64 === undefined ? body : Buffer.from(base64, "base64");
  const options = now === undefined ? {} : { now: () => Date.parse(now) };
  const error = module.parse(status, headers, data, options);
  const differences = compared(module, vector, error, names);
  if (status >= 400) {
    const decoded = await module.decode(new Response(data, { status, headers }), options);
    if (decoded === null) {
      return [...differences, "decode returns null"];
    }
    differences.push(...compared(module, vector, decoded, names).map((difference) => `decode: ${difference}`));
  }
  return differences;
}

/** The bytes of a text in UTF-8, as characters: what Headers hold of it. */
function bytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function compared(module: Module, { verdict }: Vector, error: ApiError, names: Job["names"]): string[] {
  const differences: string[] = [];
  const compare = (what: string, want: unknown, got: unknown) => {
    if (!isDeepStrictEqual(want, got)) {
      differences.push(`${what} is ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
    }
  };
  const code = error.code ?? "";
  compare("code", verdict["code"], error.code);
  compare("rawCode", verdict["raw_code"], error.rawCode);
  compare("variant", verdict["variant"], error.variant);
  const params = onTheWire(error.params, names[code] ?? {});
  const wanted = Object.entries(verdict["params"] as object);
  const isInexact = wanted.some(([, value]) => !isExact(value));
  for (const [name, value] of wanted) {
    const got = new Map(Object.entries(params)).get(name);
    compare(`the param ${name}`, exactPart(value, got), got);
  }
  compare("more params", [], Object.keys(params).filter((name) => !wanted.some(([known]) => known === name)));
  if (!isInexact) {
    compare("hasParams", verdict["has_params"], error.hasParams);
  }
  compare("message", verdict["message"] ?? `HTTP ${(error as { status?: number }).status}: ${error.reason}`, error.message);
  compare("requestId", verdict["request_id"], error.requestId);
  compare("retryAfter", verdict["retry_after"], error.retryAfter);
  compare("retired", verdict["retired"], (error.retired ?? null) !== null);
  if (verdict["errors"] !== undefined && isExact(verdict["errors"])) {
    const each = [error, ...(error.others ?? [])].map((one) => ({
      code: one.code,
      raw_code: one.rawCode,
      variant: one.variant,
      params: onTheWire(one.params, names[one.code ?? ""] ?? {}),
      has_params: one.hasParams,
      message: one.reason !== undefined && one.message.endsWith(one.reason) ? null : one.message,
    }));
    compare("errors", verdict["errors"], each);
  }
  for (const { method, attempt, retry, delay } of verdict.decisions) {
    const longest = module.decide(error, attempt, () => 0);
    const shortest = module.decide(error, attempt, () => 1);
    const retries = longest.retry && (method === "GET" || longest.anyMethod);
    compare(`retry of ${method} ${attempt}`, retry, retries);
    const delays = [shortest.delayMs / 1000, longest.delayMs / 1000];
    if (delay !== undefined && delays.some((d, i) => Math.abs(d - (delay[i] ?? NaN)) > 1e-6 * Math.max(1, delay[1]))) {
      compare(`the delay of ${method} ${attempt}`, delay, delays);
    }
  }
  return differences;
}

/** Reports whether all numbers in JSON are exact in JavaScript. */
function isExact(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).every(isExact);
  }
  return typeof value !== "number" || !Number.isInteger(value) || Number.isSafeInteger(value);
}

/** Returns JSON without the numbers that are not exact, unless they were read: as a float, or from a message. */
function exactPart(value: unknown, got: unknown): unknown {
  if (isExact(value) || isDeepStrictEqual(value, got)) {
    return value;
  }
  if (Array.isArray(value)) {
    const items = value.filter((item) => isExact(item) || typeof item === "object");
    return items.map((item, i) => exactPart(item, (got as unknown[] | undefined)?.[i]));
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(
      ([name, member]) => [name, exactPart(member, (got as Record<string, unknown> | undefined)?.[name])] as const,
    );
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  return undefined;
}

/** Returns params or an object under their names on the wire. */
function onTheWire(params: Readonly<Record<string, unknown>>, names: Names): Record<string, unknown> {
  const known = Object.entries(names).filter(([, { name }]) => Object.hasOwn(params, name));
  if (known.length !== Object.keys(params).length) {
    throw new Error(`a param has no name on the wire: ${JSON.stringify(params)}`);
  }
  return Object.fromEntries(
    known.map(([wire, { name, type }]) => [wire, valueOnTheWire(params[name], type)] as const),
  );
}

function valueOnTheWire(value: unknown, { elem, fields }: Type): unknown {
  if (Array.isArray(value)) {
    return elem === undefined ? value : value.map((item) => valueOnTheWire(item, elem));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (fields !== undefined) {
    return onTheWire(value as Record<string, unknown>, fields);
  }
  if (elem !== undefined) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueOnTheWire(item, elem)]));
  }
  return value;
}
