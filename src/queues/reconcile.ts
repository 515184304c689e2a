import type { QueueBackend } from "./backend.ts";
import { batchesOf, type StageName } from "./pipeline.ts";

const REVISION_STAGES = ["deduplicate", "classify", "match"] as const satisfies readonly StageName[];
type RevisionStage = (typeof REVISION_STAGES)[number];

/** What the ledger says is owed. Each answer also marks its rows as queued now, so that the next look leaves them out. */
export interface OwedWork {
  dueFeeds(now: Date): Promise<number>;
  /** Revisions that are past grace and lease: their job was lost, or never made. */
  strayRevisions(now: Date): Promise<readonly { readonly id: string; readonly stage: RevisionStage }[]>;
  /** Ids of deliveries whose next attempt is due. */
  dueDeliveries(now: Date): Promise<string[]>;
}

export interface ReconcileOptions {
  readonly owed: OwedWork;
  readonly queues: QueueBackend["queues"];
  readonly now: () => Date;
  readonly intervalMs: number;
  readonly onOutcome: (outcome: ReconcileOutcome) => void;
  readonly onError: (error: unknown) => void;
}

export interface ReconcileOutcome {
  readonly dueFeeds: number;
  readonly strayRevisions: number;
  readonly dueDeliveries: number;
}

/** Enqueues what the ledger owes and no job carries. Safe beside others of its kind: a job too many finds nothing to do. */
export async function reconcileOnce({
  owed,
  queues,
  now,
}: Pick<ReconcileOptions, "owed" | "queues" | "now">): Promise<ReconcileOutcome> {
  const at = now();
  const dueFeeds = await owed.dueFeeds(at);
  if (dueFeeds > 0) await queues.fetch.add({ due: dueFeeds });
  const strays = await owed.strayRevisions(at);
  for (const stage of REVISION_STAGES) {
    const ids = strays.filter((stray) => stray.stage === stage).map(({ id }) => id);
    await queues[stage].addAll(batchesOf(ids).map((revisions) => ({ revisions })));
  }
  const deliveries = await owed.dueDeliveries(at);
  await queues.deliver.addAll(batchesOf(deliveries).map((batch) => ({ deliveries: batch })));
  return { dueFeeds, strayRevisions: strays.length, dueDeliveries: deliveries.length };
}

/** Runs `reconcileOnce` again and again, one at a time. An owned resource: stop it. */
export function startReconcile(options: ReconcileOptions): { stop(): Promise<void> } {
  let stopped = false;
  let wake: (() => void) | null = null;
  const sleep = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, options.intervalMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async (): Promise<void> => {
    while (!stopped) {
      await reconcileOnce(options).then(options.onOutcome, options.onError);
      if (!stopped) await sleep();
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopped = true;
      wake?.();
      await running;
    },
  };
}
