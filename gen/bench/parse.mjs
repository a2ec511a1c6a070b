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
  const parsed = time((response) => parse(...response), list, rounds);
  console.log(
    `${list[0][2].length} bytes: JSON.parse ${json.toFixed(1)} us; with new Error ${thrown.toFixed(1)} us; ` +
      `parse ${parsed.toFixed(1)} us, ${(parsed / json).toFixed(2)} x and ${(parsed / thrown).toFixed(2)} x`,
  );
}
