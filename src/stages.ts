import { setTimeout as pause } from "node:timers/promises";
import type { AnalysisPool } from "./analysis/analysis-pool.ts";
import { remembering } from "./analysis/analyzer.ts";
import type { Configuration } from "./config/load-configuration.ts";
import type { Context } from "./context.ts";
import { searchWriting } from "./domain/search/search-words.ts";
import { startFetching } from "./fetching.ts";
import { openCopyIndex } from "./ledger/copy-index.ts";
import { openRunningFolds } from "./ledger/running-folds.ts";
import { gather } from "./queues/gather.ts";
import type { Payload } from "./queues/pipeline.ts";
import type { StageOutcome } from "./queues/stage-shell.ts";
import type { Retention, Settings } from "./settings.ts";
import { type Metrics, timed } from "./telemetry/metrics.ts";
import { startUpkeep } from "./upkeep/feed-upkeep.ts";
import { startSearchUpkeep } from "./upkeep/search-upkeep.ts";
import { classify } from "./workers/classify.ts";
import { COPY_INDEX, deduplicate } from "./workers/deduplicate.ts";
import { type AttemptOutcome, createDeliverer } from "./workers/deliver.ts";
import { match } from "./workers/match.ts";

/** Analyses remembered in a process, of revisions that concern a story. */
const ANALYSES_KEPT = 1000;
/** Jobs that come together are worked on together: two pieces at a time, one reads while the other one commits. */
const TOGETHER = { parallel: 2, most: 200 } as const;
/** Well above what a batch takes. A batch that takes longer all the same is worked twice and committed once. */
const LEASE_MS = 10_000;
/** How soon rows are free again after the ledger failed. */
const RETRY_MS = 2_000;

/** So few revisions are no bulk: they go on at once, where this process has the next stage too. */
const FEW = 20;
/** What was begun without a job is waited for so long at a stop; the ledger owes the rest. */
const BEGUN_MS = 1000;
type RevisionStage = "deduplicate" | "classify" | "match";

export interface StagesOptions {
  readonly context: Context;
  readonly configuration: Configuration;
  /** How texts are read. Stopped with the workers. */
  readonly pool: AnalysisPool;
  readonly roles: Settings["roles"];
  readonly retention: Retention;
  readonly signal: AbortSignal;
}

/** Whether a process with these roles reads every text; others read what they are asked to. */
export function readsTexts(roles: Settings["roles"]): boolean {
  return roles.some((role) => ["deduplicate", "classify", "match"].includes(role));
}

/** Puts a worker behind the queue of each stage that is a role of this process. An owned resource: close it. */
export async function startWorkers({
  context,
  configuration,
  roles,
  pool,
  retention,
  signal,
}: StagesOptions): Promise<{ close(): Promise<void> }> {
  const { queues, log, metrics, tracing, now, ledger } = context;
  const { db } = ledger;
  const { frames } = configuration;
  if (readsTexts(roles)) pool.warm();
  const analyze = remembering(pool.analyze, ANALYSES_KEPT);
  const copies = openCopyIndex({ story: COPY_INDEX });
  const folds = openRunningFolds();
  const shared = { db, analyze, now, leaseMs: LEASE_MS, retryMs: RETRY_MS };
  const told = (stage: RevisionStage, { taken, parked, moved }: StageOutcome, more: object): void => {
    if (parked > 0) metrics.stageRows.inc({ stage, outcome: "parked" }, parked);
    metrics.stageRows.inc({ stage, outcome: "moved" }, moved.length);
    // A job that finds its rows taken already has no outcome of its own.
    log[parked > 0 ? "error" : taken > 0 ? "info" : "debug"](
      { stage, taken, moved: moved.length, parked, ...more },
      "stage done",
    );
  };
  /** The stages of this process, and what was begun in them without waiting for a job. */
  const here = new Map<RevisionStage, (revisions: readonly string[]) => Promise<void>>();
  const begun = new Set<Promise<void>>();
  /** Enqueues for a stage. What this process can work on itself need not wait for the job, which then finds it taken. */
  const goOnTo =
    (stage: RevisionStage) =>
    async (payloads: readonly Payload<RevisionStage>[]): Promise<void> => {
      const revisions = payloads.flatMap((payload) => payload.revisions);
      const work = here.get(stage);
      if (work !== undefined && revisions.length > 0 && revisions.length <= FEW && !signal.aborted) {
        const one: Promise<void> = work(revisions)
          .catch((error: unknown) => log.warn({ err: error, stage }, "revisions are left to their job"))
          .finally(() => begun.delete(one));
        begun.add(one);
      }
      await queues.queues[stage].addAll(payloads);
    };
  const workTogether = (stage: RevisionStage, work: (revisions: readonly string[]) => Promise<void>): void => {
    // Matching is one at a time: its transactions wait for the same story.
    const gathered = gather(work, stage === "match" ? { ...TOGETHER, parallel: 1 } : TOGETHER);
    const begin = async (revisions: readonly string[]): Promise<void> => {
      tracing.carry(stage, revisions);
      await pool.ready();
      await gathered(revisions);
    };
    here.set(stage, begin);
    queues.work(stage, ({ revisions }) => begin(revisions));
  };
  const enqueueNew = goOnTo("deduplicate");
  const fetching = roles.includes("fetch") ? startFetching({ context, configuration, enqueueNew, signal }) : null;
  if (roles.includes("deduplicate"))
    workTogether("deduplicate", async (revisions) => {
      const enqueueNext = goOnTo("classify");
      const { result, durationMs } = await timed(
        context,
        "deduplicate",
        () => deduplicate(revisions, { ...shared, copies, enqueueNext }),
        revisions,
      );
      told("deduplicate", result, { durationMs });
    });
  if (roles.includes("classify"))
    workTogether("classify", async (revisions) => {
      const enqueueNext = goOnTo("match");
      const { result, durationMs } = await timed(
        context,
        "classify",
        () => classify(revisions, { ...shared, enqueueNext }),
        revisions,
      );
      told("classify", result, { relevant: result.relevant, durationMs });
    });
  const deliverer = roles.includes("deliver") ? startDeliverer(context, signal) : null;
  // What this process can send itself need not wait for the queue; the job then finds it taken.
  const enqueueDeliveries = async (payloads: readonly Payload<"deliver">[]): Promise<void> => {
    for (const { deliveries } of payloads) tracing.carry("deliver", deliveries);
    const begun = payloads.map(({ deliveries }) => deliverer?.deliver(deliveries));
    await Promise.all([queues.queues.deliver.addAll(payloads), Promise.allSettled(begun)]);
  };
  if (roles.includes("match"))
    workTogether("match", async (revisions) => {
      const enqueueNext = enqueueDeliveries;
      const { result, durationMs } = await timed(
        context,
        "match",
        () => match(revisions, { ...shared, frames, folds, enqueueNext }),
        revisions,
      );
      for (const kind of result.alertKinds) metrics.alerts.inc({ kind });
      metrics.observations.inc(result.observations);
      metrics.deliveriesOwed.inc(result.deliveries);
      told("match", result, {
        observations: result.observations,
        alerts: result.alerts,
        deliveries: result.deliveries,
        durationMs,
      });
    });
  if (deliverer !== null)
    queues.work("deliver", async ({ deliveries }) => {
      tracing.carry("deliver", deliveries);
      await timed(context, "deliver", () => deliverer.deliver(deliveries));
    });
  const upkeep = roles.includes("reconcile") ? startFeedUpkeep(context, configuration, retention) : null;
  const search = roles.includes("reconcile") ? startSearching(context, configuration) : null;
  return {
    close: async () => {
      await upkeep?.stop();
      await search?.stop();
      await fetching?.close();
      await Promise.race([Promise.allSettled(begun), pause(BEGUN_MS, undefined, { ref: false })]);
      await deliverer?.close();
      await pool.stop();
    },
  };
}

function startFeedUpkeep(
  { ledger, queues, log, metrics, now }: Context,
  { feeds }: Configuration,
  retention: Retention,
) {
  return startUpkeep({
    db: ledger.db,
    now,
    bounds: feeds.polling,
    retention,
    enqueue: (payloads) => queues.queues.deliver.addAll(payloads),
    onTold: (told) => {
      metrics.alerts.inc({ kind: told.kind });
      log.warn(told, "told of a feed");
    },
    onPruned: (counts) => log.info(counts, "pruned"),
    onError: (error) => log.error({ err: error }, "upkeep failed"),
  });
}

function startSearching({ ledger, log, now }: Context, { packs }: Configuration) {
  return startSearchUpkeep({
    db: ledger.db,
    now,
    writing: searchWriting([...packs.byIso.values()].map(({ writing }) => writing)),
    onError: (error) => log.error({ err: error }, "making items searchable failed"),
  });
}

function measureAttempt(metrics: Metrics, { outcome, durationMs, begunAfterMs, first }: AttemptOutcome): void {
  metrics.attempts.inc({ outcome });
  metrics.attemptSeconds.observe(durationMs / 1000);
  if (first) metrics.alertSeconds.observe(begunAfterMs / 1000);
  if (outcome !== "failed") metrics.deliveriesEnded.inc({ outcome });
}

function tracedAttempt({ delivery, endpoint, alert, outcome, status, durationMs }: AttemptOutcome, endedAt: Date) {
  return {
    delivery,
    endedAt,
    durationMs,
    failed: outcome !== "delivered",
    attributes: {
      "rasid.stage": "deliver",
      "rasid.delivery": delivery,
      "rasid.endpoint": endpoint,
      "rasid.outcome": outcome,
      ...(alert === null ? {} : { "rasid.alert": alert }),
      ...(status === null ? {} : { "rasid.status": status }),
    },
  } as const;
}

function startDeliverer(
  { ledger, client, sealingKey, now, random, queues, metrics, tracing, log }: Context,
  signal: AbortSignal,
) {
  return createDeliverer({
    db: ledger.db,
    client,
    key: sealingKey,
    now,
    random,
    signal,
    enqueue: (payload) => queues.queues.deliver.add(payload),
    onAttempt: (attempt) => {
      measureAttempt(metrics, attempt);
      tracing.attempted(tracedAttempt(attempt, now()));
      log[attempt.outcome === "delivered" ? "info" : "warn"](attempt, "attempt");
    },
    onDisabled: (endpoint, reason) => {
      metrics.alerts.inc({ kind: "endpoint.disabled" });
      log.error({ endpoint, reason }, "endpoint disabled");
    },
    onError: (error) => log.error({ err: error }, "delivering failed"),
  });
}
