import { setTimeout as pause } from "node:timers/promises";
import type { AnalysisPool } from "./analysis/analysis-pool.ts";
import type { Context } from "./context.ts";
import { gather } from "./queues/gather.ts";
import type { Payload } from "./queues/pipeline.ts";
import type { StageOutcome } from "./queues/stage-shell.ts";
import { timed } from "./telemetry/metrics.ts";

/** Jobs that come together are worked on together: two pieces at a time, one reads while the other one commits. */
const TOGETHER = { parallel: 2, most: 200 } as const;
/** So few revisions are no bulk: they go on at once, where this process has the next stage too. */
const FEW = 20;
/** What was begun without a job is waited for so long at a stop; the ledger owes the rest. */
const BEGUN_MS = 1000;

/** The stages that revisions go through, by the name of their queue. */
export type RevisionStage = "deduplicate" | "classify" | "match";

/** The revision stages of this process. An owned resource: close it. */
export interface RevisionStages {
  /**
   * Puts the work of a stage behind its queue.
   * @param details what the log is to say of its outcome beside the counts.
   */
  add<O extends StageOutcome>(
    stage: RevisionStage,
    work: (revisions: readonly string[]) => Promise<O>,
    details?: (outcome: O) => object,
  ): void;
  /** Enqueues for a stage. What this process can work on itself need not wait for the job, which then finds it taken. */
  goOnTo(stage: RevisionStage): (payloads: readonly Payload<RevisionStage>[]) => Promise<void>;
  close(): Promise<void>;
}

/** Opens the stages of a process, none of which works before it is added. */
export function openRevisionStages(context: Context, pool: AnalysisPool, signal: AbortSignal): RevisionStages {
  const { queues, log, tracing } = context;
  const here = new Map<RevisionStage, (revisions: readonly string[]) => Promise<void>>();
  /** What was begun without waiting for a job. */
  const begun = new Set<Promise<void>>();
  const beginHere = (stage: RevisionStage, revisions: readonly string[]): void => {
    const work = here.get(stage);
    if (work === undefined || revisions.length === 0 || revisions.length > FEW || signal.aborted) return;
    const one: Promise<void> = work(revisions)
      .catch((error: unknown) => log.warn({ err: error, stage }, "revisions are left to their job"))
      .finally(() => begun.delete(one));
    begun.add(one);
  };
  return {
    add: (stage, work, details) => {
      const worked = async (revisions: readonly string[]): Promise<void> => {
        const { result, durationMs } = await timed(context, stage, () => work(revisions), revisions);
        tell(context, stage, result, { ...details?.(result), durationMs });
      };
      // Matching is one at a time: its transactions wait for the same story.
      const gathered = gather(worked, stage === "match" ? { ...TOGETHER, parallel: 1 } : TOGETHER);
      const begin = async (revisions: readonly string[]): Promise<void> => {
        tracing.carry(stage, revisions);
        await pool.ready();
        await gathered(revisions);
      };
      here.set(stage, begin);
      queues.work(stage, ({ revisions }) => begin(revisions));
    },
    goOnTo: (stage) => async (payloads) => {
      beginHere(
        stage,
        payloads.flatMap((payload) => payload.revisions),
      );
      await queues.queues[stage].addAll(payloads);
    },
    close: async () => {
      await Promise.race([Promise.allSettled(begun), pause(BEGUN_MS, undefined, { ref: false })]);
    },
  };
}

function tell(
  { metrics, log }: Context,
  stage: RevisionStage,
  { taken, parked, moved }: StageOutcome,
  details: object,
): void {
  if (parked > 0) metrics.stageRows.inc({ stage, outcome: "parked" }, parked);
  metrics.stageRows.inc({ stage, outcome: "moved" }, moved.length);
  // A job that finds its rows taken already has no outcome of its own.
  log[parked > 0 ? "error" : taken > 0 ? "info" : "debug"](
    { stage, taken, moved: moved.length, parked, ...details },
    "stage done",
  );
}
