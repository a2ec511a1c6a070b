// Explains an error response with errors.json: node explain.js ERRORS_JSON URL API_SECRET
//
// Needs nothing but Node. Prints what it finds as JSON; a code that errors.json does not know has its status and nothing else.
const { readFileSync } = require("node:fs");

// follow returns what stands in a body at the end of a path, or undefined.
const follow = (body, path) => path.reduce((value, step) => value?.[step], body);

// find returns what stands at the first of the paths that leads anywhere.
const find = (body, paths = []) => paths.map((path) => follow(body, path)).find((value) => value !== undefined);

// read returns the texts of the params if text can be made of the message, else null.
function read(message, text) {
  const literal = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = message.segments.map((s) => ("param" in s ? "([\\s\\S]*?)" : literal(s.literal))).join("");
  const match = new RegExp(`^${pattern}$`).exec(text);
  if (!match) return null;
  const params = {};
  const blanks = message.segments.filter((s) => "param" in s);
  for (const [i, { param }] of blanks.entries()) {
    if (param in params && params[param] !== match[i + 1]) return null;
    params[param] = match[i + 1];
  }
  return params;
}

function explain(errors, status, retryAfter, body) {
  const { paths } = errors.envelope;
  const code = find(body, paths.code);
  if (!Object.hasOwn(errors.errors, code)) return { status, code, known: false };
  const error = errors.errors[code];
  const text = find(body, paths.message);
  const readings = error.messages.map((message) => ({ message, params: read(message, text) }));
  const { message, params } = readings.find((r) => r.params) ?? {};
  const policy = error.retry;
  return {
    status,
    code,
    known: true,
    variant: message?.variant ?? "",
    params: message?.readable ? params : null,
    resolution: message?.resolution ?? error.resolution ?? "",
    retry: policy && {
      retries: policy.max_retries,
      any_method: policy.methods === "any",
      first_wait: Math.max(Math.min(policy.base_seconds, policy.max_delay_seconds), Number(retryAfter ?? 0)),
    },
  };
}

async function main([file, url, secret]) {
  const errors = JSON.parse(readFileSync(file, "utf8"));
  const response = await fetch(url, { method: "POST", body: "{}", headers: { "api-secret": secret } });
  if (response.status >= 400) {
    const found = explain(errors, response.status, response.headers.get("Retry-After"), await response.json());
    process.stdout.write(JSON.stringify(found));
  }
}

main(process.argv.slice(2));
