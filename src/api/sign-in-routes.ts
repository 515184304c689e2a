import { randomBytes } from "node:crypto";
import "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { useApiKey } from "../ledger/api-keys.ts";
import { recordAudit } from "../ledger/audit.ts";
import { inTransaction } from "../ledger/in-transaction.ts";
import { createSession, endSession } from "../ledger/sessions.ts";
import { type ApiContext, audited } from "./api-context.ts";
import { type Appearance, appearanceOf, type InterfaceLanguage, LANGUAGE_COOKIE, LANGUAGES } from "./appearance.ts";
import { hashOfKey, SESSION_COOKIE, SIGN_IN_PATH } from "./authentication.ts";
import { dashboardFolder } from "./dashboard.ts";
import { etagOf } from "./etag.ts";
import { signInPage, signInStyle } from "./sign-in-page.ts";
import type { ZodServer } from "./zod-server.ts";

const SESSION_MS = 12 * 3600_000;
const AFTERWARDS = "/";
const YEAR_SECONDS = 365 * 24 * 3600;

const form = z.object({ key: z.string().max(200), next: z.string().max(2000).optional() });
const question = z.object({ next: z.string().optional(), language: z.enum(LANGUAGES).optional().catch(undefined) });
const hide = true;

type SignInContext = Pick<ApiContext, "db" | "now">;

/**
 * `/sign-in`: a browser gives a key once and then has a session of twelve hours. The cookie holds random bits of its
 * own, never the key; the ledger keeps their hash alone, and a revoked key ends its sessions.
 */
export async function addSignIn(server: FastifyInstance, context: SignInContext): Promise<void> {
  await server.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    const app = scope.withTypeProvider<ZodTypeProvider>();
    addPage(app);
    addForm(app, context);
    addSignOut(app, context);
  });
}

function addPage(app: ZodServer): void {
  const style = signInStyle(dashboardFolder());
  app.get(`${SIGN_IN_PATH}/style.css`, { schema: { hide }, config: { scope: "public" } }, async (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").header("etag", etagOf(style)).send(style),
  );
  app.get(
    SIGN_IN_PATH,
    { schema: { hide, querystring: question }, config: { scope: "public" } },
    async (request, reply) => {
      const { next, language } = request.query;
      const appearance = appearanceOf(request, language);
      if (language !== undefined) chooseLanguage(reply, language);
      return sendPage(request, reply, { status: 200, next: safeNext(next), refused: false, appearance });
    },
  );
}

function addForm(app: ZodServer, { db, now }: SignInContext): void {
  app.post(
    SIGN_IN_PATH,
    {
      schema: { hide, body: form },
      config: { scope: "public", rateLimit: { max: 10, timeWindow: "1 minute" } },
    },
    async (request, reply) => {
      const next = safeNext(request.body.next);
      const key = await useApiKey(db, { hash: hashOfKey(request.body.key.trim()), now: now() });
      if (key === null) return sendPage(request, reply, { status: 401, next, refused: true });
      const token = randomBytes(32).toString("base64url");
      const expiresAt = new Date(now().getTime() + SESSION_MS);
      await audited(
        { db, now },
        `key:${key.id}`,
        (trx) => createSession(trx, { hash: hashOfKey(token), keyId: key.id, now: now(), expiresAt }),
        () => ({ action: "session.begin", target: `key:${key.id}` }),
      );
      return reply.setCookie(SESSION_COOKIE, token, cookieOf(request, SESSION_MS / 1000)).redirect(next, 303);
    },
  );
}

function addSignOut(app: ZodServer, context: SignInContext): void {
  app.post("/sign-out", { schema: { hide }, config: { scope: "public" } }, async (request, reply) => {
    const token = request.cookies[SESSION_COOKIE];
    if (token !== undefined) await endAudited(hashOfKey(token), context);
    return reply.clearCookie(SESSION_COOKIE, cookieOf(request, 0)).redirect(SIGN_IN_PATH, 303);
  });
}

/** A cookie of no session ends nothing, and leaves no entry. */
function endAudited(hash: Buffer, { db, now }: SignInContext): Promise<void> {
  return inTransaction(db, async (trx) => {
    const keyId = await endSession(trx, hash);
    if (keyId === null) return;
    await recordAudit(trx, { at: now(), actor: `key:${keyId}`, action: "session.end", target: `key:${keyId}` });
  });
}

function cookieOf(request: FastifyRequest, maxAge: number) {
  const secure = request.protocol === "https" || request.headers["x-forwarded-proto"] === "https";
  return { httpOnly: true, sameSite: "strict", path: "/", maxAge, secure } as const;
}

/** Only a path of this server: never another site, in none of the spellings that browsers take for one. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])[^\\\s]*$/.test(next)) return AFTERWARDS;
  const base = "http://rasid.invalid";
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : AFTERWARDS;
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, ...shown }: { status: number; next: string; refused: boolean; appearance?: Appearance },
): FastifyReply {
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(signInPage({ appearance: appearanceOf(request), ...shown }));
}

/** A language that is chosen here is remembered, as the dashboard does it. */
function chooseLanguage(reply: FastifyReply, language: InterfaceLanguage): void {
  reply.setCookie(LANGUAGE_COOKIE, language, { path: "/", maxAge: YEAR_SECONDS, sameSite: "lax" });
}
