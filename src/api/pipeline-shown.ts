import { z } from "zod";
import { ROLES } from "../domain/role.ts";
import { codedShown } from "./coded-reason.ts";

const stageHealth = z.object({
  depth: z.number().meta({ description: "Rows that wait or are worked on." }),
  oldestSeconds: z.number().meta({ description: "How long the oldest has waited; 0 when nothing waits." }),
});
const count = z.number();

/** How the service does, as the ledger knows it: what is open, never what is done. */
export const pipelineHealth = z.object({
  stages: z.object({
    fetch: stageHealth,
    deduplicate: stageHealth,
    classify: stageHealth,
    match: stageHealth,
    deliver: stageHealth,
  }),
  missingRoles: z.array(z.enum(ROLES)).meta({ description: "Roles that no process has: their work waits." }),
  parked: count.meta({ description: "Revisions taken out of the way because a stage failed on them." }),
  deliveries: z.object({ pending: count, delivering: count, failed: count, dead: count }),
  feeds: z.object({ new: count, ok: count, failing: count, silent: count, gone: count, paused: count }),
  newestItemSeconds: count.nullable().meta({ description: "Since the newest item came; null before the first." }),
  endpoints: z.object({ works: count, failing: count, disabled: count }),
});

/** A revision that a stage failed on. */
export const parkedShown = z.object({
  revision: z.string(),
  item: z.string(),
  stage: z.string().nullable().meta({ description: "The stage that failed." }),
  error: z.string().nullable(),
  errorCoded: codedShown,
  since: z.string(),
});
