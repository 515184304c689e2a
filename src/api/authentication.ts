import { createHash, randomBytes } from "node:crypto";
import "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Problem } from "./problem.ts";
import { rememberedCallers } from "./remembered-callers.ts";

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
  /** The key behind a browser's session, by the hash of its cookie. */
  findBySession(hash: Buffer): Promise<{ id: string; scopes: readonly Scope[] } | null>;
}

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller;
  }
  interface FastifyContextConfig {
    /** The scope that a route asks for; by default read for GET and HEAD, write for the rest. */
    scope?: Scope | "public";
    /** Callers are let in as before while the ledger does not answer. */
    remembered?: boolean;
    /** The answer has no end. */
    endless?: boolean;
  }
}

export const SESSION_COOKIE = "rasid_session";
export const SIGN_IN_PATH = "/sign-in";

/** A new API key: 256 random bits; only its SHA-256 is kept. */
export function newApiKey(random: (size: number) => Buffer = randomBytes): { key: string; hash: Buffer } {
  const key = `rsd_${random(32).toString("base64url")}`;
  return { key, hash: hashOfKey(key) };
}

/** Keys hold 256 random bits, so one round of SHA-256 is enough: there is nothing to guess. */
export function hashOfKey(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

export interface AuthenticationOptions {
  readonly keys: KeyStore;
  /** Whether callers are trusted while the ledger holds no key: only where nobody but this machine can call. */
  readonly trustWithoutKey: boolean;
}

/** Asks every route for a key with the scope it needs; browsers are led to the sign-in page. */
export function authenticate(app: FastifyInstance, options: AuthenticationOptions): void {
  app.decorateRequest("caller");
  const ask = (request: FastifyRequest) => callerOf(request, options);
  const remembered = rememberedCallers({ ask, idOf: (request) => hashOfKey(shownBy(request)).toString("hex") });
  app.addHook("onRequest", async (request, reply) => {
    const wanted = scopeOf(request);
    if (wanted === "public") return;
    const caller = await (request.routeOptions.config.remembered ? remembered : ask)(request);
    if (caller === null) return turnAway(request, reply);
    if (!mayDo(caller, wanted)) throw new Problem(403, "Forbidden", `this needs a key with the scope ${wanted}`);
    request.caller = caller;
  });
}

/** Whether the caller would still be let in: keys are revoked while answers go on. */
export async function stillMay(request: FastifyRequest, options: AuthenticationOptions): Promise<boolean> {
  const caller = await callerOf(request, options);
  const wanted = scopeOf(request);
  return caller !== null && (wanted === "public" || mayDo(caller, wanted));
}

function turnAway(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (request.method === "GET" && request.headers.accept?.includes("text/html") && !request.url.startsWith("/api/"))
    return reply.redirect(`${SIGN_IN_PATH}?next=${encodeURIComponent(request.url)}`, 303);
  reply.header("www-authenticate", "Bearer");
  throw new Problem(401, "Unauthorized", "a valid API key is needed: Authorization: Bearer <key>");
}

function scopeOf(request: FastifyRequest): Scope | "public" {
  const { scope } = request.routeOptions.config;
  if (scope !== undefined) return scope;
  return request.method === "GET" || request.method === "HEAD" ? "read" : "write";
}

function mayDo(caller: Caller, wanted: Scope): boolean {
  return SCOPES.indexOf(wanted) <= Math.max(...caller.scopes.map((scope) => SCOPES.indexOf(scope)));
}

async function callerOf(
  request: FastifyRequest,
  { keys, trustWithoutKey }: AuthenticationOptions,
): Promise<Caller | null> {
  const key = presentedKey(request);
  const session = request.cookies[SESSION_COOKIE];
  if (key === null && session === undefined)
    return trustWithoutKey && !(await keys.anyKey()) ? { keyId: null, scopes: SCOPES } : null;
  const found =
    key === null ? await keys.findBySession(hashOfKey(session ?? "")) : await keys.findByHash(hashOfKey(key));
  if (found !== null) return { keyId: found.id, scopes: found.scopes };
  // A browser that still has the cookie of another ledger is anyone on this machine, as without it.
  return key === null && trustWithoutKey && !(await keys.anyKey()) ? { keyId: null, scopes: SCOPES } : null;
}

/** What tells this caller from others, with all that is secret in it. */
const shownBy = (request: FastifyRequest): string =>
  JSON.stringify([presentedKey(request), request.cookies[SESSION_COOKIE] ?? null]);

/** The key of a Bearer header, or of Basic credentials (as the password; feed readers have nothing else). */
function presentedKey(request: FastifyRequest): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  if (/^bearer /i.test(header)) return header.slice("Bearer ".length).trim();
  if (/^basic /i.test(header))
    return Buffer.from(header.slice("Basic ".length), "base64").toString("utf8").split(":").slice(1).join(":");
  return "";
}
