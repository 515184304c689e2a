import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "./problem.ts";

const LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** The host name of a Host header, without port, lower-cased. */
export function hostName(header: string | undefined): string {
  if (header === undefined) return "";
  const bracket = /^\[[^\]]+\]/.exec(header);
  return (bracket ? bracket[0] : (header.split(":")[0] ?? "")).toLowerCase();
}

/** The address at which the request came in. A name may point anywhere; an address in its place is what it says. */
function ownAddress({ socket }: FastifyRequest): string {
  const address = socket.localAddress ?? "";
  if (address.startsWith("::ffff:")) return address.slice("::ffff:".length);
  return address.includes(":") ? `[${address}]` : address;
}

/**
 * Refuses requests whose Host is not localhost, an address of this machine or a configured name: a page of another site that
 * points its name at this machine (DNS rebinding) must not reach the daemon.
 */
export function guardHost(app: FastifyInstance, options: { bound: string; configured: readonly string[] }): void {
  const bound = options.bound.includes(":") ? `[${options.bound}]` : options.bound;
  const known = new Set([...LOCAL_NAMES, bound, ...options.configured].map((name) => hostName(name)));
  app.addHook("onRequest", async (request) => {
    const asked = hostName(request.headers.host);
    if (known.has(asked) || asked === ownAddress(request)) return;
    throw new Problem(
      421,
      "Misdirected request",
      "this Host is not served here; name it in RASID_HOSTS if it should be",
    );
  });
}
