import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { Agent, Dispatcher } from "undici";
import { type AllowedNetwork, compileAllowedNetworks, refusalOfAddress } from "./address-guard.ts";
import { type GuardOptions, guardedConnector, RefusedError } from "./guarded-connect.ts";

/** How the client is set up. Everything has a default that suits a daemon. */
export interface HttpClientOptions {
  /** Addresses or networks inside that may be reached nevertheless ("127.0.0.1/32"), for local tests and the demo. */
  readonly allowAddresses?: readonly string[];
  /** Sent with every request, with a way to reach the operator. */
  readonly userAgent?: string;
  /** How names are resolved; the system's resolver unless a test brings its own. */
  readonly lookup?: LookupFunction;
  /** Milliseconds until an unanswered connection attempt fails. */
  readonly connectTimeoutMs?: number;
}

/** The guarded way out: every request of the service goes through one of these. Close it when done. */
export interface HttpClient {
  readonly userAgent: string;
  /**
   * Sends one request without following redirects. The body must be read or destroyed.
   * @throws RefusedError for what the guard does not let through, otherwise what undici throws.
   */
  send(url: URL, options: SendOptions): Promise<Dispatcher.ResponseData>;
  /** Closes all sockets; open requests are aborted. */
  close(): Promise<void>;
}

export interface SendOptions {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Ends the request wherever it stands. */
  readonly signal: AbortSignal;
}

const DEFAULT_USER_AGENT = "Rasid/0.1 (feed monitor)";

/** Opens the guarded client. @throws Error that names a mistaken entry of the allow-list. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const allowed = compileAllowedNetworks(options.allowAddresses ?? []);
  const guard = {
    allowed,
    resolve: options.lookup ?? (systemLookup as LookupFunction),
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
  };
  let agent: Promise<Agent> | null = null;
  const userAgent = options.userAgent ?? DEFAULT_USER_AGENT;
  return {
    userAgent,
    async send(url, request) {
      refuseUrl(url, allowed);
      agent ??= openAgent(guard);
      return (await agent).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers: { "user-agent": userAgent, ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        signal: request.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
    },
    close: async () => (await agent)?.destroy(),
  };
}

/** Loaded with the first request: a process that asks nobody, as a worker that reads texts, need not hold undici. */
async function openAgent(guard: GuardOptions): Promise<Agent> {
  const { Agent, buildConnector } = await import("undici");
  // Proxy variables of the environment are never honoured: a proxy resolves names out of the guard's sight.
  return new Agent({
    connect: guardedConnector(buildConnector, guard),
    pipelining: 1,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 32_768,
  });
}

/** Scheme, credentials and literal addresses are judged before anything is opened. The URL parser has already undone decimal, octal and fullwidth spellings. */
function refuseUrl(url: URL, allowed: readonly AllowedNetwork[]): void {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new RefusedError(`scheme ${url.protocol.slice(0, -1)} is not http or https`);
  if (url.username !== "" || url.password !== "") throw new RefusedError("the URL carries a user name or password");
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) === 0) return;
  const refusal = refusalOfAddress(literal, allowed);
  if (refusal !== null) throw new RefusedError(`address ${refusal} is not public`);
}
