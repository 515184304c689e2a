import { z } from "zod";
import { type AuditRow, listAudit } from "../ledger/audit.ts";
import type { ApiContext } from "./api-context.ts";
import { given, manyValues, nextCursor, nextOf, pageQuery } from "./paging.ts";
import type { ZodServer } from "./zod-server.ts";

export const auditShown = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string().meta({
    description:
      "`key:` and its id, `cli`, `start` (by the settings of a start), or `local` where the ledger held no key.",
  }),
  action: z.string(),
  target: z.string(),
  detail: z.unknown(),
});

const time = z.iso.datetime({ offset: true });
const auditQuery = z.strictObject({
  actors: manyValues.optional().meta({ description: "With commas, or repeated.", examples: ["key:1,cli"] }),
  actions: manyValues
    .optional()
    .meta({ description: "Whole (`key.revoke`), or what they are about (`key`).", examples: ["key,endpoint.rotate"] }),
  since: time.optional().meta({ description: "Asked for at this time or later." }),
  until: time.optional().meta({ description: "… and before this time." }),
  ...pageQuery,
});

/** `/api/v1/audit`: what was asked for, and by whom. It needs the scope admin. */
export function addAuditRoutes(app: ZodServer, { db }: Pick<ApiContext, "db">): void {
  app.get(
    "/api/v1/audit",
    {
      config: { scope: "admin" },
      schema: {
        tags: ["keys"],
        summary: "List every write that was asked for, the newest first",
        querystring: auditQuery,
        response: { 200: z.object({ entries: z.array(auditShown), next: nextCursor }) },
      },
    },
    async ({ query: { actors, actions, since, until, after, limit } }) => {
      const asked = given({
        actors,
        actions,
        since: since === undefined ? undefined : new Date(since),
        until: until === undefined ? undefined : new Date(until),
        before: after,
      });
      const rows = await listAudit(db, { ...asked, limit });
      return { entries: rows.map(showEntry), next: nextOf(rows, limit, ({ id }) => id) };
    },
  );
}

function showEntry({ at, ...row }: AuditRow): z.output<typeof auditShown> {
  return { ...row, at: at.toISOString() };
}
