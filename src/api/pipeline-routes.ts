import { z } from "zod";
import { countDeliveries } from "../ledger/deliveries.ts";
import { countDueFeeds } from "../ledger/feed-claims.ts";
import { readLedgerHealth } from "../ledger/ledger-health.ts";
import { countStages, listParked, unparkRevisions } from "../ledger/revisions.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { codedOf } from "./coded-reason.ts";
import { ledgerId } from "./paging.ts";
import { parkedShown, pipelineHealth } from "./pipeline-shown.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["pipeline"];
const counts = z.record(z.string(), z.number());
const MOST_PARKED = 100;
const MOST_IDS = 500;

/** `/api/v1/pipeline`: the work that is owed, how the stages do, and what they failed on. */
export function addPipelineRoutes(app: ZodServer, context: ApiContext): void {
  addWorkOwed(app, context);
  addHealth(app, context);
  addParked(app, context);
  addParkedRetry(app, context);
}

function addWorkOwed(app: ZodServer, { db, now }: ApiContext): void {
  app.get(
    "/api/v1/pipeline",
    {
      schema: {
        tags,
        summary: "Count the work that the ledger owes",
        response: { 200: z.object({ stages: counts, deliveries: counts, dueFeeds: z.number() }) },
      },
    },
    async () => {
      const [stages, deliveries, dueFeeds] = await Promise.all([
        countStages(db),
        countDeliveries(db),
        countDueFeeds(db, now()),
      ]);
      return { stages, deliveries, dueFeeds };
    },
  );
}

function addHealth(app: ZodServer, { db, now }: ApiContext): void {
  app.get(
    "/api/v1/pipeline/health",
    {
      schema: {
        tags,
        summary: "Read how the service does: depth and age of each stage",
        response: { 200: pipelineHealth },
      },
    },
    () => readLedgerHealth(db, now()),
  );
}

function addParked(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/pipeline/parked",
    {
      schema: {
        tags,
        summary: `List the newest ${MOST_PARKED} revisions that a stage failed on`,
        response: { 200: z.object({ parked: z.array(parkedShown) }) },
      },
    },
    async () => {
      const rows = await listParked(db, MOST_PARKED);
      const parked = rows.map(({ id, item_id, parked_from, last_error, staged_at }) => ({
        ...{ revision: id, item: item_id, stage: parked_from, error: last_error, errorCoded: codedOf(last_error) },
        since: staged_at.toISOString(),
      }));
      return { parked };
    },
  );
}

function addParkedRetry(app: ZodServer, context: ApiContext): void {
  const { now } = context;
  app.post(
    "/api/v1/pipeline/parked/retry",
    {
      schema: {
        tags,
        summary: "Send parked revisions back to the stage that failed on them",
        body: z
          .strictObject({
            revisions: z
              .array(ledgerId)
              .min(1)
              .max(MOST_IDS)
              .optional()
              .meta({ description: "Without it: all of them." }),
          })
          .meta({ examples: [{}] }),
        response: { 200: z.object({ revisions: z.number() }) },
      },
    },
    async (request) => {
      const { revisions: ids } = request.body;
      const freed = await audited(
        context,
        actorOf(request),
        (trx) => unparkRevisions(trx, { now: now(), ...(ids === undefined ? {} : { ids }) }),
        (rows) => ({ action: "parked.retry", target: "pipeline", detail: { revisions: rows.length } }),
      );
      return { revisions: freed.length };
    },
  );
}
