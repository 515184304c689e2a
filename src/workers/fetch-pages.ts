import { isSameArticle, nextVisit } from "../domain/feed/page-visits.ts";
import type { StoredPoll } from "../ledger/items.ts";
import { renewClaim } from "../ledger/leases.ts";
import { type ClaimedPage, claimDuePages, type PageRevisit, postponePage, settlePage } from "../ledger/pages.ts";
import type { Database } from "../ledger/schema.ts";
import { type Failure, isOverload, isUnreachable } from "../net/failure.ts";
import { type Fetched, fetchFeed, type NotModified } from "../net/fetch-feed.ts";
import type { HttpClient } from "../net/http-client.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { whileRenewed } from "../queues/renewed-lease.ts";

/** What is taken of an article page. */
export interface ReadPage {
  readonly text: string;
  /** The address that the page itself calls its own, made comparable; null where it names none that can be believed. */
  readonly canonicalUrl: string | null;
}

export interface PageOptions {
  readonly db: Database;
  readonly client: HttpClient;
  /** @throws Error in words for users when the bytes are no page with an article. */
  readonly read: (bytes: Uint8Array, page: { url: string; contentType: string | undefined }) => Promise<ReadPage>;
  readonly hostGapMs: number;
  /** Default 15 s. */
  readonly leaseMs?: number;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly onPage: (page: PageOutcome) => void;
  readonly enqueueNext: (payloads: readonly Payload<"deduplicate">[]) => Promise<void>;
}

/**
 * One article page, for the log and the metrics. `teaser`: it was given up, and the item has the feed's own text. A page
 * that is read again was `edited`, is `unchanged`, or was `missed`: what it says now cannot be had.
 */
export interface PageOutcome {
  readonly feed: string;
  readonly outcome: "read" | "teaser" | "postponed" | "edited" | "unchanged" | "missed";
  readonly durationMs: number;
  readonly error?: string;
}

/** Shorter than a fetch may take, since it is renewed. */
const LEASE_MS = 15_000;
const DEADLINE_MS = 20_000;
const MAX_BYTES = 4 * 1024 * 1024;
const PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";
/** An item is worth more in time with its teaser than late with its text. */
const MOST_ATTEMPTS = 3;
const RETRY_MS = 30_000;

/** Takes article pages that are owed, at most `limit`; each is fetched under the rules of the feeds' hosts. */
export async function claimPages(options: PageOptions, limit: number): Promise<(() => Promise<void>)[]> {
  if (limit <= 0) return [];
  const { db, now, hostGapMs: gapMs, leaseMs = LEASE_MS } = options;
  const claimed = await claimDuePages(db, { now: now(), limit, leaseMs, gapMs });
  return claimed.map((page) => {
    const renew = () => renewClaim(db, { pageId: page.id }, { now: now(), leaseMs });
    return () => whileRenewed({ leaseMs, renew }, () => fetchPage(page, options));
  });
}

async function fetchPage(page: ClaimedPage, options: PageOptions): Promise<void> {
  const started = performance.now();
  const outcome = await fetchFeed(options.client, {
    url: page.url,
    etag: page.again?.etag ?? undefined,
    lastModified: page.again?.lastModified ?? undefined,
    accept: PAGE_TYPES,
    deadlineMs: DEADLINE_MS,
    maxBytes: MAX_BYTES,
    signal: options.signal,
  });
  if (options.signal.aborted) return void (await giveBack(page, options));
  const told = await (outcome.outcome === "fetched"
    ? take(page, outcome, options)
    : outcome.outcome === "notModified" && page.again !== null
      ? takeUnchanged(page, outcome, options)
      : fail(page, outcome.outcome === "failed" ? outcome : UNASKED, options));
  options.onPage({ ...told, feed: page.feedId, durationMs: Math.round(performance.now() - started) });
}

type Told = Omit<PageOutcome, "feed" | "durationMs">;

/** The next start asks for the page: a stop is no try. */
async function giveBack(page: ClaimedPage, { db, now }: PageOptions): Promise<Told> {
  const error = "the service stops";
  const at = now();
  await postponePage(db, page, { error, now: at, dueAt: at, counted: false, host: {} });
  return { outcome: "postponed", error };
}

const UNASKED: Failure = {
  outcome: "failed",
  class: "soft",
  code: "status",
  reason: "the server answered 304 unasked",
};

async function take(page: ClaimedPage, fetched: Fetched, options: PageOptions): Promise<Told> {
  let read: ReadPage;
  try {
    const source = { url: fetched.finalUrl, contentType: fetched.headers["content-type"] };
    read = await options.read(fetched.bytes, source);
  } catch (error) {
    // A reader that is stopped says nothing of the page.
    if (options.signal.aborted) return giveBack(page, options);
    return giveUp(page, error instanceof Error ? error.message : String(error), options, {});
  }
  const { item, again } = page;
  // A page whose body is not found (a video, a consent form) gives less than the teaser.
  const isShort = read.text.length <= item.text.length;
  if (again !== null && (isShort || !isSameArticle(again, read.text)))
    return giveUp(page, "the page no longer shows its article", options, {});
  const canonicalUrl = read.canonicalUrl ?? item.canonicalUrl;
  const stored = await settle(
    page,
    {
      item: { ...item, text: isShort ? item.text : read.text, canonicalUrl },
      error: null,
      revisit: revisitAfter(page, fetched, options),
      host: {},
    },
    options,
  );
  if (again === null) return { outcome: "read" };
  return { outcome: stored.edits > 0 ? "edited" : "unchanged" };
}

async function takeUnchanged(page: ClaimedPage, answered: NotModified, options: PageOptions): Promise<Told> {
  const revisit = revisitAfter(page, answered, options);
  await settle(page, { item: null, error: null, revisit, host: {} }, options);
  return { outcome: "unchanged" };
}

/** The validators of a 304 need not be told again. */
function revisitAfter(page: ClaimedPage, { headers }: Fetched | NotModified, { now }: PageOptions): PageRevisit {
  const { etag = page.again?.etag ?? null, "last-modified": lastModified = page.again?.lastModified ?? null } = headers;
  return { at: visitAfter(page, now()), etag, lastModified };
}

function visitAfter({ item, again }: ClaimedPage, now: Date): Date | null {
  return nextVisit({ published: item.publishedAt, visits: again === null ? 0 : again.visits + 1, now });
}

async function fail(page: ClaimedPage, failure: Failure, options: PageOptions): Promise<Told> {
  const now = options.now();
  const waitMs = Math.max(RETRY_MS * 2 ** page.attempts, failure.retryAfterMs ?? 0);
  const overloaded = isOverload(failure);
  const host = {
    unreachable: isUnreachable(failure),
    overloaded,
    hostNotBefore: overloaded ? new Date(now.getTime() + waitMs) : undefined,
  };
  // A page that was read before costs nothing by being missed once: its next visit comes.
  if (page.again !== null || failure.class !== "temporary" || page.attempts + 1 >= MOST_ATTEMPTS)
    return giveUp(page, failure.reason, options, host);
  const dueAt = new Date(now.getTime() + waitMs);
  await postponePage(options.db, page, { error: failure.reason, now, dueAt, counted: true, host });
  return { outcome: "postponed", error: failure.reason };
}

type HostSays = Parameters<typeof settlePage>[2]["host"];

async function giveUp(page: ClaimedPage, error: string, options: PageOptions, host: HostSays): Promise<Told> {
  const { item, again } = page;
  if (again === null) {
    await settle(page, { item, error, revisit: NEVER, host }, options);
    return { outcome: "teaser", error };
  }
  const { etag, lastModified } = again;
  const revisit = { at: visitAfter(page, options.now()), etag, lastModified };
  await settle(page, { item: null, error, revisit, host }, options);
  return { outcome: "missed", error };
}

const NEVER: PageRevisit = { at: null, etag: null, lastModified: null };

async function settle(
  page: ClaimedPage,
  settled: Omit<Parameters<typeof settlePage>[2], "now">,
  { db, now, enqueueNext }: PageOptions,
): Promise<StoredPoll> {
  const stored = await settlePage(db, page, { ...settled, now: now() });
  await enqueueNext(batchesOf(stored.newRevisionIds).map((revisions) => ({ revisions })));
  return stored;
}
