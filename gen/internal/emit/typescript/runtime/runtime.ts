// The part of errors.ts that is the same for every catalog. It is type-checked and tested here, with
// catalog.ts, which is made of ../../gocode/runtime/testdata/catalog.yaml; the emitter puts the lines
// below the first fence into one file with what catalog.ts has for another catalog.
//
// Lines between "errspec:if WORD" and "errspec:end" are omitted where the catalog needs none of the
// words: see featuresOf.

import { anonymous, brand, catalog, codeByType, codeHeaders, defaultPolicy } from "./catalog.ts";
import { envelope, examples, forms, requestIdHeader, resolutions, retired } from "./catalog.ts";
import type { ParamsByCode, VariantByCode } from "./catalog.ts";

//errspec:begin
/** A code of the API's catalog. */
export type Code = keyof ParamsByCode;

/** A variant of a code: which of its messages an error carries. */
export type Variant<C extends Code = Code> = C extends keyof VariantByCode
  ? VariantByCode[C]
  : never;

/**
 * An error of the API. `code` tells which: switch on it. It is null for a response that the catalog
 * does not explain.
 */
export type ApiError = KnownError | Unrecognized;

/** An error whose code is in the catalog; of these codes, if any are named. */
export type KnownError<C extends Code = Code> = {
  [K in C]: KnownErrorOf<K, true> | KnownErrorOf<K, false>;
}[C];

/** What every error of the API has. */
export interface ResponseError extends Error {
  readonly name: "ApiError";
  /** The message of the body; the code's title if the body has none. */
  readonly message: string;
  /** The HTTP status of the response. */
  readonly status: number;
  /** The id that the server gave the request: quote it to the API's support. */
  readonly requestId: string | null;
  /** How many seconds the server asks to wait before the next request; null: it does not. */
  readonly retryAfter: number | null;
  /** The headers of the response. */
  readonly headers: Headers;
  //errspec:if instance
  /** A URI that identifies this occurrence of the error. */
  readonly instance: string | null;
  //errspec:end
  //errspec:if statusbody
  /** The status that the body states, if it is not the response's: a proxy changed one of them. */
  readonly bodyStatus: number | null;
  //errspec:end
  //errspec:if each
  /** The other errors of the response, in its order. They have no others themselves. */
  readonly others: readonly ApiError[];
  //errspec:end
  /** What JSON.stringify writes: all but the headers, which may have secrets. */
  toJSON(): object;
}

/** An error of one code. `Whole` is true for one whose params have all been read. */
export interface KnownErrorOf<C extends Code, Whole extends boolean> extends ResponseError {
  readonly code: C;
  /** The code as the response states it; null: the API sends this error without one. */
  readonly rawCode: string | null;
  /** Which of the code's messages it is; null: the code has one only, or the message is reworded. */
  readonly variant: Variant<C> | null;
  /** Whether all params have been read that a message of the code needs. */
  readonly hasParams: Whole;
  /** What the body, the message and the headers say. A param that is not certain is absent. */
  readonly params: Whole extends true ? ParamsByCode[C] : Partial<ParamsByCode[C]>;
}

/**
 * A response that the catalog does not explain. Its code comes from a newer or an older server, or
 * it has no code because a proxy wrote it or it was cut off.
 */
export interface Unrecognized extends ResponseError {
  readonly code: null;
  /** The code that the response carries; null: it carries none. */
  readonly rawCode: string | null;
  readonly variant: null;
  readonly hasParams: false;
  readonly params: Record<never, never>;
  /** Why the response was not recognized. */
  readonly reason: string;
  /** The beginning of the body, up to 65,536 characters. */
  readonly body: string;
  /** What the catalog says about the code, if it is retired. */
  readonly retired: Retired | null;
  /** What ended the body early, such as the reason of an abort. */
  readonly cause?: unknown;
}

/** What the catalog says about a retired code. */
export interface Retired {
  readonly since?: string;
  /** The status that the code came with. */
  readonly status?: number;
  /** The code that replaced it. */
  readonly use?: Code;
}

/** What the catalog says about a code. */
export interface CatalogEntry {
  /** What the code means, in a few words. */
  readonly title: string;
  /** The HTTP statuses that the code comes with; the first is the default. */
  readonly statuses: readonly [number, ...number[]];
  /** Where the code is documented. */
  readonly docsUrl?: string;
  /** How to retry; absent: do not. */
  readonly retry?: RetryPolicy;
}

/**
 * How often, and after which delays, a request may be sent again. The delay before retry n is
 * `baseMs * factor ** (n - 1)`, at most `maxDelayMs`.
 */
export interface RetryPolicy {
  readonly baseMs: number;
  readonly factor: number;
  readonly maxDelayMs: number;
  /** The part of a delay that is random: 0 is none, 1 all of it. */
  readonly jitter: number;
  /** Retries, not attempts. */
  readonly maxRetries: number;
  /** No retry if the server asks for a longer wait. */
  readonly maxRetryAfterMs: number;
  /** The server did nothing: POST and PATCH may be sent again, too. */
  readonly anyMethod?: true;
}

/** Reports whether a value is an error of this API, from this copy of the module or another one. */
export function isApiError(error: unknown): error is ApiError {
  return typeof error === "object" && error !== null && brand in error;
}

/** Reports whether a value is an error of this API that has one of the codes. */
export function hasCode<C extends Code>(
  error: unknown,
  ...codes: readonly C[]
): error is KnownError<C> {
  return isApiError(error) && (codes as readonly unknown[]).includes(error.code);
}

/** The settings of {@link parse}, {@link decode} and {@link ensureOk}. */
export interface DecodeOptions {
  /** The longest body that is read, in bytes; 1 MiB by default. A longer one is Unrecognized. */
  readonly maxBody?: number | undefined;
  /** The header with the id of the request; by default that of the API, or else X-Request-Id. */
  readonly requestIdHeader?: string | undefined;
  /** The clock for a Retry-After that is a date: milliseconds since 1970; Date.now by default. */
  readonly now?: (() => number) | undefined;
}

/** Headers as `fetch`, Node and HTTP libraries have them. */
export type HeaderFields =
  | Headers
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, unknown>>; // of strings, numbers, or lists of strings

/** A response of `fetch`, or of a library that has the same, such as undici and node-fetch. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly body?: unknown;
  readonly bodyUsed: boolean;
  clone(): ResponseLike;
  text(): Promise<string>;
}

/** Throws the error that a response carries. Otherwise returns the response, whose body is not read. */
export async function ensureOk<R extends ResponseLike>(
  response: R,
  options?: DecodeOptions,
): Promise<R> {
  const error = await decode(response, options);
  if (error !== null) {
    throw error;
  }
  return response;
}

/**
 * Returns the error that a response carries, or null if its status is below 400. It never rejects:
 * what goes wrong with the body is the error's `cause`. The response's body can still be read.
 */
export async function decode(
  response: ResponseLike,
  options: DecodeOptions = {},
): Promise<ApiError | null> {
  if (response.status < 400) {
    return null;
  }
  return read(response, options);
}

/**
 * Returns the error that a response carries, from its parts. The code comes from the body, the
 * status from the response. The body is a text, bytes, or the value that a library has parsed of it.
 */
export function parse(
  status: number,
  headers: HeaderFields,
  body: unknown,
  options: DecodeOptions = {},
): ApiError {
  return errorOf(status, headersOf(headers), textOf(body), options, null);
}

/** Whether to send a request again, and after which delay. */
export interface Decision {
  readonly retry: boolean;
  readonly delayMs: number;
  /** The server did nothing: POST and PATCH may be sent again, too. */
  readonly anyMethod: boolean;
  /** Why, in a few words for logs. */
  readonly reason: string;
}

/**
 * Decides whether and when to repeat a failed request. `attempt` counts the attempts so far,
 * from 1. The decision is by code, not by status; a retired code follows the code that replaced it.
 * A response without a code of the catalog, as a gateway sends, follows the catalog's default if
 * its status is 429, 502, 503 or 504.
 //errspec:if each
 * If the response has several errors, each of them must be one that may be retried.
 //errspec:end
 *
 * The caller must know whether the request may be sent twice, unless the decision has
 * `anyMethod`. `random` returns a number from 0 to 1 for the jitter.
 */
export function decide(
  error: unknown,
  attempt: number,
  random: () => number = Math.random,
): Decision {
  if (!isApiError(error)) {
    return stop("not an error of this API");
  }
  const decision = decideOne(error, attempt, random);
  //errspec:if each
  for (const other of error.others) {
    const one = decideOne(other, attempt, random);
    if (!decision.retry || !one.retry) {
      return decision.retry ? one : decision;
    }
    decision.delayMs = Math.max(decision.delayMs, one.delayMs);
    decision.anyMethod &&= one.anyMethod;
  }
  //errspec:end
  return decision;
}

/** The settings of {@link withRetry}. */
export interface RetryOptions extends DecodeOptions {
  /** Bounds the time from the first attempt to the last retry; unbounded by default. */
  readonly maxElapsedMs?: number | undefined;
  /** Is called before the delay of each retry. `attempt` counts the attempts, from 1. */
  readonly onRetry?:
    | ((error: ApiError, attempt: number, decision: Decision) => void)
    | undefined;
  /** Waits; rejects if the signal aborts. By default a timer. */
  readonly sleep?:
    | ((delayMs: number, signal: AbortSignal | undefined) => Promise<void>)
    | undefined;
  /** Returns a number from 0 to 1 for the jitter; Math.random by default. */
  readonly random?: (() => number) | undefined;
}

/** The part of `fetch` that {@link withRetry} uses and offers. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * Returns a `fetch` that sends requests again as the catalog says: by the code of the response, after
 * the delay of the code's policy or the server's Retry-After, whichever is longer.
 *
 * It retries idempotent methods (RFC 9110, section 9.2.2), requests with an Idempotency-Key header,
 * and any method if the code's policy allows it; not a request whose body is a stream, nor one that
 * got no response. The body of an error has five seconds to arrive, or what `maxElapsedMs` leaves;
 * else the response is returned, and its body can be read as it arrives.
 *
 * If tests replace the global `fetch` later, pass `(input, init) => fetch(input, init)`.
 */
export function withRetry(fetch: Fetch, options: RetryOptions = {}): Fetch {
  const {
    maxElapsedMs = Infinity,
    onRetry,
    sleep = pause,
    random = () => Math.random(), // as it is then: tests replace it, and the clock
    now = () => Date.now(),
  } = options;
  return async (input, init) => {
    const start = now();
    const leftMs = () => maxElapsedMs - (now() - start);
    const request = isRequest(input) ? input : undefined;
    const signal = init?.signal ?? request?.signal;
    const canRepeat = mayRepeat(request, init);
    const isSafe = isIdempotent(request, init);
    for (let attempt = 1; ; attempt++) {
      const response = await fetch(canRepeat && request ? request.clone() : input, init);
      if (!canRepeat || !mayRetry(response.status, isSafe, attempt)) {
        return response;
      }
      const error = await decodeWithin(response, Math.min(leftMs(), 5000), options);
      if (error === null) {
        return response;
      }
      const decision = decide(error, attempt, random);
      if (
        !decision.retry ||
        !(isSafe || decision.anyMethod) ||
        decision.delayMs > leftMs() ||
        signal?.aborted
      ) {
        return response;
      }
      onRetry?.(error, attempt, decision);
      discard(response);
      await sleep(decision.delayMs, signal ?? undefined);
    }
  };
}

/** Returns what to do about an error, in Markdown; undefined: the catalog does not say. */
export function resolutionOf({ code, variant }: ApiError): string | undefined {
  return lookup(resolutions, `${code}/${variant}`) ?? lookup(resolutions, `${code}`);
}

/**
 * Returns a response as the server sends it for a code, for mocks and tests. Its params are the
 * examples of the catalog. Without a variant, it is the first one. It throws a RangeError if the
 * catalog does not have the code or the variant.
 */
export function example<C extends Code>(code: C, variant?: Variant<C>): Response {
  const id = variant ?? lookup(forms, code)?.messages[0]?.variant;
  const key = id === undefined ? code : `${code}/${id}`;
  const found = lookup(examples, key);
  if (found === undefined) {
    throw new RangeError(`the catalog has no example of ${key}`);
  }
  return new Response(found.body, { status: found.status, headers: found.headers });
}

//errspec:internal
/** A response of the catalog's examples. */
export interface Example {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The class of all errors. A brand identifies them: in another copy of the module it is another class. */
const Failure = class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(message: string, failed: Failed | null, headers: Headers, fields: object) {
    super(message);
    Object.assign(this, fields);
    Object.defineProperty(this, "headers", { value: headers }); // loggers leave it out, too
    Object.defineProperty(this, brand, { value: true });
    if (failed !== null) {
      Object.defineProperty(this, "cause", { value: failed.cause });
    }
  }

  toJSON(): object {
    const { name, message } = this;
    return { ...this, name, message };
  }
};

/** What ended a body early. */
interface Failed {
  readonly cause: unknown;
}

/** Params as they are read. */
type Values = Record<string, unknown>;

/** Which values of a body are read. */
export interface Shape {
  readonly role?: Role;
  /** The name of a param in the body. */
  readonly name?: string;
  readonly members?: Readonly<Record<string, Shape>>;
  /** Of an array; null: an item that is not read. */
  readonly items?: readonly (Shape | null)[];
  /** Of an array whose items may be missing from this index on. */
  readonly looseFrom?: number;
  /** Of an object in such an array: the constants by which it is known. */
  readonly is?: Readonly<Record<string, unknown>>;
  /** The constants that stand for no value. */
  readonly or?: readonly unknown[];
  /** Of an array: each of its items, which is of an error of its own. */
  readonly each?: Shape;
  /** What the value may be: the first that has a value is sent. */
  readonly choice?: readonly Shape[];
  /** The constant that it is, in errors of these codes alone. */
  readonly of?: Readonly<Record<string, unknown>>;
  /** The text around a role inside a string. */
  readonly before?: string;
  readonly after?: string;
}

/** What a value of a body is. "params" is the object that holds all of them; "param" is one. */
export type Role =
  | "code"
  | "codeNumber"
  | "message"
  | "status"
  | "variant"
  | "requestId"
  | "retryAfter"
  | "instance"
  | "type"
  | "params"
  | "param";

/** How the variant and the params of a code are read. */
export interface Form {
  readonly messages: readonly Message[];
  readonly params: Readonly<Record<string, Param>>;
  readonly headers?: readonly HeaderForm[];
}

/** One of a code's messages. */
export interface Message {
  readonly variant?: string;
  /** Literal texts and, between them, names of params; absent: the error is sent without a message. */
  readonly text?: Template;
}

type Template = readonly string[];

export interface Param {
  /** The name in the body. */
  readonly wire: string;
  readonly type: Type;
  /** Which errors of the code need it; absent: those whose message shows it. */
  readonly need?: "always" | "never";
}

export type Type =
  | "string"
  | "int"
  | "float"
  | "bool"
  | "bytes"
  | "duration"
  | "time"
  | "json"
  | { readonly enum: readonly string[] }
  | { readonly list: Type }
  | { readonly map: Type }
  | { readonly fields: Readonly<Record<string, Field>> };

export interface Field {
  readonly wire: string;
  readonly type: Type;
  readonly optional?: true;
}

/** A header that is made of params. */
export interface HeaderForm {
  readonly name: string;
  readonly text: Template;
}
//errspec:if codeheaders

/** A header that is made of a code and constants. */
export interface CodeHeader {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Other text follows. */
  readonly open?: true;
}
//errspec:end
//errspec:if bystatus

/** An error that is sent without a code. */
export interface Anonymous {
  readonly code: Code;
  /** What each body of it has: see {@link covers}. */
  readonly pattern: unknown;
  //errspec:if bybody
  /** No body of another error without a code has that. */
  readonly byBody?: boolean;
  //errspec:end
  //errspec:if each
  /** What each element of it has. */
  readonly element?: unknown;
  //errspec:end
}
//errspec:end

/** What a body says. */
interface Found {
  /** By role. Of several values for one role the last counts. */
  readonly values: { [R in Role]?: unknown };
  /** The params that have a place of their own. */
  readonly named: NamedParam[];
  readonly statuses: number[];
  /** The values that may be one of several things. */
  readonly choices: Choice[];
  /** Whether another value is, or may be, where the message would be. */
  hidesMessage: boolean;
  /** Whether the error never sends the value that is there. */
  unlike: boolean;
  /** The elements of the errors, if the body has several, and how they are read. */
  elements: readonly unknown[];
  element: Shape;
}

interface Choice {
  readonly shapes: readonly Shape[];
  readonly value: unknown;
}

interface NamedParam {
  readonly name: string;
  readonly value: unknown;
  /** It is a constant, which stands for the value of an optional param. */
  readonly isAbsent?: boolean;
}

/** Returns the error of a response, whose body is read from a copy. */
async function read(response: ResponseLike, options: DecodeOptions): Promise<ApiError> {
  const { maxBody = 1 << 20 } = options;
  let text = "";
  let failed: Failed | null = null;
  try {
    if (response.bodyUsed || (response.body as Response["body"] | undefined)?.locked) {
      throw new TypeError("the body was read before");
    }
    const copied = response.clone();
    const body = copied.body as Response["body"] | undefined;
    if (isNodeStream(body)) {
      // More does not arrive until the other copy is read, too.
      text = await textWithin(body, Math.min(maxBody, 1 << 14));
    } else if (body !== null && typeof body?.getReader !== "function") {
      text = await copied.text(); // React Native has no streams
      checkLength(text.length, maxBody);
    } else if (body !== null) {
      const reader = body.getReader();
      const decoder = new TextDecoder();
      let length = 0;
      for (;;) {
        const { value } = await reader.read();
        if (value === undefined) {
          break;
        }
        length += value.length;
        if (length > maxBody) {
          reader.cancel().catch(() => {});
        }
        checkLength(length, maxBody);
        text += decoder.decode(value, { stream: true });
      }
      text += decoder.decode();
    }
  } catch (cause) {
    failed = { cause };
  }
  return errorOf(response.status, headersOf(response.headers), text, options, failed);
}

/** A body of node-fetch. */
type NodeStream = AsyncIterable<Uint8Array | string> & { readonly pipe: unknown };

function isNodeStream(body: unknown): body is NodeStream {
  const isObject = typeof body === "object" && body !== null;
  return isObject && "pipe" in body && Symbol.asyncIterator in body;
}

async function textWithin(body: NodeStream, maxBody: number): Promise<string> {
  const decoder = new TextDecoder();
  let length = 0;
  let text = "";
  for await (const chunk of body) {
    length += chunk.length;
    checkLength(length, maxBody);
    text += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function checkLength(length: number, maxBody: number): void {
  if (length > maxBody) {
    throw new RangeError(`the body is longer than ${maxBody} bytes`);
  }
}

/** Returns the error of a response whose body arrives in time, or else null. */
async function decodeWithin(
  response: Response,
  patienceMs: number,
  options: DecodeOptions,
): Promise<ApiError | null> {
  let stop = () => {};
  const timeout = new Promise<null>((resolve) => {
    const timer = setTimeout(resolve, Math.max(patienceMs, 0), null);
    stop = () => clearTimeout(timer);
  });
  try {
    return await Promise.race([read(response, options), timeout]);
  } finally {
    stop();
  }
}

/** Lets go of a response whose body nobody reads. */
function discard({ body }: Response): void {
  if (typeof body?.cancel === "function") {
    body.cancel().catch(() => {});
  }
}

/** Returns headers as `fetch` has them. It omits what is not a header, such as `:status` of HTTP/2. */
function headersOf(fields: HeaderFields | undefined): Headers {
  if (fields instanceof Headers) {
    return fields;
  }
  const headers = new Headers();
  const given = fields ?? {};
  const entries: Iterable<readonly [string, unknown]> =
    Symbol.iterator in given ? given : Object.entries(given);
  for (const [name, values] of entries) {
    for (const value of Array.isArray(values) ? values : [values]) {
      try {
        if (value !== undefined && value !== null) {
          headers.append(name, /[^\0-\xff]/.test(value) ? bytesOf(value) : String(value));
        }
      } catch {
        // It is no header.
      }
    }
  }
  return headers;
}

/** Returns a text in UTF-8, with each byte as a character. */
function bytesOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

function textOf(body: unknown): string {
  if (typeof body === "string") {
    const text = body.startsWith("\ufeff") ? body.slice(1) : body;
    return text.replace(/[\ud800-\udfff]/gu, "\ufffd"); // halves of characters
  }
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) {
    return new TextDecoder().decode(body as Uint8Array); // without its byte order mark
  }
  try {
    return body === null ? "" : (JSON.stringify(body) ?? "");
  } catch {
    return ""; // no JSON has been like that
  }
}

/** The beginning of a text, without half a character at its end. */
function prefix(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/** Returns the error of a response. `failed` is what ended its body early. */
function errorOf(
  status: number,
  headers: Headers,
  text: string,
  options: DecodeOptions,
  failed: Failed | null,
): ApiError {
  const body = failed === null ? jsonOf(text) : undefined;
  const found = newFound();
  collect(body, envelope, found);
  const response: Received = {
    status,
    headers,
    told: headers,
    text,
    body,
    found,
    options,
    failed,
  };
  //errspec:if each
  if (failed === null && found.elements.length > 0) {
    return firstOf(response);
  }
  //errspec:end
  return single(response);
}

/** A response, or an element of one that has several errors. */
interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** The headers that tell the code and params of the error: none of an error that is not the first. */
  readonly told: Headers;
  readonly text: string;
  /** The JSON value that the text is; undefined: it is not JSON. */
  readonly body: unknown;
  readonly found: Found;
  readonly options: DecodeOptions;
  readonly failed: Failed | null;
  //errspec:if each
  readonly isLater?: true;
  /** The other errors of the response. */
  readonly others?: readonly ApiError[];
  //errspec:end
}

/** Returns the error of a response, as if it had no others. */
function single(response: Received): ApiError {
  const { headers, text, body, found, options, failed } = response;
  let { status } = response;
  let isJson = body !== undefined;
  let code = codeText(found.values.code);
  //errspec:if codenumber
  code ||= wholeText(found.values.codeNumber);
  //errspec:end
  //errspec:if codeheaders
  if (code === "") {
    code = codeInHeader(response.told);
    isJson ||= code !== "" && text === "";
  }
  //errspec:end
  const rawCode = code === "" || code.length > maxLength ? null : code;
  //errspec:if typebody bystatus
  if (code === "" && isJson) {
    code = impliedCode(response);
  }
  //errspec:end
  const isKnown = isJson && failed === null;
  const entry = isKnown ? lookup<CatalogEntry>(catalog, code) : undefined;
  //errspec:if choices
  if (entry !== undefined) {
    settle(code, found);
  }
  //errspec:end
  //errspec:if each
  if (
    response.isLater &&
    !found.statuses.includes(status) &&
    entry?.statuses.includes(status) === false
  ) {
    [status] = entry.statuses; // the status of the response is that of the first
  }
  //errspec:end
  let requestId = headers.get(options.requestIdHeader ?? requestIdHeader);
  //errspec:if requestbody
  requestId = stringOr(found.values.requestId) ?? requestId;
  //errspec:end
  let retryAfter = waitInHeader(headers, options);
  //errspec:if retrybody
  retryAfter ??= waitInBody(found.values.retryAfter);
  //errspec:end
  const fields = {
    status,
    rawCode,
    requestId: shortOr(requestId),
    retryAfter: retryAfter || null,
    //errspec:if instance
    instance: shortOr(found.values.instance),
    //errspec:end
    //errspec:if statusbody
    bodyStatus: bodyStatusOf(status, found),
    //errspec:end
    //errspec:if each
    others: response.others ?? [],
    //errspec:end
  };
  const message = stringOr(found.values.message);
  if (entry === undefined) {
    const tombstone = isJson ? retiredOf(rawCode) : null;
    const reason = reasonOf(rawCode, text, isJson, tombstone, failed);
    const unknown: Partial<Unrecognized> = {
      code: null,
      variant: null,
      hasParams: false,
      params: {},
      reason,
      body: prefix(text, 1 << 16),
      retired: tombstone,
    };
    const said = message ?? `HTTP ${status}: ${reason}`;
    const all = { ...fields, ...unknown };
    return new Failure(said, failed, headers, all) as Error as Unrecognized;
  }
  let details: Details = { variant: null, hasParams: true, params: {} };
  //errspec:if forms
  const form = lookup(forms, code);
  if (form !== undefined) {
    details = detailsOf(form, { found, message, headers: response.told });
  }
  //errspec:end
  const known = { ...fields, code, ...details };
  return new Failure(message ?? entry.title, null, headers, known) as Error as KnownError;
}
//errspec:if each

/** The most errors that a response may have. */
const maxErrors = 256;

/**
 * Returns the first error of a response that has several, with the others. The headers and what is
 * outside the elements belong to the first; the request id and the Retry-After belong to all.
 */
function firstOf(response: Received): ApiError {
  const { found, status } = response;
  if (found.elements.length === 1) {
    collect(found.elements[0], found.element, found);
    return single(response);
  }
  const outer = lastOf(found.statuses) ?? status;
  const [first, ...rest] = found.elements.slice(0, maxErrors).map((body, i): Received => {
    const own = sharedOf(found);
    collect(body, found.element, own);
    const stated = lastOf(own.statuses) ?? 0;
    const isOwn = stated >= 400 && stated <= 599;
    const statuses = isOwn ? [stated] : [];
    const common = { ...response, status: isOwn ? stated : status };
    if (i > 0) {
      return {
        ...common,
        text: JSON.stringify(body),
        body,
        found: { ...own, statuses },
        told: new Headers(),
        isLater: true,
      };
    }
    const all = clone(found);
    collect(body, found.element, all);
    return { ...common, found: { ...all, statuses: outer === status ? [] : [outer] } };
  });
  const others = rest.map(single);
  if (found.elements.length > maxErrors) {
    others.splice(-1, 1, tooMany(response));
  }
  return single({ ...(first ?? response), others });
}

/** Returns what stands for the errors beyond those that are read. */
function tooMany(response: Received): ApiError {
  const cause = new RangeError(`the body holds more than ${maxErrors} errors`);
  return single({
    ...response,
    found: sharedOf(response.found),
    told: new Headers(),
    isLater: true,
    failed: { cause },
  });
}

/** Returns what all errors of a body share. */
function sharedOf({ values, element }: Found): Found {
  const shared = { ...newFound(), element };
  if (values.requestId !== undefined) {
    shared.values.requestId = values.requestId;
  }
  return shared;
}
//errspec:end

/** The longest unknown code, id of a request or instance: they are not as long as a body. */
const maxLength = 1024;

/** The beginning of a text, on one line. */
function beginning(text: string): string {
  const short = text.length > 200 ? `${prefix(text, 200)}…` : text;
  return short.split(/\s+/).join(" ").trim();
}

/** Says why a response is not an error of the catalog. */
function reasonOf(
  code: string | null,
  text: string,
  isJson: boolean,
  tombstone: Retired | null,
  failed: Failed | null,
): string {
  if (failed !== null) {
    return `reading the body: ${failed.cause instanceof Error ? failed.cause.message : String(failed.cause)}`;
  }
  if (text === "") {
    return "the body is empty";
  }
  if (!isJson) {
    return "the body is not JSON";
  }
  if (code === null) {
    //errspec:if bystatus
    if (anonymous.length > 0) {
      return "the body holds no error code, and is none that the catalog has for its status without one";
    }
    //errspec:end
    return "the body holds no error code";
  }
  if (tombstone !== null) {
    const since = tombstone.since === undefined ? "" : ` since ${tombstone.since}`;
    const use = tombstone.use === undefined ? "" : `, and ${tombstone.use} replaced it`;
    return `the code ${code} is retired${since}${use}`;
  }
  return `the code ${JSON.stringify(beginning(code))} is not in the catalog`;
}

/** Returns the tombstone of a code. */
function retiredOf(code: string | null): Retired | null {
  return code === null ? null : (lookup(retired, code) ?? null);
}

/** Returns the entry of a table under a key that anybody may have sent. */
function lookup<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return owns(table, key) ? table[key] : undefined;
}

/** Is Object.hasOwn, which older browsers and `lib` lack. */
function owns(object: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(object, key);
}
//errspec:if statusbody each

function lastOf<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1];
}
//errspec:end

function newFound(): Found {
  return {
    values: {},
    named: [],
    statuses: [],
    choices: [],
    hidesMessage: false,
    unlike: false,
    elements: [],
    element: {},
  };
}
//errspec:if bystatus each

function clone(found: Found): Found {
  const { values, named, statuses, choices } = found;
  return {
    ...found,
    values: { ...values },
    named: [...named],
    statuses: [...statuses],
    choices: [...choices],
  };
}
//errspec:end

const mayBeHalf = /\\u[dD][89a-fA-F]/;

/** The escapes of JSON; the group is that of half a character. */
const escapes =
  /\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|(u[dD][89a-fA-F][\da-fA-F]{2})|[^])/g;

/** Replaces half a character with U+FFFD, as other languages read it. */
const mended = (escape: string, half?: string) => (half === undefined ? escape : "\\ufffd");

/** Returns the value that a body is; undefined: it is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(mayBeHalf.test(text) ? text.replace(escapes, mended) : text);
  } catch {
    return undefined;
  }
}

/** Keeps the values of a body that have a role. */
function collect(value: unknown, shape: Shape, found: Found): void {
  //errspec:if ors
  if (shape.or?.some((constant) => isEqual(constant, value))) {
    //errspec:if bodyparams
    forget(value, shape, found);
    //errspec:end
    return;
  }
  //errspec:end
  //errspec:if each
  if (shape.each !== undefined && Array.isArray(value)) {
    found.elements = value;
    found.element = shape.each;
  }
  //errspec:end
  //errspec:if choices
  if (shape.choice !== undefined) {
    found.choices.push({ shapes: shape.choice, value });
  }
  //errspec:end
  if (shape.members !== undefined && isObject(value)) {
    for (const key in shape.members) {
      const member = shape.members[key];
      if (member !== undefined && owns(value, key)) {
        collect(value[key], member, found);
      }
    }
  }
  //errspec:if arrays
  if (Array.isArray(value)) {
    collectItems(value, shape, found);
  }
  //errspec:end
  keep(value, shape, found);
}

function keep(value: unknown, shape: Shape, found: Found): void {
  const { role } = shape;
  if (role === undefined) {
    return;
  }
  let kept = value;
  //errspec:if texts
  const text = role === "code" ? codeText(value) : stringOr(value);
  if (text) {
    kept = cut(text, shape.before ?? "", shape.after ?? "");
  }
  //errspec:end
  //errspec:if statusbody
  const status = typeof value === "string" ? numberIn(value) : value;
  if (role === "status" && typeof status === "number" && Number.isInteger(status)) {
    found.statuses.push(status);
  }
  //errspec:end
  //errspec:if bodyparams
  if (role === "param") {
    found.named.push({ name: shape.name ?? "", value });
  }
  //errspec:end
  found.values[role] = kept;
}
//errspec:if texts codeheaders

/** Returns a text without the text around it; undefined: it has another text around it. */
function cut(text: string, before: string, after: string): string | undefined {
  const fits = text.startsWith(before) && text.slice(before.length).endsWith(after);
  return fits ? text.slice(before.length, text.length - after.length) : undefined;
}
//errspec:end
//errspec:if arrays

function collectItems(values: readonly unknown[], shape: Shape, found: Found): void {
  const items = shape.items ?? [];
  values.forEach((value, i) => {
    let item = items[i];
    //errspec:if looseitems
    if (shape.looseFrom !== undefined && i >= shape.looseFrom) {
      item = soleFit(values, i, shape.looseFrom, items);
    }
    //errspec:end
    if (item) {
      collect(value, item, found);
    }
  });
}
//errspec:end
//errspec:if looseitems

/** Returns the only shape that fits an item by its constants or, if no item is missing, by its position. */
function soleFit(
  values: readonly unknown[],
  i: number,
  looseFrom: number,
  items: readonly (Shape | null)[],
): Shape | null {
  const fits = items.filter((item, k) => {
    if (item === null || k < looseFrom) {
      return false;
    }
    return item.is === undefined
      ? i === k && values.length === items.length
      : hasConstants(values[i], item.is);
  });
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

function hasConstants(value: unknown, constants: Readonly<Record<string, unknown>>): boolean {
  return (
    isObject(value) &&
    Object.keys(constants).every((key) => isEqual(constants[key], lookup(value, key)))
  );
}
//errspec:end
//errspec:if ors
//errspec:if bodyparams

/**
 * Leaves out a constant that stands for no value. A param may have just this value, if its error
 * always has the param.
 */
function forget(value: unknown, shape: Shape, found: Found): void {
  const { or: _, ...rest } = shape;
  const constant: Found = newFound();
  collect(value, rest, constant);
  found.named.push(...constant.named.map(({ name, value }) => ({ name, value, isAbsent: true })));
}
//errspec:end

/** Reports whether two JSON values are the same. */
function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a);
    const isIn = (key: string) => owns(b, key) && isEqual(a[key], b[key]);
    return keys.length === Object.keys(b).length && keys.every(isIn);
  }
  return a === b;
}
//errspec:end
//errspec:if params bystatus

/** What reading a text gave, the better the greater. */
type Match = 0 | 1 | 2 | 3;
const noMatch: Match = 0;
//errspec:if params
/** The text is this message if an enum has a value that is not in this catalog. */
const newMatch: Match = 1;
//errspec:end
/** The text is this message, but its params are not certain. */
const aMatch: Match = 2;
/** And these are its params. */
const theMatch: Match = 3;
//errspec:end
//errspec:if typebody bystatus

/** Returns the code that a response without one implies; "" if it implies none. */
function impliedCode(response: Received): string {
  const { values } = response.found;
  //errspec:if typebody
  const type = stringOr(values.type);
  if (type !== null && type !== "about:blank") {
    return lookup(codeByType, type) ?? "";
  }
  //errspec:end
  //errspec:if bystatus
  if ((values.code ?? values.codeNumber ?? null) === null) {
    return anonymousCode(response);
  }
  //errspec:end
  return "";
}
//errspec:end
//errspec:if bystatus

/**
 * Returns the code of a body that has none. The candidates are the errors without a code that have
 * the status and whose pattern the body matches. The message decides between them, unless only one
 * has the status, or the body alone tells them apart. It is "" if no candidate is left, or several
 * are.
 */
function anonymousCode(response: Received): string {
  const { status, body, found } = response;
  const candidates = anonymous.filter(({ code }) =>
    lookup<CatalogEntry>(catalog, code)?.statuses.includes(status),
  );
  let best: Match = noMatch;
  let code = "";
  for (const entry of candidates) {
    const candidate = entry.code;
    let { pattern } = entry;
    //errspec:if each
    if (response.isLater) {
      pattern = entry.element;
    }
    //errspec:end
    const fits = covers(pattern, body);
    let match = fits && candidates.length > 1 ? says(candidate, found) : theMatch;
    //errspec:if bybody
    match = entry.byBody === true ? better(match, aMatch) : match;
    //errspec:end
    if (fits && match !== noMatch && match >= best) {
      code = match === best ? "" : candidate; // it is either
      best = match;
    }
  }
  return code;
}

/** Reports whether a body has one of the messages of a code. */
function says(code: string, found: Found): Match {
  const read = clone(found);
  //errspec:if choices
  settle(code, read);
  if (read.unlike) {
    return noMatch;
  }
  //errspec:end
  const message = stringOr(read.values.message);
  const form = lookup(forms, code);
  let best: Match = noMatch;
  //errspec:if choices
  best = read.hidesMessage ? aMatch : noMatch;
  //errspec:end
  for (const { text } of form?.messages ?? []) {
    let match: Match = message === null ? noMatch : isText(text, message) ? aMatch : noMatch;
    if (message === null && text === undefined) {
      match = aMatch; // it is sent without a message
    }
    //errspec:if params
    if (form !== undefined && message !== null && text !== undefined && text.length > 1) {
      [match] = readTemplate(form, text, message, readText);
    }
    //errspec:end
    best = better(best, match === theMatch ? aMatch : match);
  }
  return best;
}

function better(a: Match, b: Match): Match {
  return a > b ? a : b;
}

/**
 * Reports whether JSON has all that a pattern has: constants as they are, and for `{$: sample}` any
 * value of the sample's type; null stands for any type.
 */
function covers(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    const isLong = Array.isArray(value) && value.length >= pattern.length;
    return isLong && pattern.every((item, i) => covers(item, value[i]));
  }
  if (!isObject(pattern)) {
    return pattern === value;
  }
  if (owns(pattern, "$")) {
    const { $: sample } = pattern;
    const isLike = typeof sample === typeof value && isObject(sample) === isObject(value);
    return sample === null || (isLike && Array.isArray(sample) === Array.isArray(value));
  }
  const has = (key: string) => {
    const name = key.startsWith("$") ? key.slice(1) : key;
    return isObject(value) && owns(value, name) && covers(pattern[key], value[name]);
  };
  return isObject(value) && Object.keys(pattern).every(has);
}
//errspec:end
//errspec:if choices

/** Reads each choice as the only alternative that it can be in an error of a code, if there is only one. */
function settle(code: string, found: Found): void {
  for (const { shapes, value } of found.choices) {
    const fitting: Shape[] = [];
    for (const shape of shapes) {
      const { fits, always } = mayBe(code, shape, value);
      if (fits) {
        fitting.push(shape);
      }
      if (always) {
        break;
      }
    }
    const [only] = fitting;
    if (only !== undefined && fitting.length === 1) {
      keep(value, only, found);
    }
    const isConstant = fitting.length === 1 && (only?.or ?? only?.of) !== undefined;
    const isAbsent = isConstant || (only === undefined && value === null);
    if (!isAbsent && shapes.some(({ role }) => role === "message")) {
      const isHidden = stringOr(found.values.message) === null;
      found.hidesMessage ||= isHidden;
      found.unlike ||= isHidden && only === undefined;
    }
  }
}

/** Says whether a value can be that of a shape, and whether each error of the code has one for it. */
function mayBe(code: string, shape: Shape, value: unknown): { fits: boolean; always: boolean } {
  const form = lookup(forms, code);
  if (shape.or !== undefined) {
    return { fits: shape.or.some((constant) => isEqual(constant, value)), always: true };
  }
  if (shape.of !== undefined) {
    const has = owns(shape.of, code);
    return { fits: has && isEqual(shape.of[code], value), always: has };
  }
  //errspec:if bodyparams
  if (shape.role === "param") {
    const entries = Object.entries(form?.params ?? {});
    const [name, param] = entries.find(([, { wire }]) => wire === shape.name) ?? [];
    if (form === undefined || name === undefined || param === undefined) {
      return { fits: false, always: false };
    }
    const isInAll = form.messages.every(({ text = [] }) => isInText(text, name));
    const always = param.need === "always" || (param.need === undefined && isInAll);
    return { fits: readValue(value, param.type).fit !== "not", always };
  }
  //errspec:end
  const isString = typeof value === "string";
  if (shape.role === "message") {
    const messages = form?.messages ?? [{ text: [] }];
    const always = messages.every(({ text }) => text !== undefined);
    return { fits: isString && (always || messages.length > 1), always };
  }
  return { fits: isString, always: false };
}
//errspec:end

/** Reports whether JSON is an object, and not an array. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stringOr(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function shortOr(value: unknown): string | null {
  const text = stringOr(value);
  return text !== null && text !== "" && text.length <= maxLength ? text : null;
}

/** Returns a code, which may be sent as a whole number; "" is none. */
function codeText(value: unknown): string {
  if (typeof value === "number" && value >= 0) {
    return wholeText(value);
  }
  return stringOr(value) ?? "";
}

/** Returns a whole number as a text, or a text as it is; "" is none. */
function wholeText(value: unknown): string {
  if (typeof value === "number" && Number.isSafeInteger(value)) {
    return String(value);
  }
  return stringOr(value) ?? "";
}
//errspec:if codeheaders headerparams

/** Returns the text of a header. Servers send UTF-8, of which `fetch` gives each byte as a character. */
function headerText(headers: Headers, name: string): string | null {
  const value = headers.get(name);
  if (value === null || !/[\x80-\xff]/.test(value)) {
    return value;
  }
  try {
    const bytes = Uint8Array.from(value, (byte) => byte.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return value;
  }
}
//errspec:end
//errspec:if codeheaders

/** Returns the code in the headers of a response; "" if there is none. */
function codeInHeader(headers: Headers): string {
  for (const { name, before, after, open } of codeHeaders) {
    const joined = headerText(headers, name);
    for (const value of joined === null ? [] : [joined, ...joined.split(", ")]) {
      const text = open ? `${value} ` : value; // white space at the end is not sent
      const end = open ? text.indexOf(after, before.length) + after.length : text.length;
      const code = cut(text.slice(0, end), before, after);
      if (code !== undefined) {
        return code;
      }
    }
  }
  return "";
}
//errspec:end
//errspec:if statusbody

function bodyStatusOf(status: number, { statuses }: Found): number | null {
  return statuses.every((stated) => stated === status) ? null : (lastOf(statuses) ?? null);
}
//errspec:end

/** The longest delay that a Go server knows, in seconds. */
const maxSeconds = 9_223_372_036.854_776;

/** Returns what the Retry-After header says, in seconds. */
function waitInHeader(headers: Headers, { now = Date.now }: DecodeOptions): number | undefined {
  const header = headers.get("Retry-After");
  return header === null ? undefined : longestWait(header, now);
}
//errspec:if retrybody

/** Returns what the body says of the time to wait, in seconds. */
function waitInBody(value: unknown): number | undefined {
  const seconds = typeof value === "string" ? numberIn(value) : value;
  return typeof seconds === "number" ? Math.min(Math.max(seconds, 0), maxSeconds) : undefined;
}
//errspec:end

/** Returns the number that a text is. */
function numberIn(text: string): number | undefined {
  const isNumber = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text);
  return isNumber ? Number(text) : undefined;
}

/**
 * Reads a Retry-After header (RFC 9110, section 10.2.3). It also accepts what other servers send:
 * fractions, durations such as 1m30s, other forms of a date, and lists, whose longest wait counts.
 */
function longestWait(header: string, now: () => number): number | undefined {
  const parts = header.split(",").map((part) => part.trim());
  let longest: number | undefined;
  parts.forEach((part, i) => {
    const next = parts[i + 1];
    // Most dates have a comma: Fri, 12 Jun 2026 15:04:05 GMT.
    const wait =
      waitOf(part, now) ?? (next === undefined ? undefined : waitOf(`${part}, ${next}`, now));
    if (wait !== undefined) {
      longest = Math.max(longest ?? 0, wait);
    }
  });
  return longest;
}

/** Reads one value of a Retry-After header. Numbers are rounded up; a date in the past is 0. */
function waitOf(text: string, now: () => number): number | undefined {
  const seconds = numberIn(text) ?? durationIn(text);
  if (seconds !== undefined) {
    return Math.min(Math.ceil(Math.max(seconds, 0)), maxSeconds);
  }
  const date = dateIn(text);
  return date === undefined ? undefined : Math.max(date - now(), 0) / 1000;
}

/** Returns a duration such as 1m30s in seconds. */
function durationIn(text: string): number | undefined {
  const nanoseconds = nanosecondsIn(text);
  return nanoseconds === undefined ? undefined : Number(nanoseconds) / 1e9;
}

/** Returns a duration such as 1m30s or -1.5h in nanoseconds, exactly. */
function nanosecondsIn(text: string): bigint | undefined {
  const sign = /^[-+]/.exec(text)?.[0] ?? "";
  const part = /(\d{0,20})(?:\.(\d{0,20}))?(ns|us|µs|μs|ms|s|m|h)/y;
  part.lastIndex = sign.length;
  let total = BigInt(0);
  do {
    const [, whole = "", fraction = "", unit = ""] = part.exec(text) ?? [];
    if (whole + fraction === "") {
      return undefined;
    }
    const parts = BigInt(10 ** fraction.length);
    total += (BigInt(whole + fraction) * nanosecondsPer(unit)) / parts;
  } while (part.lastIndex < text.length);
  const nanoseconds = sign === "-" ? -total : total;
  return BigInt.asIntN(64, nanoseconds) === nanoseconds ? nanoseconds : undefined;
}

function nanosecondsPer(unit: string): bigint {
  switch (unit) {
    case "h":
      return BigInt(3_600e9);
    case "m":
      return BigInt(60e9);
    case "s":
      return BigInt(1e9);
    case "ms":
      return BigInt(1e6);
    case "ns":
      return BigInt(1);
    default:
      return BigInt(1e3);
  }
}

/** The forms of a date in a header (RFC 9110, section 5.6.7), and what other servers make of them. */
const httpDates = [
  /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d) (GMT|UTC|[-+]\d{4})$/,
  /^[A-Z][a-z]{5,8}, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\d\d:\d\d:\d\d) (GMT|UTC)$/,
];

/** The third form: Fri Jun 12 15:04:05 2026. A space stands for the first digit of a day below 10. */
const asctime = /^([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) (\d{4})$/;

/** Returns a date of a header, or of RFC 3339, in milliseconds since 1970. */
function dateIn(text: string): number | undefined {
  if (isTime(text)) {
    return Date.parse(text);
  }
  const usual = text
    .replace(/^([A-Z][a-z]{2} [A-Z][a-z]{2})  (\d)/, "$1 0$2")
    .replace(asctime, "$1, $3 $2 $5 $4 GMT");
  for (const form of httpDates) {
    const [, day, month = "", year = "", time, zone = ""] = form.exec(usual) ?? [];
    const number = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(month) / 3 + 1;
    if (month === "" || number % 1 !== 0 || number < 1) {
      continue;
    }
    const century = year.length === 4 ? "" : Number(year) < 69 ? "20" : "19";
    const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : "Z";
    const date = [century + year, String(number).padStart(2, "0"), day].join("-");
    const iso = `${date}T${time}${offset}`;
    return isTime(iso) ? Date.parse(iso) : undefined;
  }
  return undefined;
}

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[-+](\d\d):(\d\d))$/;

/** Reports whether a text is a time of RFC 3339. */
function isTime(text: string): boolean {
  const match = rfc3339.exec(text);
  if (match === null) {
    return false;
  }
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = match
    .slice(1)
    .map((digits = "0") => Number(digits)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return (
    day >= 1 &&
    day <= days &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    zoneHour <= 24 &&
    zoneMinute < 60
  );
}
//errspec:if time

/** Returns a time of RFC 3339 in UTC, without zeros at the end of its fraction. */
function utcOf(time: string): string {
  const fraction = /\.\d{1,9}/.exec(time)?.[0].replace(/\.?0+$/, "") ?? "";
  const whole = new Date(time.replace(/\.\d+/, "")).toISOString().slice(0, -".000Z".length);
  return `${whole}${fraction}Z`;
}
//errspec:end

/** What is read of an error whose code is known. */
interface Details {
  readonly variant: string | null;
  readonly hasParams: boolean;
  readonly params: Values;
}
//errspec:if forms

/** What is read to find them. */
interface Told {
  readonly found: Found;
  readonly message: string | null;
  readonly headers: Headers;
}

/**
 * Reads the variant and the params, from the members of the body, or else from its message or the
 * headers.
 */
function detailsOf(form: Form, received: Told): Details {
  const { messages } = form;
  const { message } = received;
  let n = messages.findIndex(({ text }) => message !== null && isText(text, message));
  //errspec:if silentbody
  if (message === null) {
    n = messages.findIndex(({ text }) => text === undefined);
  }
  //errspec:if choices
  if (received.found.hidesMessage) {
    n = -1;
  }
  //errspec:end
  //errspec:end
  let params: Values = {};
  let hasParams = true;
  //errspec:if params
  let body: Body = { params: {}, fits: true };
  let isEnough = false;
  //errspec:if bodyparams
  body = paramsOf(form, received.found);
  isEnough = messages.length === 1 && body.fits && isWhole(form, 0, body.params);
  //errspec:end
  if (message !== null && !isEnough && Object.keys(form.params).length > 0) {
    [n, params] = readMessage(form, message);
  }
  //errspec:end
  if (messages.length === 1) {
    n = 0;
  }
  //errspec:if variantbody
  const stated = stringOr(received.found.values.variant);
  if (stated !== null) {
    const said = messages.findIndex(({ variant }) => stated !== "" && variant === stated);
    //errspec:if params
    if (said !== n) {
      params = message === null ? {} : certain(form, messages[said]?.text, message, readText);
    }
    //errspec:end
    n = said;
  }
  //errspec:end
  //errspec:if params
  params = { ...params, ...body.params };
  //errspec:if headerparams
  params = { ...headerParams(form, received.headers), ...params };
  //errspec:end
  hasParams = body.fits && isWhole(form, n, params);
  //errspec:end
  return { variant: messages[n]?.variant ?? null, hasParams, params };
}
//errspec:end
//errspec:if forms bystatus

function isText(template: Template | undefined, text: string): boolean {
  return template?.length === 1 && template[0] === text;
}
//errspec:end
//errspec:if params

/** Reports whether all params are there that a message needs; -1: that any message needs. */
function isWhole(form: Form, message: number, params: Values): boolean {
  const texts = message < 0 ? form.messages : form.messages.slice(message, message + 1);
  return Object.entries(form.params).every(
    ([name, { need }]) =>
      owns(params, name) ||
      need === "never" ||
      (need === undefined && !texts.some(({ text = [] }) => isInText(text, name))),
  );
}

function isInText(template: Template, name: string): boolean {
  return template.some((part, i) => i % 2 === 1 && part === name);
}

interface Reading {
  readonly match: Match;
  readonly value?: unknown;
}

/** The params of a body, and whether all are of their types. */
interface Body {
  readonly params: Values;
  readonly fits: boolean;
}

const matched = (value: unknown): Reading => ({ match: theMatch, value });
//errspec:if int float bool bytes duration time headerparams
const unmatched: Reading = { match: noMatch };
//errspec:end

/** Reads a text as a message of a code. It returns which (-1: none, or several), and certain params. */
function readMessage(form: Form, text: string): [n: number, params: Values] {
  let n = -1;
  let best: Match = noMatch;
  let params: Values = {};
  form.messages.forEach((message, k) => {
    const [match, values] = readTemplate(form, message.text, text, readText);
    const found = match === theMatch ? aMatch : match; // params or not, the text is the message
    if (found === noMatch || found < best) {
      return;
    }
    n = found === best ? -1 : k; // it is either
    params = n >= 0 && match === theMatch ? values : {};
    best = found;
  });
  return [n, params];
}
//errspec:if variantbody headerparams

/** Returns the params of a text, if they are certain. */
function certain(form: Form, template: Template | undefined, text: string, read: ReadText): Values {
  const [match, values] = readTemplate(form, template, text, read);
  return match === theMatch ? values : {};
}
//errspec:end

type ReadText = (text: string, type: Type) => Reading;

/**
 * Reads a text as one message. It cuts the text at the literals twice: with each literal as far
 * left as possible, then as far right as possible. If both agree, there is only one way to cut it.
 */
function readTemplate(
  form: Form,
  template: Template | undefined,
  text: string,
  read: ReadText,
): [Match, Values] {
  if (template === undefined) {
    return [noMatch, {}]; // it is sent without a message
  }
  const literals = template.filter((_, i) => i % 2 === 0);
  const names = template.filter((_, i) => i % 2 === 1);
  const [first = "", ...infixes] = literals;
  const last = infixes.pop();
  if (last === undefined) {
    return [text === first ? theMatch : noMatch, {}];
  }
  if (!text.startsWith(first) || !text.slice(first.length).endsWith(last)) {
    return [noMatch, {}];
  }
  const inner = text.slice(first.length, text.length - last.length);
  const parts = cutLeft(inner, infixes);
  if (parts === undefined) {
    return [noMatch, {}];
  }
  if (!isCutRight(inner, infixes, parts)) {
    return [aMatch, {}];
  }
  let match: Match = theMatch;
  const values: Values = {};
  for (const [i, name] of names.entries()) {
    const part = parts[i];
    if (part === undefined || parts[names.indexOf(name)] !== part) {
      return [noMatch, {}]; // one param with two values
    }
    const found = read(part, form.params[name]?.type ?? "string");
    match = found.match < match ? found.match : match;
    if (found.value !== undefined) {
      values[name] = found.value;
    }
  }
  return [match, values];
}

/** Cuts a text at literals, each as far left as it goes. */
function cutLeft(text: string, literals: readonly string[]): string[] | undefined {
  const parts: string[] = [];
  let from = 0;
  for (const literal of literals) {
    const at = text.indexOf(literal, from);
    if (at < 0) {
      return undefined;
    }
    parts.push(text.slice(from, at));
    from = at + literal.length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Reports whether a text has these parts if it is cut at literals, each as far right as it goes. */
function isCutRight(text: string, literals: readonly string[], parts: readonly string[]): boolean {
  let rest = text;
  for (let k = literals.length - 1; k >= 0; k--) {
    const literal = literals[k] ?? "";
    const at = rest.lastIndexOf(literal);
    if (literal === "" || rest.slice(at + literal.length) !== parts[k + 1]) {
      return false; // nothing tells where a part ends
    }
    rest = rest.slice(0, at);
  }
  return true;
}

/** Reads a param from its text in a message. A text that the server would write otherwise is no match. */
function readText(text: string, type: Type): Reading {
  switch (type) {
    //errspec:if int
    case "int":
      return readInt(text);
    //errspec:end
    //errspec:if float
    case "float": {
      const number = Number(text);
      return Number.isFinite(number) && String(number) === text ? matched(number) : unmatched;
    }
    //errspec:end
    //errspec:if bool
    case "bool":
      return text === "true" || text === "false" ? matched(text === "true") : unmatched;
    //errspec:end
    //errspec:if bytes
    case "bytes":
      return readBytes(text);
    //errspec:end
    //errspec:if duration
    case "duration": {
      const nanoseconds = nanosecondsIn(text);
      const isCanonical = nanoseconds !== undefined && durationText(nanoseconds) === text;
      return isCanonical ? matched(Number(nanoseconds) / 1e9) : unmatched;
    }
    //errspec:end
    //errspec:if time
    case "time":
      return isTime(text) && utcOf(text) === text ? matched(text) : unmatched;
    //errspec:end
  }
  if (typeof type === "object" && "enum" in type && !type.enum.includes(text)) {
    return { match: newMatch, value: text };
  }
  if (text.includes("\ufffd")) {
    return { match: aMatch }; // JSON has U+FFFD where the sender's text was broken
  }
  return matched(text);
}
//errspec:if int bytes

/** Returns a whole number of 64 bits. One that no number of JavaScript is exactly is certain, but absent. */
function exactly(number: bigint): Reading {
  if (BigInt.asIntN(64, number) !== number) {
    return unmatched;
  }
  return BigInt(Number(number)) === number ? matched(Number(number)) : { match: theMatch };
}
//errspec:end
//errspec:if int

function readInt(text: string): Reading {
  return /^(?:0|-?[1-9]\d{0,18})$/.test(text) ? exactly(BigInt(text)) : unmatched;
}
//errspec:end
//errspec:if bytes

/** The units of sizes: SI, then IEC; the largest that divides a size is used. */
const byteUnits: readonly (readonly [name: string, size: number])[] = [
  ["EB", 1e18],
  ["PB", 1e15],
  ["TB", 1e12],
  ["GB", 1e9],
  ["MB", 1e6],
  ["kB", 1e3],
  ["EiB", 2 ** 60],
  ["PiB", 2 ** 50],
  ["TiB", 2 ** 40],
  ["GiB", 2 ** 30],
  ["MiB", 2 ** 20],
  ["KiB", 2 ** 10],
  ["B", 1],
];

function readBytes(text: string): Reading {
  const [, digits = "", unit = ""] = /^(0|-?[1-9]\d{0,18}) ([A-Za-z]{1,3})$/.exec(text) ?? [];
  const size = byteUnits.find(([name]) => name === unit)?.[1];
  if (size === undefined) {
    return unmatched;
  }
  const bytes = BigInt(digits) * BigInt(size);
  const divides = (size: number) => digits !== "0" && bytes % BigInt(size) === BigInt(0);
  const [largest] = byteUnits.find(([, size]) => divides(size)) ?? ["B"];
  return largest === unit ? exactly(bytes) : unmatched;
}
//errspec:end
//errspec:if duration

/** Returns a duration as Go prints it, without units that are zero at its end: 6s, 1m30s, 1h. */
function durationText(nanoseconds: bigint): string {
  const sign = nanoseconds < 0 ? "-" : "";
  const all = nanoseconds < 0 ? -nanoseconds : nanoseconds;
  if (all < 1) {
    return "0s";
  }
  if (all < 1e9) {
    const unit = all < 1e3 ? "ns" : all < 1e6 ? "µs" : "ms";
    return sign + decimal(all, nanosecondsPer(unit)) + unit;
  }
  const hours = all / nanosecondsPer("h");
  const minutes = (all / nanosecondsPer("m")) % BigInt(60);
  const rest = all % nanosecondsPer("m");
  const h = hours > 0 ? `${hours}h` : "";
  const m = minutes > 0 || (hours > 0 && rest > 0) ? `${minutes}m` : "";
  const s = rest > 0 ? `${decimal(rest, nanosecondsPer("s"))}s` : "";
  return sign + h + m + s;
}

/** Returns a quotient as a decimal number, without zeros at its end. */
function decimal(dividend: bigint, divisor: bigint): string {
  const digits = String((dividend % divisor) + divisor).slice(1);
  const fraction = digits.replace(/0+$/, "");
  return String(dividend / divisor) + (fraction === "" ? "" : `.${fraction}`);
}
//errspec:end
//errspec:end
//errspec:if headerparams

/** Returns the params that headers are made of. */
function headerParams(form: Form, headers: Headers): Values {
  const params: Values = {};
  for (const { name, text } of form.headers ?? []) {
    const value = headerText(headers, name);
    if (value !== null) {
      Object.assign(params, { ...certain(form, text, value, readHeader), ...params });
    }
  }
  return params;
}

/** Reads a param from its text in a header. */
function readHeader(text: string, type: Type): Reading {
  switch (type) {
    //errspec:if bytes
    case "bytes":
      return /^[-+]?\d{1,1000}$/.test(text) ? exactly(BigInt(text)) : unmatched;
    //errspec:end
    case "duration": {
      const seconds = /^[-+]?\d{1,1000}$/.test(text) ? Number(text) : NaN;
      return Math.abs(seconds) <= maxSeconds ? matched(seconds) : unmatched;
    }
    //errspec:if time
    case "time": {
      const date = dateIn(text);
      return date === undefined ? unmatched : matched(utcOf(new Date(date).toISOString()));
    }
    //errspec:end
    default:
      return readText(text, type);
  }
}
//errspec:end
//errspec:if bodyparams

/** Reads the params that a body carries. */
function paramsOf(form: Form, found: Found): Body {
  const params: Values = {};
  let fits = true;
  for (const [name, { wire, type, need }] of Object.entries(form.params)) {
    const value = paramIn(found, wire, need === "never");
    if (value === undefined) {
      continue;
    }
    const { fit, value: read } = readValue(value, type);
    fits &&= fit === "whole";
    if (fit !== "not") {
      params[name] = read;
    }
  }
  return { params, fits };
}

/** Returns the value of a param. Null is no value for one that is optional. */
function paramIn(found: Found, wire: string, isOptional: boolean): unknown {
  const named = found.named.filter(({ name }) => name === wire).pop();
  //errspec:if ors
  if (isOptional && named?.isAbsent) {
    return undefined;
  }
  //errspec:end
  const all = found.values.params;
  const value = named === undefined && isObject(all) ? lookup(all, wire) : named?.value;
  return isOptional && value === null ? undefined : value;
}

/** How much of a JSON value is of its type, and that. */
interface Fit {
  readonly fit: "not" | "part" | "whole";
  readonly value?: unknown;
}

const misfit: Fit = { fit: "not" };

function fitIf(fits: boolean, value: unknown): Fit {
  return fits ? { fit: "whole", value } : misfit;
}

/** Reads JSON as a type. What is not of it is omitted: the value, an item, or a member. */
function readValue(value: unknown, type: Type): Fit {
  switch (type) {
    case "int":
    case "bytes":
      return fitIf(Number.isSafeInteger(value), value);
    case "float":
      return fitIf(Number.isFinite(value), value);
    case "duration":
      return fitIf(typeof value === "number" && Math.abs(value) <= maxSeconds, value);
    case "bool":
      return fitIf(typeof value === "boolean", value);
    //errspec:if time
    case "time":
      return typeof value === "string" && isTime(value) ? fitIf(true, utcOf(value)) : misfit;
    //errspec:end
    //errspec:if rawjson
    case "json":
      return fitIf(isShallow(value, 200), value);
    //errspec:end
    case "string":
      return fitIf(typeof value === "string", value);
  }
  if (typeof type === "string" || "enum" in type) {
    return fitIf(typeof value === "string", value); // a newer server may know more of an enum
  }
  //errspec:if lists
  if ("list" in type) {
    return readList(value, type.list);
  }
  //errspec:end
  //errspec:if maps
  if ("map" in type) {
    return readMap(value, type.map);
  }
  //errspec:end
  //errspec:if objects
  if ("fields" in type) {
    return readObject(value, type.fields);
  }
  //errspec:end
  return misfit;
}
//errspec:if lists

function readList(value: unknown, type: Type): Fit {
  if (value !== null && !Array.isArray(value)) {
    return misfit;
  }
  const items = ((value ?? []) as readonly unknown[]).map((item) => readValue(item, type));
  const isWhole = items.every(({ fit }) => fit === "whole");
  return {
    fit: isWhole ? "whole" : "part",
    value: items.filter(({ fit }) => fit !== "not").map(({ value }) => value),
  };
}
//errspec:end
//errspec:if maps

function readMap(value: unknown, type: Type): Fit {
  if (value !== null && !isObject(value)) {
    return misfit;
  }
  const members = Object.entries(value ?? {}).map(
    ([key, member]) => [key, readValue(member, type)] as const,
  );
  const isWhole = members.every(([, { fit }]) => fit === "whole");
  const fitting = members
    .filter(([, { fit }]) => fit !== "not")
    .map(([key, { value }]) => [key, value] as const);
  return { fit: isWhole ? "whole" : "part", value: Object.fromEntries(fitting) };
}
//errspec:end
//errspec:if objects

function readObject(value: unknown, fields: Readonly<Record<string, Field>>): Fit {
  if (!isObject(value)) {
    return misfit;
  }
  let isWhole = true;
  const object: Values = {};
  for (const [name, { wire, type, optional }] of Object.entries(fields)) {
    const member = lookup(value, wire);
    if (optional && (member === undefined || member === null)) {
      continue; // null is no value for a member that is optional
    }
    const { fit, value: read } = member === undefined ? misfit : readValue(member, type);
    isWhole &&= fit === "whole";
    if (fit !== "not") {
      object[name] = read;
    }
  }
  return { fit: isWhole ? "whole" : "part", value: object };
}
//errspec:end
//errspec:if rawjson

/** Reports whether JSON nests no deeper than that. */
function isShallow(value: unknown, levels: number): boolean {
  const isScalar = typeof value !== "object" || value === null;
  return isScalar || (levels > 0 && Object.values(value).every((v) => isShallow(v, levels - 1)));
}
//errspec:end
//errspec:end

/** Decides about one error of a response. */
function decideOne(error: ApiError, attempt: number, random: () => number): Writable<Decision> {
  //errspec:if statusbody
  if (error.bodyStatus !== null) {
    return stop("the response's status and its body's differ");
  }
  //errspec:end
  const policy = policyOf(error);
  if (policy === undefined) {
    return stop("the code is not retried");
  }
  const { baseMs, factor, maxDelayMs, jitter, anyMethod = false } = policy;
  const retryAfterMs = (error.retryAfter ?? 0) * 1000;
  if (attempt > policy.maxRetries) {
    return stop("no retries are left");
  }
  if ((error.retryAfter ?? 0) > policy.maxRetryAfterMs / 1000) {
    return stop("the server asks for a longer wait than the policy allows");
  }
  const full = Math.min(baseMs * factor ** Math.max(attempt - 1, 0), maxDelayMs);
  const delayMs = Math.max(full * (1 - jitter * random()), retryAfterMs);
  return { retry: true, delayMs, anyMethod, reason: "the policy allows it" };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function stop(reason: string): Decision {
  return { retry: false, delayMs: 0, anyMethod: false, reason };
}

/** Returns the policy that an error follows. */
function policyOf(error: ApiError): RetryPolicy | undefined {
  const code = error.code ?? (error as Unrecognized).retired?.use;
  if (code !== undefined) {
    return lookup<CatalogEntry>(catalog, code)?.retry;
  }
  return isGateways(error.status) ? defaultPolicy : undefined;
}

/** Reports whether gateways send a status when the server behind them does not answer. */
function isGateways(status: number): boolean {
  return [429, 502, 503, 504].includes(status);
}

/** Reports whether the catalog retries any code with a status. */
function mayRetry(status: number, isSafe: boolean, attempt: number): boolean {
  const allows = (policy: RetryPolicy | undefined) =>
    policy !== undefined && attempt <= policy.maxRetries && (isSafe || policy.anyMethod === true);
  if (status < 400) {
    return false;
  }
  const entries: CatalogEntry[] = Object.values(catalog);
  const replaced: Retired[] = Object.values(retired);
  return (
    (isGateways(status) && allows(defaultPolicy)) ||
    entries.some(({ statuses, retry }) => statuses.includes(status) && allows(retry)) ||
    replaced.some(
      ({ status: was = status, use }) =>
        was === status && use !== undefined && allows(lookup<CatalogEntry>(catalog, use)?.retry),
    )
  );
}

/** Reports whether a value is a request, also one of another realm or library. */
function isRequest(input: string | URL | Request): input is Request {
  return typeof input === "object" && "method" in input;
}

/** Reports whether a request's body can be sent a second time. */
function mayRepeat(request: Request | undefined, init: RequestInit | undefined): boolean {
  const body: unknown = init?.body;
  const isStream =
    typeof body === "object" &&
    body !== null &&
    ("getReader" in body || Symbol.asyncIterator in body);
  return !isStream && !(body == null && request?.bodyUsed === true);
}

/** Reports whether a request may be sent twice, whatever the server did with it. */
function isIdempotent(request: Request | undefined, init: RequestInit | undefined): boolean {
  const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
  if (["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"].includes(method)) {
    return true;
  }
  const headers = new Headers(init?.headers ?? request?.headers);
  return headers.has("Idempotency-Key") || headers.has("X-Idempotency-Key");
}

/** The longest delay of a timer: a longer one would not wait at all. */
const longestTimer = 0x7fff_ffff;

/** Waits; rejects if the signal aborts. */
function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      },
      Math.min(delayMs, longestTimer),
    );
    signal?.addEventListener("abort", abort, { once: true });
  });
}
