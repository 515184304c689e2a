import type { AnalysisPool } from "./analysis/analysis-pool.ts";
import { remembering } from "./analysis/analyzer.ts";
import type { Configuration } from "./config/load-configuration.ts";
import type { Context } from "./context.ts";
import { type Delivering, startDelivering } from "./delivering.ts";
import { searchWriting } from "./domain/search/search-words.ts";
import { startFetching } from "./fetching.ts";
import { openCopyIndex } from "./ledger/copy-index.ts";
import { openRunningFolds } from "./ledger/running-folds.ts";
import { openRevisionStages, type RevisionStages } from "./revision-stages.ts";
import type { Retention, Settings } from "./settings.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import { startUpkeep } from "./upkeep/feed-upkeep.ts";
import { startSearchUpkeep } from "./upkeep/search-upkeep.ts";
import { classify } from "./workers/classify.ts";
import { COPY_INDEX, deduplicate } from "./workers/deduplicate.ts";
import { type MatchOutcome, match } from "./workers/match.ts";

/** Analyses remembered in a process, of revisions that concern a story. */
const ANALYSES_KEPT = 300;
/** Well above what a batch takes. A batch that takes longer all the same is worked twice and committed once. */
const LEASE_MS = 10_000;
/** How soon rows are free again after the ledger failed. */
const RETRY_MS = 2_000;

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
export async function startWorkers(options: StagesOptions): Promise<{ close(): Promise<void> }> {
  const { context, configuration, roles, pool, retention, signal } = options;
  if (readsTexts(roles)) pool.warm();
  const delivering = startDelivering(context, { sends: roles.includes("deliver"), signal });
  const stages = openRevisionStages(context, pool, signal);
  const enqueueNew = stages.goOnTo("deduplicate");
  const fetching = roles.includes("fetch") ? startFetching({ context, configuration, enqueueNew, signal }) : null;
  addStages(options, stages, delivering.enqueue);
  const upkeep = roles.includes("reconcile") ? startFeedUpkeep(context, configuration, retention) : null;
  const search = roles.includes("reconcile") ? startSearching(context, configuration) : null;
  return {
    close: async () => {
      await upkeep?.stop();
      await search?.stop();
      await fetching?.close();
      await stages.close();
      await delivering.close();
      await pool.stop();
    },
  };
}

function addStages(
  { context, configuration, roles, pool }: StagesOptions,
  stages: RevisionStages,
  enqueueDeliveries: Delivering["enqueue"],
): void {
  const { metrics, now, ledger } = context;
  const analyze = remembering(pool.analyze, ANALYSES_KEPT);
  const copies = openCopyIndex({ story: COPY_INDEX });
  const folds = openRunningFolds();
  const shared = { db: ledger.db, analyze, now, leaseMs: LEASE_MS, retryMs: RETRY_MS };
  const { frames } = configuration;
  if (roles.includes("deduplicate"))
    stages.add("deduplicate", (revisions) =>
      deduplicate(revisions, { ...shared, copies, enqueueNext: stages.goOnTo("classify") }),
    );
  if (roles.includes("classify"))
    stages.add(
      "classify",
      (revisions) => classify(revisions, { ...shared, enqueueNext: stages.goOnTo("match") }),
      ({ relevant }) => ({ relevant }),
    );
  if (roles.includes("match"))
    stages.add(
      "match",
      async (revisions) => {
        const outcome = await match(revisions, { ...shared, frames, folds, enqueueNext: enqueueDeliveries });
        countMatched(metrics, outcome);
        return outcome;
      },
      ({ observations, alerts, deliveries }) => ({ observations, alerts, deliveries }),
    );
}

function countMatched(metrics: Metrics, { alertKinds, observations, deliveries }: MatchOutcome): void {
  for (const kind of alertKinds) metrics.alerts.inc({ kind });
  metrics.observations.inc(observations);
  metrics.deliveriesOwed.inc(deliveries);
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
