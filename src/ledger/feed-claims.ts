import { sql } from "kysely";
import { firstVisitDue, nextVisitDue } from "./due-pages.ts";
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
  readonly createdAt: Date;
  /** It never answered well up to now. */
  readonly first: boolean;
  /** Where a permanent redirect led that was believed; then `url` is this. */
  readonly movedTo: string | null;
  readonly redirectTo: string | null;
  readonly redirectSeen: number;
  /** What its document asked for when it was last read; the reader checks it. */
  readonly wishes: unknown;
  readonly typicalGapSeconds: number | null;
  /** Its texts are teasers: the article pages are read. */
  readonly fullText: boolean;
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
        where host = h.host and configured and not paused and status <> 'gone' and next_fetch_at <= ${now}
          and (lease_until is null or lease_until <= ${now})
        order by next_fetch_at, id limit 1
      ) f
      where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      order by f.next_fetch_at, f.id
      limit ${limit}
      for no key update of h skip locked
    ), taken as (
      update hosts h set feed_id = due.id, lease_until = ${leaseUntil}, gap_ms = ${gapMs} * (1 << h.slowness),
        next_request_at = ${now}::timestamptz + ${gapMs} * (1 << h.slowness) * interval '1 millisecond'
      from due where h.host = due.host
    )
    update feeds f set lease_until = ${leaseUntil}
    from due where f.id = due.id
    returning f.id, coalesce(f.moved_to, f.url) as url, f.host, f.source, f.lang, f.tier, f.timezone, f.etag,
      f.last_modified as "lastModified", f.body_hash as "bodyHash", f.interval_seconds as "intervalSeconds",
      f.failures, f.last_new_item_at as "lastNewItemAt", f.created_at as "createdAt", f.last_ok_at is null as first,
      f.moved_to as "movedTo", f.redirect_to as "redirectTo", f.redirect_seen as "redirectSeen", f.wishes,
      f.typical_gap_seconds as "typicalGapSeconds", f.full_text as "fullText"`.execute(db);
  return claimed.rows;
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

/** How many requests could be made now: one for each host that may be asked and has a feed, or an article page for the first time or again, that is due. */
export async function countDueFeeds(db: Database, now: Date): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    select count(*)::int as due from hosts h
    where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      and (exists (
        select from feeds where host = h.host and configured and not paused and status <> 'gone' and next_fetch_at <= ${now}
          and (lease_until is null or lease_until <= ${now})
      )
      or exists (select from pages where host = h.host and ${firstVisitDue(now)})
      or exists (select from pages where host = h.host and ${nextVisitDue(now)}))`.execute(db);
  return rows[0]?.due ?? 0;
}
