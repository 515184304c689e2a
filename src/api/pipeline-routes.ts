import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { readLedgerHealth } from "../ledger/ledger-health.ts";
import { listParked, unparkRevisions } from "../ledger/revisions.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { ledgerId } from "./paging.ts";
import { parkedShown, pipelineHealth } from "./pipeline-shown.ts";

const tags = ["pipeline"];
const MOST_PARKED = 100;
const MOST_IDS = 500;

/** `/api/v1/pipeline/…`: how the stages do, and what they failed on. */
export function addPipelineRoutes(server: FastifyInstance, context: ApiContext): void {
  const { db, now } = context;
  const app = server.withTypeProvider<ZodTypeProvider>();
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
        ...{ revision: id, item: item_id, stage: parked_from, error: last_error },
        since: staged_at.toISOString(),
      }));
      return { parked };
    },
  );
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
