import { isIP, type LookupFunction, type Socket } from "node:net";
import type { buildConnector } from "undici";
import { type AllowedNetwork, refusalOfAddress } from "./address-guard.ts";

/** An address, a scheme or a redirect that the guard does not let through. It never passes by itself. */
export class RefusedError extends Error {
  override name = "RefusedError";
}

export interface GuardOptions {
  readonly allowed: readonly AllowedNetwork[];
  /** How names are resolved; the system's resolver unless a test brings its own. */
  readonly resolve: LookupFunction;
  /** Milliseconds until an unanswered connection attempt fails. */
  readonly connectTimeoutMs: number;
}

/**
 * A connector that reaches only what the guard lets through. Names are resolved once, all their addresses judged,
 * and the socket is opened to the judged addresses themselves, so a name that changes its answer changes nothing.
 * @param build undici's own, which opens the sockets.
 */
export function guardedConnector(
  build: typeof buildConnector,
  { allowed, resolve, connectTimeoutMs }: GuardOptions,
): buildConnector.connector {
  const connect = build({
    lookup: guardedLookup(allowed, resolve),
    timeout: connectTimeoutMs,
  } as buildConnector.BuildOptions);
  return (options, callback) => {
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    const refusal = isIP(literal) === 0 ? null : refusalOfAddress(literal, allowed);
    if (refusal !== null) {
      callback(new RefusedError(`address ${refusal} is not public`), null);
      return;
    }
    connect({ ...options, hostname: literal }, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      return admit(socket, allowed, callback);
    });
  };
}

/** What was connected to is judged once more: whatever happened on the way, no byte is sent to a refused address. */
function admit(socket: Socket, allowed: readonly AllowedNetwork[], callback: buildConnector.Callback): void {
  const refusal = refusalOfAddress(socket.remoteAddress ?? "", allowed);
  if (refusal === null) {
    callback(null, socket);
    return;
  }
  socket.destroy();
  callback(new RefusedError(`address ${refusal} is not public`), null);
}

/** Answers with those addresses only that may be reached; a name that has none of them is refused. */
function guardedLookup(allowed: readonly AllowedNetwork[], resolve: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, answer) => {
      if (error !== null) return callback(error, "", 4);
      const addresses = Array.isArray(answer) ? answer : [];
      const reachable = addresses.filter(({ address }) => refusalOfAddress(address, allowed) === null);
      const first = reachable[0];
      if (first === undefined) return callback(unreachable(hostname, addresses[0]?.address, allowed), "", 4);
      if (options.all === true) return callback(null, reachable);
      return callback(null, first.address, first.family);
    });
  };
}

function unreachable(
  hostname: string,
  address: string | undefined,
  allowed: readonly AllowedNetwork[],
): NodeJS.ErrnoException {
  if (address === undefined) return Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND" });
  return new RefusedError(`${hostname} resolves to ${refusalOfAddress(address, allowed)}, which is not public`);
}
