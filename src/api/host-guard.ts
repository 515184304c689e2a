import type { FastifyInstance } from "fastify";
import { Problem } from "./problem.ts";

const LOCAL_NAMES = ["localhost", "127.0.0.1", "[::1]"];

/** The host name of a Host header, without port, lower-cased. */
export function hostName(header: string | undefined): string {
  if (header === undefined) return "";
  const bracket = /^\[[^\]]+\]/.exec(header);
  return (bracket ? bracket[0] : (header.split(":")[0] ?? "")).toLowerCase();
}

/**
 * Refuses requests whose Host is not localhost, the bound address or a configured name: a page of another site that
 * points its name at this machine (DNS rebinding) must not reach the daemon.
 */
export function guardHost(app: FastifyInstance, options: { bound: string; configured: readonly string[] }): void {
  const bound = options.bound.includes(":") ? `[${options.bound}]` : options.bound;
  const known = new Set([...LOCAL_NAMES, bound, ...options.configured].map((name) => hostName(name)));
  app.addHook("onRequest", async (request) => {
    if (known.has(hostName(request.headers.host))) return;
    throw new Problem(
      421,
      "Misdirected request",
      "this Host is not served here; name it in RASID_HOSTS if it should be",
    );
  });
}
