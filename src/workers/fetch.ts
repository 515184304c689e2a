import { createHash } from "node:crypto";
import { FeedError } from "../domain/feed/feed-error.ts";
import type { PollWishes } from "../domain/feed/parsed-feed.ts";
import { failureWait, hastened, nextInterval, type PollBounds } from "../domain/feed/poll-schedule.ts";
import { publisherWait } from "../domain/feed/publisher-wish.ts";
import { rememberRedirect } from "../domain/feed/redirect-memory.ts";
import { rhythmOf, silentAfterSeconds } from "../domain/feed/rhythm.ts";
import { recentItemTimes } from "../ledger/feed-care.ts";
import { type ClaimedFeed, claimDueFeeds, releaseFeed } from "../ledger/feed-claims.ts";
import { type FetchRecord, recordFetchFailure, retireFeed } from "../ledger/feed-records.ts";
import type { FetchRecorder } from "../ledger/fetch-recorder.ts";
import { type PolledItem, type StoredPoll, storePoll } from "../ledger/items.ts";
import { renewClaim } from "../ledger/leases.ts";
import { storeTeasers } from "../ledger/pages.ts";
import type { Database } from "../ledger/schema.ts";
import { type Failure, isOverload, isUnreachable } from "../net/failure.ts";
import { type Fetched, type FetchOutcome, fetchFeed, type NotModified } from "../net/fetch-feed.ts";
import type { HttpClient } from "../net/http-client.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { whileRenewed } from "../queues/renewed-lease.ts";

/** What the worker takes of a parsed feed. */
export interface ReadFeed {
  readonly items: readonly PolledItem[];
  readonly warnings: readonly string[];
  /** The document ended early: its validators are not kept, so that it is fetched again. */
  readonly truncated: boolean;
  readonly wishes: PollWishes;
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
  readonly recorder: FetchRecorder;
  /** @throws Error in words for users when the bytes are no feed. */
  readonly parse: (bytes: Uint8Array, document: FetchedDocument) => Promise<ReadFeed>;
  /** Reads what the ledger kept of a document's wishes. */
  readonly readWishes: (kept: unknown) => PollWishes;
  readonly bounds: PollBounds;
  readonly hostGapMs: number;
  /** Default 15 s. */
  readonly leaseMs?: number;
  /** Feeds whose story is in motion. */
  readonly inMotion: () => Promise<ReadonlySet<string>>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onPoll: (poll: PollOutcome) => void;
  readonly enqueueNext: (payloads: readonly Payload<"deduplicate">[]) => Promise<void>;
}

/** One poll of a feed, for the log and the metrics. */
export interface PollOutcome {
  readonly feed: string;
  /** gone: the publisher retired it. outage: our own network is out, and the feed is not to blame. */
  readonly outcome: "unchanged" | "stored" | "failed" | "gone" | "outage";
  readonly newItems: number;
  readonly edits: number;
  readonly durationMs: number;
  readonly warnings: number;
  readonly error?: string;
  /** Article pages that are to be read first. */
  readonly awaited?: number;
  /** Where a permanent redirect led that is believed from now on. */
  readonly movedTo?: string;
  /** Failures in a row that this poll ended. */
  readonly afterFailures?: number;
}

/** Shorter than a fetch may take, since it is renewed: what a dead worker held is soon asked by another. */
const LEASE_MS = 15_000;
/** Items from whose times a feed's rhythm is drawn. */
const RHYTHM_ITEMS = 60;

/** Takes feeds that are due, at most `limit`; each poll fetches, stores what is new and records how it went. */
export async function claimPolls(options: FetchOptions, limit: number): Promise<(() => Promise<void>)[]> {
  const { db, now, hostGapMs: gapMs, leaseMs = LEASE_MS } = options;
  const claimed = await claimDueFeeds(db, { now: now(), limit, leaseMs, gapMs });
  return claimed.map((feed) => {
    const renew = () => renewClaim(db, { feedId: feed.id }, { now: now(), leaseMs });
    return () => whileRenewed({ leaseMs, renew }, () => pollFeed(feed, options));
  });
}

/** Only errors of the ledger are thrown. */
async function pollFeed(feed: ClaimedFeed, options: FetchOptions): Promise<void> {
  const started = performance.now();
  const outcome = await fetchFeed(options.client, {
    url: feed.url,
    etag: feed.etag ?? undefined,
    lastModified: feed.lastModified ?? undefined,
    signal: options.signal,
  });
  const poll = options.signal.aborted ? null : await settle(feed, outcome, options);
  // A stop is no poll: the next start asks again.
  if (poll === null) return releaseFeed(options.db, feed.id, { now: options.now() });
  const works = poll.outcome === "unchanged" || poll.outcome === "stored";
  options.onPoll({
    ...poll,
    ...(works && feed.failures > 0 ? { afterFailures: feed.failures } : {}),
    feed: feed.id,
    durationMs: Math.round(performance.now() - started),
  });
}

type Settled = Omit<PollOutcome, "feed" | "durationMs">;

const NOTHING = { newItems: 0, edits: 0, warnings: 0 } as const;

/** null: the service stops, and the document was not read. */
async function settle(feed: ClaimedFeed, outcome: FetchOutcome, options: FetchOptions): Promise<Settled | null> {
  if (outcome.outcome === "failed") return fail(feed, outcome, options);
  if (outcome.outcome === "fetched") return store(feed, outcome, options);
  return recordUnchanged(feed, outcome, { httpStatus: 304 }, options);
}

async function store(feed: ClaimedFeed, fetched: Fetched, options: FetchOptions): Promise<Settled | null> {
  const bodyHash = createHash("sha256").update(fetched.bytes).digest("hex");
  const { etag = null, "last-modified": lastModified = null } = fetched.headers;
  const answer = { httpStatus: fetched.status, validators: { etag, lastModified, bodyHash } };
  if (bodyHash === feed.bodyHash) return recordUnchanged(feed, fetched, answer, options);
  let read: ReadFeed;
  try {
    read = await options.parse(fetched.bytes, {
      url: fetched.finalUrl,
      contentType: fetched.headers["content-type"],
      timezone: feed.timezone,
    });
  } catch (error) {
    if (options.signal.aborted) return null;
    const reason = error instanceof Error ? error.message : String(error);
    const failure: Failure = { outcome: "failed", class: "soft", code: "status", status: fetched.status, reason };
    return fail(feed, failure, options, error instanceof FeedError ? error.code : "malformed");
  }
  const stored: Stored = feed.fullText
    ? await storeTeasers(options.db, feed.id, read.items, options.now())
    : await storePoll(options.db, feed.id, read.items, options.now());
  // What is stored is owed: the next stage need not wait for the feed's own records.
  const [moved] = await Promise.all([
    recordStored(feed, fetched, options, { answer, read, stored }),
    options.enqueueNext(batchesOf(stored.newRevisionIds).map((revisions) => ({ revisions }))),
  ]);
  const { edits, awaited } = stored;
  return {
    ...{ outcome: "stored", newItems: stored.newItems, edits, warnings: read.warnings.length, ...moved },
    ...(awaited === undefined ? {} : { awaited }),
  };
}

type Stored = StoredPoll & { readonly awaited?: number };

async function recordStored(
  feed: ClaimedFeed,
  fetched: Fetched,
  options: FetchOptions,
  { answer, read, stored }: { answer: Pick<FetchRecord, "httpStatus" | "validators">; read: ReadFeed; stored: Stored },
): Promise<{ movedTo?: string }> {
  const newItems = stored.newItems + (stored.awaited ?? 0);
  const rhythm = newItems > 0 ? await drawRhythm(feed.id, options) : undefined;
  return record(feed, fetched, options, {
    ...answer,
    ...(read.truncated || stored.held > 0 ? { validators: { etag: null, lastModified: null, bodyHash: null } } : {}),
    ...(rhythm === undefined ? {} : { rhythm }),
    newItems,
    wishes: read.wishes,
  });
}

async function recordUnchanged(
  feed: ClaimedFeed,
  answered: NotModified | Fetched,
  answer: Pick<FetchRecord, "httpStatus" | "validators">,
  options: FetchOptions,
): Promise<Settled> {
  return { outcome: "unchanged", ...NOTHING, ...(await record(feed, answered, options, { ...answer, newItems: 0 })) };
}

async function drawRhythm(feedId: string, { db }: FetchOptions): Promise<FetchRecord["rhythm"]> {
  const rhythm = rhythmOf(await recentItemTimes(db, { feedId, limit: RHYTHM_ITEMS }));
  if (rhythm === null) return undefined;
  return { typicalGapSeconds: rhythm.typicalGapSeconds, silentAfterSeconds: silentAfterSeconds(rhythm) };
}

type Answer = Pick<FetchRecord, "httpStatus" | "validators" | "newItems" | "rhythm"> & {
  readonly wishes?: PollWishes;
};

/** Records a poll that succeeded: when the next one is due, and where the feed moved. */
async function record(
  feed: ClaimedFeed,
  { headers, permanentRedirects }: NotModified | Fetched,
  options: FetchOptions,
  answer: Answer,
): Promise<{ movedTo?: string }> {
  const now = options.now();
  const intervalSeconds = nextInterval(
    {
      intervalSeconds: feed.intervalSeconds,
      first: feed.first,
      newItems: answer.newItems,
      typicalGapSeconds: answer.rhythm?.typicalGapSeconds ?? feed.typicalGapSeconds,
      quietSeconds: answer.newItems > 0 ? 0 : (now.getTime() - (feed.lastNewItemAt ?? feed.createdAt).getTime()) / 1000,
    },
    options.bounds,
  );
  const { "cache-control": cacheControl, expires, date, age } = headers;
  const wishes = answer.wishes ?? options.readWishes(feed.wishes);
  const waitSeconds = publisherWait({ cacheControl, expires, date, age }, wishes, now.getTime());
  const moving = (await options.inMotion()).has(feed.id);
  const wanted = moving ? hastened(intervalSeconds, options.bounds) : intervalSeconds;
  const redirect = rememberRedirect(
    { to: feed.redirectTo, times: feed.redirectSeen },
    { target: permanentRedirects.at(-1) ?? null, from: feed.url },
  );
  const moved = redirect.movedTo === null ? {} : { movedTo: redirect.movedTo };
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  await options.recorder.record({
    ...answer,
    ...moved,
    feedId: feed.id,
    now,
    intervalSeconds,
    nextFetchAt: after(Math.max(wanted, waitSeconds)),
    ...(waitSeconds > 0 ? { notBefore: after(waitSeconds) } : {}),
    redirect: redirect.seen,
  });
  return moved;
}

const GONE = 410;
const NOT_FOUND = 404;

/** @param code what kind of thing went wrong, where it is not the request that failed. */
async function fail(
  feed: ClaimedFeed,
  failure: Failure,
  options: FetchOptions,
  code: string = failure.code,
): Promise<Settled> {
  const { db, bounds, random } = options;
  const { reason, status, retryAfterMs } = failure;
  const now = options.now();
  const lost = status === GONE || status === NOT_FOUND;
  if (status === GONE && feed.movedTo === null) {
    const error = "the publisher says that the feed is gone (410)";
    await retireFeed(db, { feedId: feed.id, now, error, httpStatus: status });
    return { outcome: "gone", ...NOTHING, error };
  }
  const waitMs = Math.max(failureWait(feed.failures, failure.class, bounds, random()) * 1000, retryAfterMs ?? 0);
  const overloaded = isOverload(failure);
  const { outage } = await recordFetchFailure(db, {
    feedId: feed.id,
    now,
    error: reason,
    code,
    httpStatus: status,
    nextFetchAt: new Date(now.getTime() + waitMs),
    unreachable: isUnreachable(failure),
    overloaded,
    hostNotBefore: overloaded || retryAfterMs !== undefined ? new Date(now.getTime() + waitMs) : undefined,
    forgetMove: lost && feed.movedTo !== null,
  });
  return { outcome: outage ? "outage" : "failed", ...NOTHING, error: reason };
}
