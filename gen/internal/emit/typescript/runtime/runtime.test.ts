// Tests of the runtime, with the catalog beside it. Node runs them as they are.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { inspect } from "node:util";
import { catalog, resolutions } from "./catalog.ts";
import {
  decide,
  decode,
  ensureOk,
  example,
  hasCode,
  isApiError,
  parse,
  resolutionOf,
  withRetry,
} from "./runtime.ts";
import type { ApiError, Decision, Fetch, RetryOptions } from "./runtime.ts";

const limited = () => example("RATE_LIMITED");

/** The error of a response. */
async function errorOf(response: Response): Promise<ApiError> {
  const error = await decode(response);
  assert.ok(error !== null);
  return error;
}

/** Reads a body as one of the code OLD_LIMIT, which has nothing to read. */
function headersOf(headers: Record<string, string>, now?: string): ApiError {
  const body = JSON.stringify({
    error: { code: "OLD_LIMIT", message: "The old limit is reached" },
  });
  return parse(429, headers, body, now === undefined ? {} : { now: () => Date.parse(now) });
}

test("every example is read as what it is an example of", async () => {
  for (const code of Object.keys(catalog) as (keyof typeof catalog)[]) {
    const error = await errorOf(example(code));
    assert.equal(error.code, code);
    assert.equal(error.status, catalog[code].statuses[0]);
    assert.ok(error.hasParams, code);
  }
  assert.equal((await errorOf(example("NOT_FOUND", "room"))).variant, "room");
  assert.throws(() => example("toString" as "NOT_FOUND"), RangeError);
  assert.throws(() => example("NOT_FOUND", "nothing" as "room"), RangeError);
});

test("an error that is printed says what it is", async () => {
  const headers = { "Set-Cookie": "secret" };
  const known = await errorOf(limited());
  const proxy = parse(502, headers, "<html>Bad Gateway</html>");
  const newer = parse(409, headers, '{"error":{"code":"NEWER","message":"It is new"}}');
  for (const error of [known, proxy, newer]) {
    assert.ok(inspect(error).startsWith(`ApiError: ${error.message}\n`), inspect(error));
    assert.ok(!inspect(error).includes("secret"), inspect(error));
    const { name, message, code, status, ...rest } = JSON.parse(JSON.stringify({ error })).error;
    assert.deepEqual(
      { name, message, code, status },
      { name: "ApiError", message: error.message, code: error.code, status: error.status },
    );
    assert.deepEqual(rest.params, error.params);
    assert.ok(!("headers" in rest) && !JSON.stringify(error).includes("secret"));
    assert.ok(!Object.keys(error).includes("toJSON"));
  }
});

test("an error is an Error, and known in another copy of the module", async () => {
  const error = await errorOf(limited());
  assert.ok(error instanceof Error);
  assert.equal(String(error), "ApiError: Too many free requests. Retry in ~6s.");
  assert.match(error.stack ?? "", /runtime/);
  const copy = (await import(
    new URL("./runtime.ts?copy", import.meta.url).href
  )) as typeof import("./runtime.ts");
  assert.ok(copy.isApiError(error));
  assert.ok(copy.hasCode(error, "QUOTA_USED", "RATE_LIMITED"));
  assert.ok(!copy.hasCode(error, "QUOTA_USED"));
  assert.ok(!copy.hasCode(error));
  assert.ok(copy.decide(error, 1).retry);
  for (const other of [
    undefined,
    null,
    0,
    "RATE_LIMITED",
    {},
    new Error("x"),
    { code: "RATE_LIMITED" },
    [],
  ]) {
    assert.ok(!isApiError(other));
    assert.ok(!hasCode(other, "RATE_LIMITED"));
    assert.equal(decide(other, 1).reason, "not an error of this API");
  }
});

test("the body of a response can still be read", async () => {
  const response = limited();
  await assert.rejects(
    ensureOk(response),
    (error) => hasCode(error, "RATE_LIMITED") && error.params.tier === "free",
  );
  assert.match(await response.text(), /RATE_LIMITED/);
  const fine = new Response("fine");
  assert.equal(await ensureOk(fine), fine);
  assert.equal(await decode(fine), null);
  assert.equal(await fine.text(), "fine");
});

test("a body that was read before is an error that says so", async () => {
  const read = limited();
  await read.text();
  const locked = limited();
  locked.body?.getReader();
  for (const response of [read, locked]) {
    const error = await errorOf(response);
    assert.equal(error.code, null);
    assert.equal(error.reason, "reading the body: the body was read before");
    assert.ok(error.cause instanceof TypeError);
  }
});

test("a body that ends early is an error with the cause", async () => {
  const cause = new DOMException("stop", "AbortError");
  const failing = (): Response => {
    let begun = false;
    return new Response(
      new ReadableStream({
        pull(controller) {
          if (begun) {
            controller.error(cause);
          } else {
            controller.enqueue(new TextEncoder().encode('{"error":{"code":"RATE_LIMITED"'));
            begun = true;
          }
        },
      }),
      { status: 429 },
    );
  };
  const error = await errorOf(failing());
  assert.equal(error.code, null);
  assert.equal(error.reason, "reading the body: stop");
  assert.equal(error.cause, cause);
  assert.equal(error.body, '{"error":{"code":"RATE_LIMITED"');
  assert.ok(decide(error, 1).retry, "a gateway's 429 follows the default policy");
});

test("an aborted fetch rejects, and is not retried", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  let sent = 0;
  const call = withRetry(async (input, init) => {
    sent++;
    new Request(input, init).signal.throwIfAborted();
    controller.abort(reason); // while the response arrives
    return limited();
  });
  const { signal } = controller;
  const response = await call("https://example.com", { signal });
  assert.match(await response.text(), /RATE_LIMITED/);
  await assert.rejects(call("https://example.com", { signal }), reason);
  await assert.rejects(call(new Request("https://example.com", { signal })), /enough/);
  assert.equal(sent, 3);
});

test("a long body is cut off, and its stream with it", async () => {
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(1000).fill(32));
    },
  });
  const error = await decode(new Response(endless, { status: 400 }), { maxBody: 10_000 });
  assert.equal(
    error?.code === null ? error.reason : "",
    "reading the body: the body is longer than 10000 bytes",
  );
  assert.ok(pulled < 20, `${pulled} chunks were read`);
});

test("characters are whole, however the body is cut into chunks", async () => {
  const bytes = new TextEncoder().encode(
    '\ufeff{"error":{"code":"TYPE","message":"Grüße an 世界 🎉"}}',
  );
  const chunks = new ReadableStream({
    start(controller) {
      bytes.forEach((byte) => controller.enqueue(new Uint8Array([byte])));
      controller.close();
    },
  });
  const error = await errorOf(new Response(chunks, { status: 400 }));
  assert.equal(error.code, "TYPE");
  assert.equal(error.message, "Grüße an 世界 🎉");
});

test("halves of characters are replaced, as in other languages", () => {
  const cases: readonly (readonly [text: string, want: string])[] = [
    ["\\ud800", "\ufffd"],
    ["\\uDC00\\ud83d\\uDE00", "\ufffd😀"],
    ["\\ud83d\\ud83d\\ude00\\ud83d", "\ufffd😀\ufffd"],
    ["\\\\ud800 \\\\\\ud800", "\\ud800 \\\ufffd"],
    ["\ud800 \udfff 😀", "\ufffd \ufffd 😀"], // in a text that is not of bytes
  ];
  for (const [text, want] of cases) {
    const error = parse(500, {}, `{"error":{"code":"INTERNAL","message":"${text}"}}`);
    assert.equal(error.message, want);
    assert.equal(error.code, "INTERNAL");
  }
  for (const prefix of ["", "x"]) {
    const faces = prefix + "😀".repeat(1 << 16);
    const page = parse(502, {}, faces);
    assert.ok(page.code === null && encodeURIComponent(page.body) !== "", "no half at the end");
    const newer = parse(400, {}, JSON.stringify({ error: { code: faces.slice(0, 1001) } }));
    assert.ok(newer.code === null && encodeURIComponent(newer.reason).includes("%F0%9F%98%80%E2"));
  }
});

test("headers are those of any library", () => {
  const body = '{"error":{"code":"INTERNAL","message":"m"}}';
  const http2 = {
    ":status": 500,
    "x-request-id": "req",
    "set-cookie": ["a", "b"],
    "retry-after": 7,
    "content-length": undefined,
    "x-null": null,
    "x y": "no name",
    "x-lines": "a\nb",
    "x-region": "Köln",
  };
  const pairs: [string, string][] = [
    ["X-Request-Id", "req"],
    ["Retry-After", "7"],
  ];
  for (const headers of [http2, pairs, new Headers(pairs), new Map(pairs)]) {
    const error = parse(500, headers, body);
    assert.equal(error.code, "INTERNAL");
    assert.equal(error.requestId, "req");
    assert.equal(error.retryAfter, 7);
    assert.equal(error.headers.get("content-length"), null);
  }
  assert.equal(parse(500, undefined as never, body).code, "INTERNAL");
  const region = { "X-Region": "世界", "X-Left": "3 left" };
  const down = parse(503, region, '{"error":{"code":"REGION_DOWN","message":"Files"}}');
  assert.ok(hasCode(down, "REGION_DOWN"));
  assert.equal(down.params.region, "世界");
});

test("a body is a text, bytes, or what a library has parsed of it", () => {
  const text = '{"error":{"code":"INTERNAL","message":"Grüße 😀"}}';
  const bytes = new TextEncoder().encode(text);
  const circle: { self?: object } = {};
  circle.self = circle;
  for (const body of [text, bytes, Buffer.from(bytes), bytes.buffer, JSON.parse(text)]) {
    assert.equal(parse(500, {}, body).message, "Grüße 😀");
  }
  for (const body of [undefined, null, "", new Uint8Array(), circle, 1n, () => {}, Symbol("x")]) {
    const error = parse(500, {}, body);
    assert.equal(error.code === null ? error.reason : "", "the body is empty");
  }
});

test("a response without streams is read, and one that is not whole is an error", async () => {
  const text = '{"error":{"code":"RATE_LIMITED","message":"m"}}';
  const headers = new Headers({ "X-Request-Id": "req" });
  const native = (): Response => // as of React Native, or of node-fetch with a stream of Node
    ({ status: 429, headers, clone: native, text: async () => text }) as unknown as Response;
  const foreign = (): Response => {
    const body = Readable.from([text]);
    return { status: 429, headers, body, clone: foreign, text: async () => text } as never;
  };
  for (const make of [native, foreign]) {
    const error = await errorOf(make());
    assert.equal(error.code, "RATE_LIMITED");
    assert.equal(error.requestId, "req");
    const long = await decode(make(), { maxBody: 10 });
    assert.match(long?.code === null ? long.reason : "", /longer than 10 bytes/);
    let sent = 0;
    const sleep = async () => {};
    const call = withRetry(async () => (++sent < 3 ? make() : new Response("fine")), { sleep });
    assert.equal(await (await call("https://example.com")).text(), "fine");
  }
  for (const mock of [{ status: 404 }, { status: 404, headers: {} }, { status: 404, body: 7 }]) {
    const error = await errorOf(mock as never);
    assert.equal(error.code, null);
    assert.ok(error.cause instanceof TypeError);
  }
});

test("a clock and chance that tests replace later are used", async (t) => {
  let sent = 0;
  const options: RetryOptions = { maxElapsedMs: 1000, sleep: async (ms) => t.mock.timers.tick(ms) };
  const call = withRetry(async () => (sent++, limited()), options);
  t.mock.timers.enable({ apis: ["Date", "setTimeout"], now: 0 });
  const random = t.mock.method(Math, "random", () => 0);
  await call("https://example.com"); // the server asks for six seconds: too long
  assert.equal(sent, 1);
  assert.equal(random.mock.callCount(), 1);
  t.mock.timers.setTime(500_000);
  await withRetry(call, { maxElapsedMs: 1000 })("https://example.com");
  assert.equal(sent, 2);
});

test("Retry-After is read in all its forms", () => {
  const now = "2026-06-12T15:00:00Z";
  for (const [header, want] of [
    ["30", 30],
    ["1.2", 2],
    ["1m30s", 90],
    ["1500ms", 2],
    ["+5", 5],
    ["-5", null],
    ["0", null],
    ["3, 30, 7", 30],
    ["Fri, 12 Jun 2026 15:00:10 GMT", 10],
    ["Friday, 12-Jun-26 15:00:10 GMT", 10],
    ["Fri Jun 12 15:00:10 2026", 10],
    ["Mon Jul  6 15:00:10 2026", 2_073_610],
    ["Mon,  6 Jul 2026 15:00:10 GMT", null],
    ["Fri, 12 Jun 2026 15:00:10 UTC", 10],
    ["Fri, 12 Jun 2026 17:00:10 +0200", 10],
    ["2026-06-12T15:00:10Z", 10],
    ["2026-06-12T17:00:10.5+02:00", 10.5],
    ["Fri, 12 Jun 2026 14:59:59 GMT", null],
    ["Thu, 01 Jan 1970 00:00:00 GMT", null],
    ["3, Fri, 12 Jun 2026 15:00:10 GMT", 10],
    ["Mon, 31 Feb 2026 15:00:10 GMT", null],
    ["Fri, 12 Juni 2026 15:00:10 GMT", null],
    ["2026", 2026],
    ["soon", null],
    ["0x10", null],
    ["Infinity", null],
    ["1e400", 9_223_372_036.854_776],
    ["", null],
  ] as const) {
    assert.equal(headersOf({ "Retry-After": header }, now).retryAfter, want, header);
  }
});

test("hostile texts are read in linear time", () => {
  const long = "1".repeat(1 << 20);
  for (const text of [
    long,
    `${long}.${long}`,
    `${long}s`,
    `-${long}`,
    `${"1m".repeat(1 << 19)}x`,
  ]) {
    const body = JSON.stringify({
      error: {
        code: "EVERY_TYPE",
        message: `${text}; ${text}; ${text}; true; ${text} B; ${text}; ${text}; ${text}`,
      },
    });
    const error = parse(400, { "Retry-After": text.slice(0, 1 << 14) }, body);
    assert.equal(error.code, "EVERY_TYPE");
    assert.deepEqual(error.params, {});
    assert.equal(error.hasParams, false);
  }
});

test("params of every type are read from a message", () => {
  const message = "a; -3; 2.5; true; 512 B; 1m30s; 2026-06-12T15:04:05Z; a";
  const read = (text: string) =>
    parse(400, {}, JSON.stringify({ error: { code: "EVERY_TYPE", message: text } }));
  const params = {
    text: "a",
    count: -3,
    ratio: 2.5,
    on: true,
    size: 512,
    wait: 90,
    at: "2026-06-12T15:04:05Z",
  };
  assert.deepEqual(read(message).params, params);
  for (const [from, to, name, value] of [
    ["-3", "9007199254740992", "count", 9007199254740992],
    ["2.5", "1e+21", "ratio", 1e21],
    ["true", "false", "on", false],
    ["512 B", "9 EB", "size", 9e18],
    ["512 B", "3 MiB", "size", 3 << 20],
    ["1m30s", "1.5ms", "wait", 0.0015],
    ["1m30s", "-2562047h47m16.854775808s", "wait", -9_223_372_036.854_776],
    ["1m30s", "1h0m1s", "wait", 3601],
    ["15:04:05Z", "15:04:05.12Z", "at", "2026-06-12T15:04:05.12Z"],
  ] as const) {
    assert.deepEqual(read(message.replace(from, to)).params, { ...params, [name]: value }, to);
  }
  for (const [from, to] of [
    ["-3", "03"],
    ["-3", "-0"],
    ["-3", "9223372036854775808"],
    ["2.5", "2.50"],
    ["2.5", "Infinity"],
    ["2.5", "NaN"],
    ["2.5", ""],
    ["2.5", "0x10"],
    ["true", "True"],
    ["512 B", "1000 B"],
    ["512 B", "10 EB"],
    ["512 B", "512"],
    ["1m30s", "90s"],
    ["1m30s", "1m30s0ms"],
    ["15:04:05Z", "15:04:05+00:00"],
    ["15:04:05Z", "15:04:05.120Z"],
    ["15:04:05Z", "25:04:05Z"],
    ["2026-06-12", "2026-02-29"],
    ["; a", "; b"], // one param with two values
  ] as const) {
    assert.deepEqual(read(message.replace(from, to)).params, {}, to);
  }
});

test("a whole number that JavaScript cannot hold exactly is absent, and the other params are not", () => {
  const text = "a; 9007199254740993; 2.5; true; 512 B; 1m30s; 2026-06-12T15:04:05Z; a";
  const read = (message: string, headers: Record<string, string> = {}) =>
    parse(400, headers, JSON.stringify({ error: { code: "EVERY_TYPE", message } }));
  const others = { text: "a", ratio: 2.5, on: true, wait: 90, at: "2026-06-12T15:04:05Z" };
  const long = read(text);
  assert.deepEqual(long.params, { ...others, size: 512 });
  assert.equal(long.hasParams, false);
  const size = text.replace("9007199254740993", "7").replace("512 B", "9007199254740993 B");
  assert.deepEqual(read(size).params, { ...others, count: 7 });
});

test("headers are UTF-8", () => {
  const body = JSON.stringify({ error: { code: "REGION_DOWN", message: "Files" } });
  for (const [sent, want] of [
    ["Zürich 世界", "Zürich 世界"],
    ["eu", "eu"],
  ] as const) {
    const bytes = Buffer.from(sent).toString("latin1");
    const { params } = parse(503, { "X-Region": bytes, "X-Left": "3 left" }, body);
    assert.deepEqual(params, { what: "Files", region: want, left: 3 });
  }
  const latin1 = parse(503, { "X-Region": "Z\xfcrich" }, body);
  assert.deepEqual(latin1.params, { what: "Files", region: "Zürich" });
});

test("sizes and durations in a header are those that a Go server knows", () => {
  const body = JSON.stringify({ error: { code: "ROOM_FULL", message: "No room is left" } });
  for (const [header, params] of [
    ["512 for 9223372036", { size: 512, wait: 9223372036 }],
    ["-1 for -9223372036", { size: -1, wait: -9223372036 }],
    ["+00000000000000000000512 for 0", { size: 512, wait: 0 }],
    ["9007199254740993 for 1", { wait: 1 }],
    ["9223372036854775808 for 1", {}],
    ["1 for 9223372037", {}],
    ["1 for -9223372037", {}],
    ["1 for 9007199254740991", {}],
    ["1 for 1.5", {}],
    ["1 for ", {}],
  ] as const) {
    assert.deepEqual(parse(507, { "X-Room": header }, body).params, params, header);
  }
});

test("what a param that is an object, a list or a map has of other types is omitted", async () => {
  const body = (await example("NESTED").json()) as { error: { params: Record<string, unknown> } };
  const read = () => {
    const error = parse(422, {}, JSON.stringify(body));
    assert.equal(error.code, "NESTED");
    return error.code === "NESTED" ? error : assert.fail();
  };
  body.error.params["by"] = { key: { wait: 6, "@at": "2026-01-02T15:04:05Z" } };
  const whole = read();
  assert.ok(whole.hasParams);
  assert.equal(whole.params.causes?.[0]?.identifier.value, "b");
  assert.deepEqual(whole.params.by, { key: { wait: 6, at: "2026-01-02T15:04:05Z" } });
  body.error.params = {
    ...body.error.params,
    errors: JSON.parse('{"__proto__":["x"],"a":[1,"b"]}'),
    target: null,
    causes: [{ message: 1 }, 2],
  };
  const part = read();
  assert.ok(!part.hasParams);
  assert.deepEqual(Object.entries(part.params.errors ?? {}), [
    ["__proto__", ["x"]],
    ["a", ["b"]],
  ]);
  assert.deepEqual(part.params.causes, [{}]);
  assert.ok(!Object.hasOwn(part.params, "target"));
  assert.equal(({} as { x?: unknown }).x, undefined);
});

test("codes that objects inherit are not in the catalog", () => {
  for (const code of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
    const error = parse(400, {}, `{"error":{"code":"${code}"}}`);
    assert.equal(error.code, null);
    assert.equal(error.rawCode, code);
    assert.equal(error.retired, null);
    assert.equal(resolutionOf(error), undefined);
  }
});

test("a retired code follows the code that replaced it", () => {
  const error = parse(503, {}, '{"error":{"code":"SLOW_DOWN","message":"Slow down"}}');
  assert.equal(error.code, null);
  assert.equal(error.rawCode, "SLOW_DOWN");
  assert.deepEqual(error.retired, { since: "2.1", status: 503, use: "RATE_LIMITED" });
  assert.equal(
    error.reason,
    "the code SLOW_DOWN is retired since 2.1, and RATE_LIMITED replaced it",
  );
  assert.equal(error.message, "Slow down");
  assert.ok(decide(error, 3).retry);
  assert.ok(!decide(error, 4).retry);
});

test("a decision has the policy's delays", async () => {
  const error = parse(
    503,
    {},
    JSON.stringify({ error: { code: "MAINTENANCE", message: "Down for maintenance" } }),
  );
  assert.deepEqual(decide(error, 1), {
    retry: true,
    delayMs: 2000,
    anyMethod: false,
    reason: "the policy allows it",
  });
  assert.equal(decide(error, 3).reason, "no retries are left");
  const late = parse(
    503,
    { "Retry-After": "11" },
    JSON.stringify({ error: { code: "MAINTENANCE" } }),
  );
  assert.equal(decide(late, 1).reason, "the server asks for a longer wait than the policy allows");
  const jittered = await errorOf(new Response("<html>", { status: 502 }));
  assert.equal(decide(jittered, 3, () => 0.25).delayMs, 300);
  const differs = parse(503, {}, '{"error":{"code":"MAINTENANCE"},"status":500}');
  assert.equal(differs.bodyStatus, 500);
  assert.equal(decide(differs, 1).reason, "the response's status and its body's differ");
});

test("what to do is found by code", async () => {
  assert.equal(resolutionOf(await errorOf(example("OLD_LIMIT"))), "Wait.");
  assert.deepEqual(Object.keys(resolutions), ["OLD_LIMIT"]);
});

/** Sends one request to a server that answers with these responses; then it is fine. */
async function retried(
  responses: Response[],
  init?: RequestInit,
  options: RetryOptions = {},
  input: string | Request = "https://example.com",
) {
  const decisions: Decision[] = [];
  const slept: number[] = [];
  const bodies: string[] = [];
  const send: Fetch = async (input, init) => {
    bodies.push(await new Request(input, init).text());
    return responses.shift() ?? new Response("fine");
  };
  const call = withRetry(send, {
    random: () => 0,
    sleep: async (delayMs) => void slept.push(delayMs),
    onRetry: (_error, _attempt, decision) => void decisions.push(decision),
    ...options,
  });
  const response = await call(input, init);
  return { response, slept, bodies, decisions };
}

test("requests are sent again as the catalog says", async () => {
  const { response, slept, bodies, decisions } = await retried([limited(), limited()], {
    method: "POST",
    body: "a",
  });
  assert.equal(response.status, 200);
  assert.deepEqual(slept, [6000, 6000]);
  assert.deepEqual(bodies, ["a", "a", "a"]);
  assert.ok(decisions.every(({ retry }) => retry));
  const spent = await retried([limited(), limited(), limited(), limited()]);
  assert.equal(spent.response.status, 429);
  assert.match(await spent.response.text(), /RATE_LIMITED/);
  assert.equal(spent.slept.length, 3);
});

test("a request whose code is not retried, or may not be sent twice, is sent once", async () => {
  const maintenance = () => example("MAINTENANCE");
  const inTime = () =>
    new Response(JSON.stringify({ error: { code: "MAINTENANCE" } }), { status: 503 });
  const stream = () => new ReadableStream({ start: (controller) => controller.close() });
  for (const [response, init] of [
    [example("QUOTA_USED"), {}],
    [example("NOT_FOUND"), {}],
    [maintenance(), {}], // its Retry-After is longer than the policy allows
    [inTime(), { method: "POST" }],
    [inTime(), { method: "PATCH", body: "x" }],
    [limited(), { method: "PUT", body: stream(), duplex: "half" }],
  ] as [Response, RequestInit][]) {
    const { slept, response: got } = await retried([response], init);
    assert.deepEqual(slept, []);
    assert.notEqual(await got.text(), "");
  }
  const keyed = await retried([inTime()], { method: "POST", headers: { "idempotency-key": "1" } });
  assert.equal(keyed.slept.length, 1);
});

test("a Request with a body is sent again whole", async () => {
  const request = new Request("https://example.com", { method: "POST", body: "whole" });
  const { bodies } = await retried([limited()], undefined, {}, request);
  assert.deepEqual(bodies, ["whole", "whole"]);
});

test("no retry begins after the time is up", async () => {
  assert.deepEqual((await retried([limited()], {}, { maxElapsedMs: 5999 })).slept, []);
  assert.deepEqual((await retried([limited()], {}, { maxElapsedMs: 60_000 })).slept, [6000]);
});

test("a body that stalls does not hold the response", async () => {
  let finish = () => {};
  const stalls = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("begun, "));
      finish = () => {
        controller.enqueue(new TextEncoder().encode("done"));
        controller.close();
      };
    },
  });
  const { response, slept } = await retried(
    [new Response(stalls, { status: 503 })],
    {},
    { maxElapsedMs: 1 },
  );
  finish();
  assert.deepEqual(slept, []);
  assert.equal(await response.text(), "begun, done");
});

test("an abort ends the wait for a retry", async () => {
  const controller = new AbortController();
  const call = withRetry(async () => limited(), {
    onRetry: () => controller.abort(new Error("enough")),
  });
  await assert.rejects(call("https://example.com", { signal: controller.signal }), /enough/);
});
