import { sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import type { Database } from "./schema.ts";

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
        order by next_fetch_at, id limit 1
      ) f
      where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      order by f.next_fetch_at, f.id
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

/** How many feeds could be claimed now: one for each host that may be asked and has one that is due. */
export async function countDueFeeds(db: Database, now: Date): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    select count(*)::int as due from hosts h
    where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      and exists (
        select from feeds where host = h.host and configured and not paused and next_fetch_at <= ${now}
          and (lease_until is null or lease_until <= ${now})
      )`.execute(db);
  return rows[0]?.due ?? 0;
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
