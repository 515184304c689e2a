import { z } from "zod";
import { LOG_LEVELS } from "../domain/log-level.ts";
import { type LogLevelWish, readLogLevel, writeLogLevel } from "../ledger/log-level.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { shownTime } from "./paging.ts";
import type { ZodServer } from "./zod-server.ts";

export const logLevelWish = z
  .strictObject({
    level: z.enum(LOG_LEVELS).nullable().meta({ description: "null: each process at the level of its settings." }),
    minutes: z
      .int()
      .min(1)
      .max(7 * 1440)
      .optional()
      .meta({ description: "After these it ends by itself; left out: it stays." }),
  })
  .meta({ examples: [{ level: "debug", minutes: 30 }] });
const shown = z.object({ level: z.enum(LOG_LEVELS).nullable(), until: z.string().nullable() });
const tags = ["pipeline"];
const config = { scope: "admin" } as const;

/** `/api/v1/log-level`: how much all processes log. It needs the scope admin. */
export function addLogLevelRoutes(app: ZodServer, context: ApiContext): void {
  const { db, now } = context;
  app.get(
    "/api/v1/log-level",
    { config, schema: { tags, summary: "Read the wished log level", response: { 200: shown } } },
    async () => show(await readLogLevel(db, now())),
  );
  app.put(
    "/api/v1/log-level",
    {
      config,
      schema: {
        tags,
        summary: "Log more or less, in every process and without a restart",
        body: logLevelWish,
        response: { 200: shown },
      },
    },
    async (request) => {
      const wish = wishOf(request.body, now());
      await audited(
        context,
        actorOf(request),
        (trx) => writeLogLevel(trx, wish),
        () => ({ action: "log-level.set", target: "log-level", detail: request.body }),
      );
      return show(wish);
    },
  );
}

/** What a caller asks for, as it is kept. */
export function wishOf({ level, minutes }: z.output<typeof logLevelWish>, now: Date): LogLevelWish {
  const ends = level !== null && minutes !== undefined;
  return { level, until: ends ? new Date(now.getTime() + minutes * 60_000) : null };
}

const show = ({ level, until }: LogLevelWish) => ({ level, until: shownTime(until) });
