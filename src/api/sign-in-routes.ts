import { randomBytes } from "node:crypto";
import "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { useApiKey } from "../ledger/api-keys.ts";
import { recordAudit } from "../ledger/audit.ts";
import { createSession, endSession } from "../ledger/sessions.ts";
import type { ApiContext } from "./api-context.ts";
import { hashOfKey, SESSION_COOKIE, SIGN_IN_PATH } from "./authentication.ts";

const SESSION_MS = 12 * 3600_000;
const AFTERWARDS = "/";
const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{display:grid;min-height:100vh;margin:0;place-items:center}
main{max-width:22rem;padding:1rem;width:100%;box-sizing:border-box}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}
input,button{padding:.6rem;margin-top:.4rem;border:1px solid GrayText;border-radius:.3rem}
button{margin-top:1rem;cursor:pointer}
[role=alert]{border-left:.25rem solid #b3261e;padding-left:.6rem}
`;

const form = z.object({ key: z.string().max(200), next: z.string().max(2000).optional() });
const hide = true;

/**
 * `/sign-in`: a browser gives a key once and then has a session of twelve hours. The cookie holds random bits of its
 * own, never the key; the ledger keeps their hash alone, and a revoked key ends its sessions.
 */
export async function addSignIn(server: FastifyInstance, { db, now }: Pick<ApiContext, "db" | "now">): Promise<void> {
  await server.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    });
    const app = scope.withTypeProvider<ZodTypeProvider>();
    app.get(`${SIGN_IN_PATH}/style.css`, { schema: { hide }, config: { scope: "public" } }, async (_request, reply) =>
      reply.type("text/css; charset=utf-8").header("cache-control", "max-age=3600").send(STYLE),
    );
    app.get(
      SIGN_IN_PATH,
      { schema: { hide, querystring: z.object({ next: z.string().optional() }) }, config: { scope: "public" } },
      async ({ query }, reply) => sendPage(reply, 200, safeNext(query.next), null),
    );
    app.post(
      SIGN_IN_PATH,
      {
        schema: { hide, body: form },
        config: { scope: "public", rateLimit: { max: 10, timeWindow: "1 minute" } },
      },
      async (request, reply) => {
        const next = safeNext(request.body.next);
        const key = await useApiKey(db, { hash: hashOfKey(request.body.key.trim()), now: now() });
        if (key === null) return sendPage(reply, 401, next, "That is no key, or it was revoked.");
        const token = randomBytes(32).toString("base64url");
        const expiresAt = new Date(now().getTime() + SESSION_MS);
        await createSession(db, { hash: hashOfKey(token), keyId: key.id, now: now(), expiresAt });
        await recordAudit(db, { at: now(), actor: `key:${key.id}`, action: "session.begin", target: `key:${key.id}` });
        return reply.setCookie(SESSION_COOKIE, token, cookieOf(request, SESSION_MS / 1000)).redirect(next, 303);
      },
    );
    app.post("/sign-out", { schema: { hide }, config: { scope: "public" } }, async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token !== undefined) await endSession(db, hashOfKey(token));
      return reply.clearCookie(SESSION_COOKIE, cookieOf(request, 0)).redirect(SIGN_IN_PATH, 303);
    });
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

function sendPage(reply: FastifyReply, status: number, next: string, problem: string | null): FastifyReply {
  const alert = problem === null ? "" : `<p role="alert">${problem}</p>`;
  return reply
    .code(status)
    .type("text/html; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rasid: sign in</title><link rel="stylesheet" href="${SIGN_IN_PATH}/style.css"></head><body><main><h1>Rasid</h1>${alert}
<form method="post" action="${SIGN_IN_PATH}"><label for="key">API key</label>
<input id="key" name="key" type="password" autocomplete="current-password" required autofocus>
<input type="hidden" name="next" value="${next.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}">
<button>Sign in</button></form></main></body></html>`,
    );
}
