import type { Dispatcher } from "undici";
import { startDeadline } from "./deadline.ts";
import { classOfStatus, type Failure, failureOf } from "./failure.ts";
import type { HttpClient } from "./http-client.ts";
import { ACCEPTED_CODINGS, readBody } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";

export interface FetchRequest {
  readonly url: string;
  /** Validators of the last answer that was taken; they must not be kept from an answer that failed. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** What is asked for; feeds unless said otherwise. */
  readonly accept?: string;
  /** Bounds the whole exchange, redirects and body included. Default 30 s. */
  readonly deadlineMs?: number;
  /** Bounds the body after decoding. Default 10 MiB. */
  readonly maxBytes?: number;
  /** Ends the exchange early, when the service stops. */
  readonly signal?: AbortSignal;
}

interface Answered {
  /** Header names in lower case; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from after redirects. */
  readonly finalUrl: string;
  /** The permanent redirects (301, 308) that began the way, in order; a temporary one ends the list. */
  readonly permanentRedirects: readonly string[];
}

export interface NotModified extends Answered {
  readonly outcome: "notModified";
}

export interface Fetched extends Answered {
  readonly outcome: "fetched";
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** A failed fetch is a value, not an error: the worker weighs it and goes on. */
export type FetchOutcome = NotModified | Fetched | Failure;

const FEED_TYPES =
  "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1";

const MOST_REDIRECTS = 5;
const SHORT_REST = 16_384;
const DEFAULT_DEADLINE_MS = 30_000;
const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

/**
 * Fetches a feed, or an article page, with a conditional GET. Redirects are followed hop by hop, each hop guarded;
 * the deadline covers everything and closes the socket; the body is capped after decoding. Never rejects.
 */
export async function fetchFeed(client: HttpClient, request: FetchRequest): Promise<FetchOutcome> {
  const deadlineMs = request.deadlineMs ?? DEFAULT_DEADLINE_MS;
  if (!URL.canParse(request.url))
    return { outcome: "failed", class: "hard", code: "invalid-url", reason: "the URL cannot be read" };
  const deadline = startDeadline(deadlineMs, request.signal);
  try {
    return await follow(client, request, deadline.signal);
  } catch (error) {
    return failureOf(error, deadline.endedBy(), deadlineMs);
  } finally {
    deadline.release();
  }
}

async function follow(client: HttpClient, request: FetchRequest, signal: AbortSignal): Promise<FetchOutcome> {
  let url = new URL(request.url);
  const permanentRedirects: string[] = [];
  let permanent = true;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
    const response = await client.send(url, { method: "GET", headers: headersOf(request), signal });
    const location = redirectOf(response);
    if (location === undefined)
      return await takeAnswer(response, request, {
        finalUrl: url.href,
        permanentRedirects,
        headers: flatten(response.headers),
      });
    await discard(response);
    if (!URL.canParse(location, url.href))
      return redirectFailure(response.statusCode, "the redirect's target cannot be read");
    url = new URL(location, url.href);
    permanent &&= response.statusCode === 301 || response.statusCode === 308;
    if (permanent) permanentRedirects.push(url.href);
  }
  return redirectFailure(undefined, `more than ${MOST_REDIRECTS} redirects`);
}

async function takeAnswer(
  response: Dispatcher.ResponseData,
  request: FetchRequest,
  answered: Answered,
): Promise<FetchOutcome> {
  const { statusCode: status, body } = response;
  const conditional = request.etag !== undefined || request.lastModified !== undefined;
  if (status === 304 && conditional) {
    await discard(response);
    return { outcome: "notModified", ...answered };
  }
  if (status < 200 || status > 299 || status === 204) {
    await discard(response);
    return statusFailure(status, answered.headers["retry-after"]);
  }
  const bytes = await readBody(body, answered.headers["content-encoding"], request.maxBytes ?? DEFAULT_MAX_BYTES);
  return { outcome: "fetched", status, bytes, ...answered };
}

function headersOf(request: FetchRequest): Record<string, string> {
  return {
    accept: request.accept ?? FEED_TYPES,
    "accept-encoding": ACCEPTED_CODINGS,
    ...(request.etag === undefined ? {} : { "if-none-match": request.etag }),
    ...(request.lastModified === undefined ? {} : { "if-modified-since": request.lastModified }),
  };
}

/** The target of a redirect; undefined when the answer is none (a 3xx without Location is not). */
function redirectOf(response: Dispatcher.ResponseData): string | undefined {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return undefined;
  const { location } = response.headers;
  // Headers are read as Latin-1; publishers write addresses in their own script as raw UTF-8.
  return typeof location === "string" && location !== "" ? Buffer.from(location, "latin1").toString("utf8") : undefined;
}

function statusFailure(status: number, retryAfter: string | undefined): Failure {
  const retryAfterMs = readRetryAfter(retryAfter, Date.now());
  const base = {
    outcome: "failed",
    class: classOfStatus(status),
    code: "status",
    status,
    reason: `the server answered ${status}`,
  } as const;
  return retryAfterMs === undefined ? base : { ...base, retryAfterMs };
}

function redirectFailure(status: number | undefined, reason: string): Failure {
  return { outcome: "failed", class: "soft", code: "redirect", reason, ...(status === undefined ? {} : { status }) };
}

/** A short rest is read so that the connection can serve again; otherwise the connection is closed. */
async function discard(response: Dispatcher.ResponseData): Promise<void> {
  const announced = Number(
    response.headers["content-length"] ?? (response.statusCode === 304 ? 0 : Number.POSITIVE_INFINITY),
  );
  if (announced <= SHORT_REST) await response.body.dump({ limit: SHORT_REST }).catch(() => undefined);
  else response.body.on("error", () => undefined).destroy();
}

/** Header names in lower case, repeated headers joined as RFC 9110 has it. */
export function flatten(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  return flat;
}
