import type { OperationalEvent } from "../domain/alert/operational.ts";
import { IN_MOTION_SHARE, type PollBounds } from "../domain/feed/poll-schedule.ts";
import { feedsInMotion, hastenFeeds, tellOfFeed, untoldFailing, untoldSilent } from "../ledger/feed-care.ts";
import type { FeedRow } from "../ledger/feeds.ts";
import type { Database } from "../ledger/schema.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import type { Retention } from "../settings.ts";
import { startDuty } from "./duty.ts";
import { forget, type Pruned } from "./forget.ts";

const HOUR_MS = 3_600_000;
/** A story is in motion for so long after an alert. */
const MOTION_MS = HOUR_MS;
/** A feed is told of as failing after so long, and so many tries. */
const FAILING_MS = HOUR_MS;
const LEAST_FAILURES = 3;

export interface UpkeepOptions {
  readonly db: Database;
  readonly now: () => Date;
  readonly bounds: PollBounds;
  readonly enqueue: (payloads: readonly Payload<"deliver">[]) => Promise<void>;
  readonly onTold: (told: {
    readonly kind: string;
    readonly feed: string;
    readonly source: string | undefined;
    readonly url: string | null;
    readonly because: string;
  }) => void;
}

/** Polls the feeds of a moving story sooner, and tells of feeds that fail or have fallen silent. Safe beside others of its kind. */
export async function tendFeeds({ db, now, bounds, enqueue, onTold }: UpkeepOptions): Promise<void> {
  const at = now();
  await hastenFeeds(db, {
    ids: await feedsInMotion(db, new Date(at.getTime() - MOTION_MS)),
    now: at,
    share: IN_MOTION_SHARE,
    leastSeconds: bounds.minimumIntervalSeconds,
  });
  const since = new Date(at.getTime() - FAILING_MS);
  const events = [
    ...(await untoldFailing(db, { since, leastFailures: LEAST_FAILURES })).map((feed) => failingEvent(feed, at)),
    ...(await untoldSilent(db)).map((feed) => silentEvent(feed, at)),
  ];
  for (const event of events) {
    const told = await tellOfFeed(db, event, at);
    if (told === null) continue;
    const { kind, subject: feed, source, url, because } = event;
    onTold({ kind, feed, source, url, because });
    await enqueue(batchesOf(told.deliveries, 20).map((deliveries) => ({ deliveries })));
  }
}

type FeedEvent = Parameters<typeof tellOfFeed>[1];

function failingEvent(feed: FeedRow, at: Date): FeedEvent {
  const gone = feed.status === "gone";
  const because = gone
    ? `${feed.last_error ?? "the feed is gone"}; it is not polled until it is resumed`
    : `${feed.failures} polls in a row failed, the last one: ${feed.last_error ?? "no reason known"}; it is tried again, more and more slowly`;
  return feedEvent(feed, { kind: "feed.failing", since: feed.failing_since, because, severity: "medium", at });
}

function silentEvent(feed: FeedRow, at: Date): FeedEvent {
  const hours = Math.round((feed.silent_after_seconds ?? 0) / 3600);
  const because = `the feed answers, and has brought nothing new for longer than ${hours} hours, which its rhythm does not know`;
  return feedEvent(feed, { kind: "feed.silent", since: feed.last_new_item_at, because, severity: "low", at });
}

function feedEvent(
  feed: FeedRow,
  {
    kind,
    since,
    because,
    severity,
    at,
  }: Pick<FeedEvent, "kind" | "because" | "severity"> & { since: Date | null; at: Date },
): FeedEvent & OperationalEvent {
  return {
    kind,
    subject: feed.id,
    source: feed.source,
    url: withoutSecrets(feed.moved_to ?? feed.url),
    since: since?.toISOString() ?? null,
    because: because.slice(0, 1000),
    severity,
    at: at.toISOString(),
  };
}

/** A feed's query is sometimes its key, and credentials are. */
function withoutSecrets(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

const TEND_EVERY_MS = 30_000;
const PRUNE_EVERY_MS = 6 * HOUR_MS;
const FIRST_PRUNE_MS = 5 * 60_000;

/** Starts the recurring duties. An owned resource: stop it. */
export function startUpkeep(
  options: UpkeepOptions & {
    readonly retention: Retention;
    readonly onPruned: (counts: Pruned) => void;
    readonly onError: (error: unknown) => void;
  },
): { stop(): Promise<void> } {
  const { onError } = options;
  const stopping = new AbortController();
  const prune = async () => options.onPruned(await forget({ ...options, signal: stopping.signal }));
  const duties = [
    startDuty(() => tendFeeds(options), { everyMs: TEND_EVERY_MS, firstAfterMs: TEND_EVERY_MS, onError }),
    startDuty(prune, { everyMs: PRUNE_EVERY_MS, firstAfterMs: FIRST_PRUNE_MS, onError }),
  ];
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(duties.map((duty) => duty.stop()));
    },
  };
}
