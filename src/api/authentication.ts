import { createHash, randomBytes } from "node:crypto";
import "@fastify/cookie";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Problem } from "./problem.ts";

export const SCOPES = ["read", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who calls: a key of the ledger, or anyone on this machine while there is no key at all. */
export interface Caller {
  readonly keyId: string | null;
  readonly scopes: readonly Scope[];
}

/** What authentication needs of the ledger. */
export interface KeyStore {
  anyKey(): Promise<boolean>;
  findByHash(hash: Buffer): Promise<{ id: string; scopes: readonly Scope[] } | null>;
}

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** The scope that a route asks for; by default read for GET and HEAD, write for the rest. */
    scope?: Scope | "public";
  }
}

export const SESSION_COOKIE = "rasid_session";

/** A new API key: 256 random bits; only its SHA-256 is kept. */
export function newApiKey(random: (size: number) => Buffer = randomBytes): { key: string; hash: Buffer } {
  const key = `rsd_${random(32).toString("base64url")}`;
  return { key, hash: hashOfKey(key) };
}

/** Keys hold 256 random bits, so one round of SHA-256 is enough: there is nothing to guess. */
export function hashOfKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/**
 * Asks every route for a key with the scope it needs. While the ledger holds no key, callers are trusted: the daemon
 * then listens on the loopback address alone.
 */
export function authenticate(app: FastifyInstance, keys: KeyStore): void {
  app.decorateRequest("caller");
  app.addHook("onRequest", async (request) => {
    const wanted = scopeOf(request);
    if (wanted === "public") return;
    const caller = await callerOf(request, keys);
    if (caller === null)
      throw new Problem(401, "Unauthorized", "a valid API key is needed: Authorization: Bearer <key>");
    if (!mayDo(caller, wanted)) throw new Problem(403, "Forbidden", `this needs a key with the scope ${wanted}`);
    request.caller = caller;
  });
}

function scopeOf(request: FastifyRequest): Scope | "public" {
  const { scope } = request.routeOptions.config;
  if (scope !== undefined) return scope;
  return request.method === "GET" || request.method === "HEAD" ? "read" : "write";
}

function mayDo(caller: Caller, wanted: Scope): boolean {
  return SCOPES.indexOf(wanted) <= Math.max(...caller.scopes.map((scope) => SCOPES.indexOf(scope)));
}

async function callerOf(request: FastifyRequest, keys: KeyStore): Promise<Caller | null> {
  const key = presentedKey(request);
  if (key === null) return (await keys.anyKey()) ? null : { keyId: null, scopes: SCOPES };
  const found = await keys.findByHash(hashOfKey(key));
  return found === null ? null : { keyId: found.id, scopes: found.scopes };
}

/** The key of a Bearer header, of Basic credentials (as the password), or of the sign-in's cookie. */
function presentedKey(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header?.startsWith("Bearer ")) return header.slice("Bearer ".length).trim();
  if (header?.startsWith("Basic "))
    return Buffer.from(header.slice("Basic ".length), "base64").toString("utf8").split(":").slice(1).join(":");
  return request.cookies[SESSION_COOKIE] ?? null;
}
