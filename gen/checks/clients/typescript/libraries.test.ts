// Reads errors with HTTP libraries, as their users do, from a server of the fixture's examples.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get } from "node:http";
import type { IncomingMessage } from "node:http";
import { connect, createServer as createServer2 } from "node:http2";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import axios from "axios";
import got from "got";
import ky, { HTTPError } from "ky";
import nodeFetch, { Request as NodeRequest } from "node-fetch";
import { fetch as undiciFetch, Request as UndiciRequest, request } from "undici";
import { decode, ensureOk, example, hasCode, parse, withRetry } from "./errors.ts";
import type { ApiError } from "./errors.ts";

let requests = 0;
let bodies: string[] = [];
const examples: Record<string, Response> = {
  "/limited": example("RATE_LIMITED"),
  "/maintenance": example("MAINTENANCE"), // retried if the request is idempotent
};
const server = createServer(async (request, response) => {
  requests++;
  bodies.push(Buffer.concat(await request.toArray()).toString());
  const size = /^\/size\/(\d+)$/.exec(request.url ?? "")?.[1];
  if (size !== undefined) {
    response.writeHead(502).end("x".repeat(Number(size)));
    return;
  }
  const found = examples[request.url ?? ""]?.clone() ?? example("NO_USER");
  response.setHeaders(found.headers);
  response.setHeader("Set-Cookie", ["a=1", "b=2"]);
  response.setHeader("Retry-After", "0");
  response.writeHead(found.status).end(await found.text());
});
const server2 = createServer2();
server2.on("stream", async (stream) => {
  const found = example("NO_USER");
  stream.respond({ ":status": found.status, ...Object.fromEntries(found.headers) });
  stream.end(await found.text());
});
let url = "";
let url2 = "";

before(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  await once(server2.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  url2 = `http://127.0.0.1:${(server2.address() as AddressInfo).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
  server2.close();
});

function isWhole(error: ApiError | null): void {
  assert.ok(hasCode(error, "NO_USER") && error.hasParams, JSON.stringify(error));
  assert.equal(error.status, 404);
  assert.equal(error.headers.get("content-type"), "application/json");
}

test("axios", async () => {
  for (const config of [{}, { adapter: "fetch" }, { responseType: "arraybuffer" }] as const) {
    const failed = await axios.get(url, config).then(
      () => null,
      (error: unknown) => error,
    );
    assert.ok(axios.isAxiosError(failed) && failed.response !== undefined);
    const { status, headers, data } = failed.response;
    isWhole(parse(status, headers, data));
  }
});

test("got", async () => {
  const options = { throwHttpErrors: false, retry: { limit: 0 } };
  const text = await got(url, options);
  isWhole(parse(text.statusCode, text.headers, text.body));
  const json = await got(url, { ...options, responseType: "json" });
  isWhole(parse(json.statusCode, json.headers, json.body));
});

test("ky", async () => {
  const failed = await ky.get(url, { retry: 0 }).then(
    () => null,
    (error: unknown) => error,
  );
  assert.ok(failed instanceof HTTPError);
  isWhole(await decode(failed.response));
  const call = ky.create({ fetch: withRetry(fetch), retry: 0, throwHttpErrors: false });
  requests = 0;
  assert.equal((await call.get(`${url}/limited`)).status, 429);
  assert.ok(requests > 1, "ky sends the request again");
});

test("undici and node-fetch", async () => {
  const { statusCode, headers, body } = await request(url);
  isWhole(parse(statusCode, headers, await body.text()));
  const response = await undiciFetch(url);
  isWhole(await decode(response));
  assert.match(await response.text(), /NO_USER|No user/);
  await assert.rejects(async () => ensureOk(await undiciFetch(url)), /No user/);
  const node = await nodeFetch(url);
  isWhole(await decode(node));
  assert.match(await node.text(), /No user/);
});

test("a long body of node-fetch", { timeout: 60_000 }, async () => {
  for (const size of [1, 16_384, 16_385, 65_537, 3_000_000]) {
    const response = await nodeFetch(`${url}/size/${size}`);
    const error = await decode(response);
    assert.equal(error?.status, 502);
    assert.ok(error.code === null && error.reason !== "");
    assert.equal((await response.text()).length, size, "the body can still be read");
  }
});

test("requests of other libraries", async () => {
  const { port } = server.address() as AddressInfo;
  type Make = (at: string, init: { method: string; body: string }) => unknown;
  const libraries: [name: string, fetch: unknown, make: Make][] = [
    ["undici", undiciFetch, (at, init) => new UndiciRequest(at, init)],
    ["node-fetch", nodeFetch, (at, init) => new NodeRequest(at, init)],
    ["fetch", fetch, (at, init) => new Request(at, init)],
  ];
  for (const [name, send, make] of libraries) {
    const call = withRetry(send as typeof fetch, { sleep: async () => {} });
    for (const [method, path, isRepeated] of [
      ["POST", "/maintenance", false],
      ["PUT", "/maintenance", true],
      ["POST", "/limited", true],
    ] as const) {
      bodies = [];
      const at = `http://127.0.0.1:${port}${path}`;
      const response = await call(make(at, { method, body: "whole" }) as Request);
      assert.ok(response.status >= 400);
      assert.equal(bodies.length > 1, isRepeated, `${name}: ${method} ${path}`);
      assert.ok(bodies.every((body) => body === "whole"));
    }
  }
});

test("Node's http and http2", async () => {
  const [response] = (await once(get(url), "response")) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  isWhole(parse(response.statusCode ?? 0, response.headers, body));
  isWhole(parse(response.statusCode ?? 0, response.headersDistinct, body));
  const session = connect(url2);
  const stream = session.request({ ":path": "/" });
  const [headers] = await once(stream, "response");
  isWhole(parse(headers[":status"], headers, Buffer.concat(await stream.toArray())));
  session.close();
});
