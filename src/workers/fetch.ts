import { createHash } from "node:crypto";
import { failureWait, nextInterval, type PollBounds } from "../domain/feed/poll-schedule.ts";
import {
  type ClaimedFeed,
  claimDueFeeds,
  recordFetch,
  recordFetchFailure,
  releaseFeed,
} from "../ledger/feed-claims.ts";
import { type PolledItem, storePoll } from "../ledger/items.ts";
import type { Database } from "../ledger/schema.ts";
import { type Fetched, type FetchOutcome, fetchFeed } from "../net/fetch-feed.ts";
import type { HttpClient } from "../net/http-client.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";

/** What the worker takes of a parsed feed. */
export interface ReadFeed {
  readonly items: readonly PolledItem[];
  readonly warnings: readonly string[];
  /** The document ended early: its validators are not kept, so that it is fetched again. */
  readonly truncated: boolean;
  /** The publisher's wish for the time between polls. */
  readonly notBeforeSeconds?: number | undefined;
}

/** Where a document to be parsed came from. */
export interface FetchedDocument {
  readonly url: string;
  readonly contentType: string | undefined;
  /** The feed's zone, for dates that name none. */
  readonly timezone: string | null;
}

export interface FetchOptions {
  readonly db: Database;
  readonly client: HttpClient;
  /** @throws Error in words for users when the bytes are no feed. */
  readonly parse: (bytes: Uint8Array, document: FetchedDocument) => Promise<ReadFeed>;
  readonly bounds: PollBounds;
  readonly hostGapMs: number;
  readonly now: () => Date;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onPoll: (poll: PollOutcome) => void;
  readonly enqueueNext: (payloads: readonly Payload<"deduplicate">[]) => Promise<void>;
}

/** One poll of a feed, for the log and the metrics. */
export interface PollOutcome {
  readonly feed: string;
  readonly outcome: "unchanged" | "stored" | "failed";
  readonly newItems: number;
  readonly edits: number;
  readonly durationMs: number;
  readonly warnings: number;
  readonly error?: string;
}

/** Longer than any fetch and parse may take, so that a feed is claimed twice only when its worker is dead. */
const LEASE_MS = 60_000;
const MOST_IN_FLIGHT = 16;

/** Polls the feeds that are due, several hosts at a time, until none is left. */
export async function fetchDueFeeds(options: FetchOptions): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  while (!options.signal.aborted) {
    const claimed = await claimDueFeeds(options.db, {
      now: options.now(),
      limit: MOST_IN_FLIGHT - inFlight.size,
      leaseMs: LEASE_MS,
      gapMs: options.hostGapMs,
    });
    for (const feed of claimed) {
      const poll: Promise<void> = pollFeed(feed, options).finally(() => inFlight.delete(poll));
      inFlight.add(poll);
    }
    if (inFlight.size === 0) return;
    if (claimed.length === 0 || inFlight.size >= MOST_IN_FLIGHT) await Promise.race(inFlight);
  }
  await Promise.all(inFlight);
}

/** Fetches one feed, stores what is new, records how it went. Only errors of the ledger are thrown. */
async function pollFeed(feed: ClaimedFeed, options: FetchOptions): Promise<void> {
  const started = performance.now();
  const outcome = await fetchFeed(options.client, {
    url: feed.url,
    etag: feed.etag ?? undefined,
    lastModified: feed.lastModified ?? undefined,
    signal: options.signal,
  });
  if (options.signal.aborted) return releaseFeed(options.db, feed.id, { now: options.now() });
  const poll = await settle(feed, outcome, options);
  options.onPoll({ ...poll, feed: feed.id, durationMs: Math.round(performance.now() - started) });
}

type Settled = Omit<PollOutcome, "feed" | "durationMs">;

const UNCHANGED: Settled = { outcome: "unchanged", newItems: 0, edits: 0, warnings: 0 };

async function settle(feed: ClaimedFeed, outcome: FetchOutcome, options: FetchOptions): Promise<Settled> {
  if (outcome.outcome === "failed")
    return fail(
      feed,
      { reason: outcome.reason, weight: outcome.class, status: outcome.status, retryAfterMs: outcome.retryAfterMs },
      options,
    );
  if (outcome.outcome === "notModified") {
    await recordFetch(options.db, {
      ...nextPoll(feed, 0, undefined, options),
      feedId: feed.id,
      httpStatus: 304,
      newItems: 0,
    });
    return UNCHANGED;
  }
  return store(feed, outcome, options);
}

async function store(feed: ClaimedFeed, fetched: Fetched, options: FetchOptions): Promise<Settled> {
  const bodyHash = createHash("sha256").update(fetched.bytes).digest("hex");
  const validators = {
    etag: fetched.headers.etag ?? null,
    lastModified: fetched.headers["last-modified"] ?? null,
    bodyHash,
  };
  const record = { feedId: feed.id, httpStatus: fetched.status, validators };
  if (bodyHash === feed.bodyHash) {
    await recordFetch(options.db, { ...record, ...nextPoll(feed, 0, undefined, options), newItems: 0 });
    return UNCHANGED;
  }
  let read: ReadFeed;
  try {
    read = await options.parse(fetched.bytes, {
      url: fetched.finalUrl,
      contentType: fetched.headers["content-type"],
      timezone: feed.timezone,
    });
  } catch (error) {
    return fail(
      feed,
      { reason: error instanceof Error ? error.message : String(error), weight: "soft", status: fetched.status },
      options,
    );
  }
  const stored = await storePoll(options.db, feed.id, read.items, options.now());
  await recordFetch(options.db, {
    ...record,
    ...(read.truncated ? { validators: { etag: null, lastModified: null, bodyHash: null } } : {}),
    ...nextPoll(feed, stored.newItems + stored.edits, read.notBeforeSeconds, options),
    newItems: stored.newItems,
  });
  await options.enqueueNext(batchesOf(stored.newRevisionIds).map((revisions) => ({ revisions })));
  return { outcome: "stored", newItems: stored.newItems, edits: stored.edits, warnings: read.warnings.length };
}

function nextPoll(
  feed: ClaimedFeed,
  newItems: number,
  notBeforeSeconds: number | undefined,
  { bounds, now }: FetchOptions,
) {
  const at = now();
  const intervalSeconds = nextInterval({ intervalSeconds: feed.intervalSeconds, newItems, notBeforeSeconds }, bounds);
  return {
    now: at,
    intervalSeconds,
    nextFetchAt: new Date(at.getTime() + intervalSeconds * 1000),
  };
}

interface FailedPoll {
  readonly reason: string;
  readonly weight: "hard" | "soft" | "temporary";
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}

async function fail(
  feed: ClaimedFeed,
  { reason, weight, status, retryAfterMs }: FailedPoll,
  options: FetchOptions,
): Promise<Settled> {
  const now = options.now();
  const waitMs = failureWait(feed.failures, weight, options.bounds, options.random()) * 1000;
  const hostNotBefore = retryAfterMs === undefined ? undefined : new Date(now.getTime() + retryAfterMs);
  await recordFetchFailure(options.db, {
    feedId: feed.id,
    now,
    error: reason,
    httpStatus: status,
    nextFetchAt: new Date(now.getTime() + Math.max(waitMs, retryAfterMs ?? 0)),
    hostNotBefore,
  });
  return { outcome: "failed", newItems: 0, edits: 0, warnings: 0, error: reason };
}
