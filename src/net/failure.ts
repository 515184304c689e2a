import { RefusedError } from "./guarded-connect.ts";
import { BodyError } from "./read-body.ts";

/**
 * How a failure weighs. hard: it will not pass by itself (410, a refused address). soft: the publisher answered with
 * something that is no feed or no success, it may pass. temporary: the network or an overloaded server.
 */
export type FailureClass = "hard" | "soft" | "temporary";

/** What went wrong, for metrics and for telling our own network's outage from a publisher's. */
export type FailureCode =
  | "refused"
  | "invalid-url"
  | "redirect"
  | "status"
  | "too-large"
  | "truncated"
  | "bad-coding"
  | "timeout"
  | "dns"
  | "tls"
  | "connection"
  | "closed";

export interface Failure {
  readonly outcome: "failed";
  readonly class: FailureClass;
  readonly code: FailureCode;
  /** The HTTP status, where there was an answer. 410 retires a feed and disables an endpoint. */
  readonly status?: number;
  /** One sentence for a human, without the URL. */
  readonly reason: string;
  /** What the server asked for, milliseconds, at most 24 hours. */
  readonly retryAfterMs?: number;
}

/** The class of a status that is no success: 4xx that name a lasting state are hard, overload is temporary. */
export function classOfStatus(status: number): FailureClass {
  if (status === 410 || status === 404 || status === 401 || status === 451) return "hard";
  if (status === 408 || status === 425 || status === 429 || status >= 500) return "temporary";
  return "soft";
}

/** Nothing of the server was heard: it may as well be our own network. */
export function isUnreachable({ code }: Pick<Failure, "code">): boolean {
  return code === "dns" || code === "connection" || code === "timeout";
}

/** The server asks for fewer requests (429) or is overloaded (503). */
export function isOverload({ status }: Pick<Failure, "status">): boolean {
  return status === 429 || status === 503;
}

const TIMEOUTS = new Set(["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ETIMEDOUT"]);
const ALLOW = " (see RASID_ALLOW_ADDRESSES)";
const DNS = new Set(["ENOTFOUND", "EAI_AGAIN", "ENODATA", "ESERVFAIL"]);

/** Describes whatever a request threw. `endedBy` tells the total deadline and a stop of the service from other errors. */
export function failureOf(error: unknown, endedBy: "time" | "stop" | null, deadlineMs: number): Failure {
  const failed = (kind: FailureClass, code: FailureCode, reason: string): Failure => ({
    outcome: "failed",
    class: kind,
    code,
    reason,
  });
  if (endedBy === "time") return failed("temporary", "timeout", `no complete answer within ${deadlineMs} ms`);
  if (endedBy === "stop") return failed("temporary", "closed", "the service stops");
  const { code, message } = rootOf(error);
  if (error instanceof RefusedError || rootOf(error).name === "RefusedError")
    return failed("hard", "refused", `refused: ${message}${message.endsWith(" not public") ? ALLOW : ""}`);
  if (error instanceof BodyError) return failed("soft", error.code, error.message);
  if (code === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH")
    return failed("soft", "truncated", "the body is not as long as announced");
  if (code === "UND_ERR_ABORTED" || code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED")
    return failed("temporary", "closed", "the client was closed");
  if (TIMEOUTS.has(code)) return failed("temporary", "timeout", "the server did not answer in time");
  if (DNS.has(code)) return failed("temporary", "dns", "the host name cannot be resolved");
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code))
    return failed("soft", "tls", `TLS: ${plainTlsMessage(message)}`);
  if (code === "ECONNREFUSED") return failed("temporary", "connection", "the server refuses connections");
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH")
    return failed("temporary", "connection", `there is no way to the server (${code})`);
  if (code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE")
    return failed("temporary", "connection", "the connection was cut before the answer was complete");
  return failed("temporary", "connection", code === "" ? `the connection failed: ${message}` : `${code}: ${message}`);
}

/** OpenSSL tells in one line where in its own code it met what: "…:error:0A00010B:SSL routines:…:wrong version number:…". */
function plainTlsMessage(message: string): string {
  return /:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1] ?? message;
}

/** Errors of several connection attempts come bundled; the first one speaks for them. */
function rootOf(error: unknown): { code: string; message: string; name: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: "", message: String(first), name: "" };
  const code = (first as NodeJS.ErrnoException).code;
  return { code: typeof code === "string" ? code : "", message: first.message, name: first.name };
}
