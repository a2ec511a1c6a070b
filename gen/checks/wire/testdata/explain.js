// Explains an error response with errors.json: node explain.js ERRORS_JSON URL API_SECRET
//
// Needs nothing but Node. Prints what it finds as JSON; a response that errors.json does not know, such as a proxy's page, has its status and
// nothing else.
const { readFileSync } = require("node:fs");

// The dates of RFC 9110, section 5.6.7.
const date = /[A-Z][a-z]+,? (?:\d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} [\d:]{8} GMT|[A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4})/g;

// wait returns for how many seconds a Retry-After header asks: the most of several, rounded up; 0 for what is neither a number nor a date.
function wait(header, now) {
  const waits = [0];
  for (const item of header.split(",")) {
    const [number, seconds, fraction] = /^\s*(\d*)(?:\.(\d+))?\s*$/.exec(item) ?? [];
    if (number) waits.push(Math.min(Number(seconds), Number.MAX_VALUE) + Number(/[1-9]/.test(fraction)));
  }
  for (const [text] of header.matchAll(date)) {
    const until = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
    if (until) waits.push(Math.ceil((until - now) / 1000));
  }
  return Math.max(...waits);
}

// parse returns the JSON of a text, which may begin with a byte order mark.
const parse = (text) => JSON.parse(text.replace(/^\ufeff/, ""));

// follow returns what stands in a body at the end of a path, or undefined.
const follow = (body, path) =>
  path.reduce((value, step) => (Object(value) === value && Object.hasOwn(value, step) ? value[step] : undefined), body);

// find returns what stands at the first of the paths that leads anywhere.
const find = (body, paths = []) => paths.map((path) => follow(body, path)).find((value) => (value ?? null) !== null);

// read returns the texts of the params if text can be made of the message, else null.
function read(message, text) {
  const literal = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = message.segments.map((s) => ("param" in s ? "([\\s\\S]*?)" : literal(s.literal))).join("");
  const match = typeof text === "string" ? new RegExp(`^${pattern}$`).exec(text) : null;
  if (!match) return null;
  const params = {};
  const blanks = message.segments.filter((s) => "param" in s);
  for (const [i, { param }] of blanks.entries()) {
    if (Object.hasOwn(params, param) && params[param] !== match[i + 1]) return null;
    params[param] = match[i + 1];
  }
  return params;
}

// explain explains a response: retryAfter are the seconds that it asks for, text is its body.
function explain(errors, status, retryAfter, text) {
  const { paths } = errors.envelope;
  let body;
  try {
    body = parse(text);
  } catch {
    // it is not ours
  }
  const found = find(body, paths.code);
  const code = ["string", "number"].includes(typeof found) ? String(found) : null;
  if (!Object.hasOwn(errors.errors, code)) return { status, code, known: false };
  const error = errors.errors[code];
  const shown = find(body, paths.message);
  const readings = error.messages.map((message) => ({ message, params: read(message, shown) }));
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
      first_wait: Math.max(Math.min(policy.base_seconds, policy.max_delay_seconds), retryAfter),
    },
  };
}

async function main([file, url, secret]) {
  const errors = parse(readFileSync(file, "utf8"));
  const response = await fetch(url, { method: "POST", body: "{}", headers: { "api-secret": secret } });
  if (response.status >= 400) {
    const text = await response.text().catch(() => ""); // it was cut off
    const now = Date.parse(response.headers.get("Date")) || Date.now(); // the server's clock, which may not be ours
    const found = explain(errors, response.status, wait(response.headers.get("Retry-After") ?? "", now), text);
    process.stdout.write(JSON.stringify(found));
  }
}

main(process.argv.slice(2));
