// Measures parse of generated/errors.ts beside JSON.parse, on the same bodies, in CPU time:
//
//   node gen/bench/parse.mjs      (Node 22.18 or later)
import { readFileSync } from "node:fs";
import { parse } from "../../generated/errors.ts";

const file = new URL("../../generated/errors.vectors.json", import.meta.url);
const small = JSON.parse(readFileSync(file, "utf8"))
  .vectors.filter(({ response, verdict, repeat }) => response.body && verdict.code && !repeat)
  .slice(0, 20)
  .map(({ response }) => [response.status, new Headers(response.headers), response.body]);
const rows = Array.from({ length: 1500 }, (_, i) => ({ id: i, text: `the text of row ${i}` }));
const large = small.map(([status, headers, body]) => [status, headers, JSON.stringify({ ...JSON.parse(body), rows })]);

/** What people write without errspec for the codes of these bodies: the same fields, a switch, a regexp. */
class HandWritten extends Error {
  name = "ApiError";

  constructor(message, fields) {
    super(message);
    Object.assign(this, fields);
  }
}

function byHand(status, headers, text) {
  const { code, message } = JSON.parse(text).error ?? {};
  let variant = null;
  let params = {};
  switch (code) {
    case "NOT_FOUND": {
      const [, agent, room] = /^(?:Agent not found for code: (.*)|No active rooms found for agent (.*))$/.exec(message) ?? [];
      variant = agent !== undefined ? "agent" : room !== undefined ? "rooms" : null;
      params = { agentCode: agent ?? room };
      break;
    }
    case "MISSING_PARAM":
      params = { parameter: /^Missing required parameter: (.*)$/.exec(message)?.[1] };
      break;
  }
  const retryAfter = headers.get("Retry-After");
  return new HandWritten(message, {
    status,
    code,
    variant,
    params,
    requestId: headers.get("X-Request-Id"),
    retryAfter: retryAfter === null ? null : Number(retryAfter),
    headers,
  });
}

/** Returns the median time of a call, in microseconds. */
function time(call, list, rounds) {
  const times = Array.from({ length: 15 }, () => {
    const before = process.cpuUsage();
    for (let i = 0; i < rounds; i++) {
      call(list[i % list.length]);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / rounds;
  });
  return times.sort((a, b) => a - b)[7];
}

for (const [list, rounds] of [[small, 20_000], [large, 200]]) {
  const json = time(([, , body]) => JSON.parse(body), list, rounds);
  const thrown = time(([, , body]) => [JSON.parse(body), new Error("an error")], list, rounds);
  const hand = time((response) => byHand(...response), list, rounds);
  const parsed = time((response) => parse(...response), list, rounds);
  const times = (other) => `${(parsed / other).toFixed(2)} x`;
  console.log(
    `${list[0][2].length} bytes: parse ${parsed.toFixed(1)} us; JSON.parse ${json.toFixed(1)} us (${times(json)}); ` +
      `with new Error ${thrown.toFixed(1)} us (${times(thrown)}); by hand ${hand.toFixed(1)} us (${times(hand)})`,
  );
}
