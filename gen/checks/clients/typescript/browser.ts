// Runs in a browser: reads every example, and an error of another realm. The server gets the
// result.
import { catalog, decode, ensureOk, example, hasCode, isApiError } from "./errors.ts";
import type { ApiError, Code } from "./errors.ts";

async function run(): Promise<string> {
  const codes = Object.keys(catalog) as Code[];
  for (const code of codes) {
    const response = example(code);
    const error = await ensureOk(response).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!hasCode(error, code) || !error.hasParams || (await response.text()) === "") {
      return `${code} is read as ${String(error)}`;
    }
  }
  const error = await decode(new Response("<html>", { status: 502 }));
  if (error?.code !== null || error.reason !== "the body is not JSON") {
    return `a proxy's page is read as ${String(error)}`;
  }
  if (window.parent !== window) {
    return "inner"; // the frame below
  }
  const frame = document.createElement("iframe");
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.srcdoc = document.documentElement.outerHTML;
  document.body.append(frame);
  await loaded;
  const inner = frame.contentWindow as (Window & { thrown?: ApiError }) | null;
  while (inner?.thrown === undefined) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  const { thrown } = inner;
  if (thrown instanceof Error || !isApiError(thrown) || !hasCode(thrown, "NOT_FOUND")) {
    return `an error of another realm is not known: ${String(thrown)}`;
  }
  return `${codes.length} codes are read`;
}

Object.assign(window, { thrown: await decode(example("NOT_FOUND")) });
const result = await run().catch(String);
if (window.parent === window) {
  await fetch("/result", { method: "POST", body: result });
}
