import { type Selectable, sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import type { Database, FeedsTable } from "./schema.ts";

/** A feed as the configuration gives it. */
export interface FeedDefinition {
  readonly id: string;
  readonly url: string;
  readonly source: string;
  readonly lang: string;
  readonly tier: number;
  readonly side?: string | undefined;
  readonly timezone?: string | undefined;
}

export type FeedRow = Selectable<FeedsTable>;

/** A feed that a worker has to itself until its lease ends. */
export interface ClaimedFeed {
  readonly id: string;
  /** Where to fetch it: where a permanent redirect led, else the configured URL. */
  readonly url: string;
  readonly host: string;
  readonly source: string;
  readonly lang: string;
  readonly tier: number;
  readonly timezone: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly bodyHash: string | null;
  readonly intervalSeconds: number;
  readonly failures: number;
  readonly lastNewItemAt: Date | null;
}

/**
 * Makes the ledger's feeds those of the configuration. A new feed is due at once, a changed URL too and without the
 * old one's validators; a feed that left the configuration is kept with its items, but not polled.
 */
export async function syncFeeds(
  db: Database,
  feeds: readonly FeedDefinition[],
  { now, intervalSeconds }: { now: Date; intervalSeconds: number },
): Promise<void> {
  const rows = feeds.map((feed) => ({ ...feed, host: new URL(feed.url).host }));
  await inTransaction(db, async (trx) => {
    await sql`
      insert into hosts (host)
      select distinct host from json_to_recordset(${toJson(rows)}::json) as f(host text)
      on conflict do nothing`.execute(trx);
    await sql`
      insert into feeds as f (id, url, host, source, lang, tier, side, timezone, next_fetch_at, interval_seconds, created_at)
      select id, url, host, source, lang, tier, side, timezone, ${now}, ${intervalSeconds}, ${now}
      from json_to_recordset(${toJson(rows)}::json)
        as r(id text, url text, host text, source text, lang text, tier smallint, side text, timezone text)
      on conflict (id) do update set
        url = excluded.url, source = excluded.source, lang = excluded.lang, tier = excluded.tier,
        side = excluded.side, timezone = excluded.timezone, configured = true,
        host = case when f.url = excluded.url then f.host else excluded.host end,
        moved_to = case when f.url = excluded.url then f.moved_to end,
        etag = case when f.url = excluded.url then f.etag end,
        last_modified = case when f.url = excluded.url then f.last_modified end,
        body_hash = case when f.url = excluded.url then f.body_hash end,
        next_fetch_at = case when f.url = excluded.url then f.next_fetch_at else excluded.next_fetch_at end`.execute(
      trx,
    );
    await sql`update feeds set configured = false where configured and id <> all(${rows.map(({ id }) => id)}::text[])`.execute(
      trx,
    );
  });
}

/**
 * Takes feeds whose time has come: at most one a host, none from a host that is being asked or was asked within its
 * gap. The lease ends a claim whose worker died.
 */
export async function claimDueFeeds(
  db: Database,
  { now, limit, leaseMs, gapMs }: { now: Date; limit: number; leaseMs: number; gapMs: number },
): Promise<ClaimedFeed[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const claimed = await sql<ClaimedFeed>`
    with due as materialized (
      select h.host, f.id
      from hosts h
      cross join lateral (
        select id, next_fetch_at from feeds
        where host = h.host and configured and not paused and next_fetch_at <= ${now}
          and (lease_until is null or lease_until <= ${now})
        order by next_fetch_at limit 1
      ) f
      where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      order by f.next_fetch_at
      limit ${limit}
      for no key update of h skip locked
    ), taken as (
      update hosts h set feed_id = due.id, lease_until = ${leaseUntil}, gap_ms = ${gapMs},
        next_request_at = ${now}::timestamptz + ${gapMs} * interval '1 millisecond'
      from due where h.host = due.host
    )
    update feeds f set lease_until = ${leaseUntil}
    from due where f.id = due.id
    returning f.id, coalesce(f.moved_to, f.url) as url, f.host, f.source, f.lang, f.tier, f.timezone, f.etag,
      f.last_modified as "lastModified", f.body_hash as "bodyHash", f.interval_seconds as "intervalSeconds",
      f.failures, f.last_new_item_at as "lastNewItemAt"`.execute(db);
  return claimed.rows;
}

/** What a fetch that reached the feed leaves behind. */
export interface FetchRecord {
  readonly feedId: string;
  readonly now: Date;
  readonly httpStatus: number;
  readonly nextFetchAt: Date;
  readonly intervalSeconds: number;
  /** Validators and hash of a body read whole; left out (after a 304, or a body cut short) the old ones stay. */
  readonly validators?: {
    readonly etag: string | null;
    readonly lastModified: string | null;
    readonly bodyHash: string | null;
  };
  readonly newItems: number;
  /** Where a permanent redirect led. */
  readonly movedTo?: string;
}

/** Records a fetch that succeeded and gives feed and host free. */
export async function recordFetch(db: Database, fetch: FetchRecord): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (fetch.movedTo !== undefined) await moveFeed(trx, fetch.feedId, fetch.movedTo);
    await trx
      .updateTable("feeds")
      .set({
        status: "ok",
        failures: 0,
        failing_since: null,
        last_error: null,
        last_status: fetch.httpStatus,
        last_fetched_at: fetch.now,
        last_ok_at: fetch.now,
        next_fetch_at: fetch.nextFetchAt,
        interval_seconds: fetch.intervalSeconds,
        ...(fetch.validators && {
          etag: fetch.validators.etag,
          last_modified: fetch.validators.lastModified,
          body_hash: fetch.validators.bodyHash,
        }),
        ...(fetch.newItems > 0 && { last_new_item_at: fetch.now }),
      })
      .where("id", "=", fetch.feedId)
      .execute();
    await releaseFeed(trx, fetch.feedId, { now: fetch.now });
  });
}

/** What a fetch that failed leaves behind. */
export interface FetchFailure {
  readonly feedId: string;
  readonly now: Date;
  readonly error: string;
  readonly httpStatus?: number | undefined;
  readonly nextFetchAt: Date;
  /** The host asked (Retry-After) that none of its feeds be fetched before. */
  readonly hostNotBefore?: Date | undefined;
}

/** Records a fetch that failed and gives feed and host free. Returns how many failures in a row that makes. */
export async function recordFetchFailure(
  db: Database,
  failure: FetchFailure,
): Promise<{ failures: number; failingSince: Date }> {
  return inTransaction(db, async (trx) => {
    const feed = await trx
      .updateTable("feeds")
      .set((eb) => ({
        status: "failing",
        failures: eb("failures", "+", 1),
        failing_since: eb.fn.coalesce("failing_since", eb.val(failure.now)),
        last_error: failure.error.slice(0, 2000),
        last_status: failure.httpStatus ?? null,
        last_fetched_at: failure.now,
        next_fetch_at: failure.nextFetchAt,
      }))
      .where("id", "=", failure.feedId)
      .returning(["failures", "failing_since"])
      .executeTakeFirst();
    await releaseFeed(trx, failure.feedId, { now: failure.now, notBefore: failure.hostNotBefore });
    return { failures: feed?.failures ?? 0, failingSince: feed?.failing_since ?? failure.now };
  });
}

/** Gives a claimed feed back without having fetched it, and its host free after the gap (or `notBefore`). */
export async function releaseFeed(
  db: Database,
  feedId: string,
  { now, notBefore }: { now: Date; notBefore?: Date | undefined },
): Promise<void> {
  await db.updateTable("feeds").set({ lease_until: null }).where("id", "=", feedId).execute();
  await sql`
    update hosts set feed_id = null, lease_until = null,
      next_request_at = greatest(next_request_at, ${now}::timestamptz + gap_ms * interval '1 millisecond', ${notBefore ?? null}::timestamptz)
    where feed_id = ${feedId}`.execute(db);
}

/** Feeds that could be claimed now or were owed before; for deciding whether fetch jobs are needed. */
export async function countDueFeeds(db: Database, now: Date): Promise<number> {
  const { due } = await db
    .selectFrom("feeds")
    .select((eb) => eb.fn.countAll<string>().as("due"))
    .where("configured", "=", true)
    .where("paused", "=", false)
    .where("next_fetch_at", "<=", now)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<=", now)]))
    .executeTakeFirstOrThrow();
  return Number(due);
}

/** All feeds, those of the configuration first. */
export function listFeeds(db: Database): Promise<FeedRow[]> {
  return db.selectFrom("feeds").selectAll().orderBy("configured", "desc").orderBy("id").execute();
}

/** One feed, or undefined. */
export function findFeed(db: Database, feedId: string): Promise<FeedRow | undefined> {
  return db.selectFrom("feeds").selectAll().where("id", "=", feedId).executeTakeFirst();
}

/** Pauses a feed, or lets it be polled again. Returns whether there is such a feed. */
export async function pauseFeed(db: Database, feedId: string, paused: boolean): Promise<boolean> {
  const updated = await db.updateTable("feeds").set({ paused }).where("id", "=", feedId).executeTakeFirst();
  return updated.numUpdatedRows > 0n;
}

/** Makes feeds due at once (all when no id is given); the hosts' gaps are kept. */
export async function fetchSoon(db: Database, { now, feedId }: { now: Date; feedId?: string }): Promise<number> {
  let query = db
    .updateTable("feeds")
    .set({ next_fetch_at: now })
    .where("next_fetch_at", ">", now)
    .where("configured", "=", true);
  if (feedId !== undefined) query = query.where("id", "=", feedId);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** Feeds that last brought a new item before `before`, or never since they were added; for the alert `feed.silent`. */
export function listSilentFeeds(db: Database, before: Date): Promise<FeedRow[]> {
  return db
    .selectFrom("feeds")
    .selectAll()
    .where("configured", "=", true)
    .where("paused", "=", false)
    .where((eb) => eb(eb.fn.coalesce("last_new_item_at", "created_at"), "<", before))
    .orderBy("id")
    .execute();
}

async function moveFeed(trx: Database, feedId: string, movedTo: string): Promise<void> {
  const { host } = new URL(movedTo);
  await trx
    .insertInto("hosts")
    .values({ host, next_request_at: new Date(0) })
    .onConflict((on) => on.doNothing())
    .execute();
  await trx.updateTable("feeds").set({ moved_to: movedTo, host }).where("id", "=", feedId).execute();
}
