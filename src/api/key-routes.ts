import { z } from "zod";
import { type ApiKeyRow, createApiKey, listApiKeys, revokeApiKey } from "../ledger/api-keys.ts";
import type { Database } from "../ledger/schema.ts";
import { countSessions } from "../ledger/sessions.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { newApiKey, SCOPES } from "./authentication.ts";
import { ledgerId, shownTime } from "./paging.ts";
import { notFound, Problem } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

export const keyShown = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable().meta({ description: "To the minute." }),
  revokedAt: z.string().nullable(),
});

export const listedKey = keyShown.extend({
  sessions: z.number().meta({ description: "Browsers that are signed in with it; revoking it signs them out." }),
});

export const newKey = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(SCOPES)).min(1).meta({ description: "`admin` may all, `write` may read too." }),
  })
  .meta({ examples: [{ name: "reading desk", scopes: ["read"] }] });

const tags = ["keys"];
const config = { scope: "admin" } as const;

/** `/api/v1/keys`: who may ask. It needs the scope admin. */
export function addKeyRoutes(app: ZodServer, context: ApiContext): void {
  addKeyList(app, context);
  addKeyCreation(app, context);
  addKeyRevocation(app, context);
}

function addKeyList(app: ZodServer, { db, now }: ApiContext): void {
  app.get(
    "/api/v1/keys",
    { config, schema: { tags, summary: "List API keys", response: { 200: z.object({ keys: z.array(listedKey) }) } } },
    async () => {
      const sessions = await countSessions(db, now());
      return { keys: (await listApiKeys(db)).map((row) => ({ ...showKey(row), sessions: sessions.get(row.id) ?? 0 })) };
    },
  );
}

function addKeyCreation(app: ZodServer, context: ApiContext): void {
  const { db, now } = context;
  app.post(
    "/api/v1/keys",
    {
      config,
      schema: {
        tags,
        summary: "Make an API key; it is shown this once",
        body: newKey,
        response: { 201: keyShown.extend({ key: z.string() }) },
      },
    },
    async (request, reply) => {
      const { key, hash } = newApiKey();
      await refuseLockOut(db, request.body.scopes);
      const row = await audited(
        context,
        actorOf(request),
        (trx) => createApiKey(trx, { hash, ...request.body, now: now() }),
        ({ id }) => ({ action: "key.create", target: `key:${id}`, detail: request.body }),
      );
      return reply.code(201).send({ ...showKey(row), key });
    },
  );
}

function addKeyRevocation(app: ZodServer, context: ApiContext): void {
  const { now } = context;
  app.delete(
    "/api/v1/keys/:id",
    {
      config,
      schema: {
        tags,
        summary: "Revoke an API key for good",
        params: z.object({ id: ledgerId.meta({ examples: ["2"] }) }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await audited(
        context,
        actorOf(request),
        async (trx) => {
          const revocation = await revokeApiKey(trx, { id, now: now() });
          if (revocation === "unknown") throw notFound("key in force", id);
          if (revocation === "last")
            throw new Problem(409, "Conflict", "this is the last key with the scope admin; make another one first");
        },
        () => ({ action: "key.revoke", target: `key:${id}` }),
      );
      return reply.code(204).send();
    },
  );
}

/** From the first key on one is needed, so the first must be able to make others. */
async function refuseLockOut(db: Database, scopes: readonly string[]): Promise<void> {
  if (scopes.includes("admin")) return;
  const keys = await listApiKeys(db);
  if (!keys.some((key) => key.revoked_at === null && key.scopes.includes("admin")))
    throw new Problem(409, "Conflict", "make a key with the scope admin first: from then on one is needed");
}

export function showKey(row: ApiKeyRow): z.output<typeof keyShown> {
  return {
    id: row.id,
    name: row.name,
    scopes: z.array(z.enum(SCOPES)).parse(row.scopes),
    createdAt: row.created_at.toISOString(),
    lastUsedAt: shownTime(row.last_used_at),
    revokedAt: shownTime(row.revoked_at),
  };
}
