import type { Dispatcher } from "undici";
import { startDeadline } from "./deadline.ts";
import { classOfStatus, type Failure, type FailureCode, failureOf } from "./failure.ts";
import { flatten } from "./fetch-feed.ts";
import type { HttpClient } from "./http-client.ts";
import { readHead } from "./read-body.ts";
import { readRetryAfter } from "./retry-after.ts";

export interface WebhookRequest {
  readonly url: string;
  /** Signature and content headers; the client adds its user agent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Bounds the whole exchange. Default 15 s. */
  readonly timeoutMs?: number;
  /** Bounds what is read of the answer. Default 64 KiB. */
  readonly maxResponseBytes?: number;
  /** Ends the exchange early, when the service stops. */
  readonly signal?: AbortSignal;
}

/** One HTTP try to hand an alert to an endpoint. */
export type AttemptResult = AttemptDelivered | AttemptFailed;

interface Exchange {
  /** Milliseconds from the start to the end of the exchange. */
  readonly durationMs: number;
  /** What the endpoint answered, at most `maxResponseBytes`, for the attempt's log; invalid UTF-8 and NUL replaced. */
  readonly responseBody: string;
  /** The answer's headers, names in lower case; null when there was no answer. */
  readonly responseHeaders: Readonly<Record<string, string>> | null;
}

export interface AttemptDelivered extends Exchange {
  readonly outcome: "delivered";
  readonly status: number;
}

export interface AttemptFailed extends Exchange, Omit<Failure, "code"> {
  readonly code: FailureCode;
}

const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024;
const NO_ANSWER = { responseBody: "", responseHeaders: null };

/**
 * Posts a signed alert to an endpoint under the same guard as feeds. Only a complete 2xx answer within the size cap
 * is a delivery; a redirect is a failure and never followed. Never rejects.
 */
export async function postWebhook(client: HttpClient, request: WebhookRequest): Promise<AttemptResult> {
  const started = performance.now();
  const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const exchange = (answer: Pick<Exchange, "responseBody" | "responseHeaders"> = NO_ANSWER): Exchange => ({
    durationMs: Math.round(performance.now() - started),
    ...answer,
  });
  if (!URL.canParse(request.url))
    return { outcome: "failed", class: "hard", code: "invalid-url", reason: "the URL cannot be read", ...exchange() };
  const deadline = startDeadline(timeoutMs, request.signal);
  try {
    const { result, ...answer } = await send(client, request, deadline.signal);
    return { ...result, ...exchange(answer) };
  } catch (error) {
    return { ...failureOf(error, deadline.endedBy(), timeoutMs), ...exchange() };
  } finally {
    deadline.release();
  }
}

type Judged = { outcome: "delivered"; status: number } | Failure;

async function send(
  client: HttpClient,
  request: WebhookRequest,
  signal: AbortSignal,
): Promise<{ result: Judged } & Pick<Exchange, "responseBody" | "responseHeaders">> {
  const headers = {
    "content-type": "application/json",
    accept: "*/*",
    "accept-encoding": "identity",
    ...request.headers,
  };
  const response = await client.send(new URL(request.url), { method: "POST", headers, body: request.body, signal });
  const maxBytes = request.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
  const { bytes, complete } = await headOfBody(response, maxBytes);
  const responseBody = new TextDecoder().decode(bytes).replaceAll("\0", "\ufffd");
  const responseHeaders = flatten(response.headers);
  const result = judge(response.statusCode, complete, maxBytes, responseHeaders["retry-after"]);
  return { result, responseBody, responseHeaders };
}

/** Where the status tells a failure already, a body that breaks off does not hide it. */
async function headOfBody(response: Dispatcher.ResponseData, maxBytes: number): ReturnType<typeof readHead> {
  const { statusCode, body } = response;
  if (statusCode >= 200 && statusCode <= 299) return readHead(body, maxBytes);
  return readHead(body, maxBytes).catch(() => ({ bytes: new Uint8Array(), complete: false }));
}

function judge(status: number, complete: boolean, maxBytes: number, retryAfter: string | undefined): Judged {
  if (status >= 200 && status <= 299) {
    if (complete) return { outcome: "delivered", status };
    return {
      outcome: "failed",
      class: "soft",
      code: "too-large",
      status,
      reason: `the answer is larger than ${maxBytes} bytes`,
    };
  }
  const retryAfterMs = readRetryAfter(retryAfter, Date.now());
  const reason =
    status >= 300 && status <= 399
      ? `the endpoint answered ${status}; redirects are not followed`
      : `the endpoint answered ${status}`;
  const code = status >= 300 && status <= 399 ? "redirect" : "status";
  return {
    outcome: "failed",
    class: classOfStatus(status),
    code,
    status,
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
