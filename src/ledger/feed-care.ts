import { sql } from "kysely";
import type { OperationalEvent } from "../domain/alert/operational.ts";
import type { FeedRow } from "./feeds.ts";
import { inTransaction } from "./in-transaction.ts";
import { type ToldOperational, tellOperational } from "./operational-alerts.ts";
import type { Database } from "./schema.ts";

/** When the latest items of a feed appeared: the feed's word where it has one and it is past, else when they were seen. Epoch ms. */
export async function recentItemTimes(
  db: Database,
  { feedId, limit }: { feedId: string; limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ at: Date }>`
    select least(coalesce(r.published_at, i.first_seen_at), i.first_seen_at) as at
    from (select id, first_seen_at from items where feed_id = ${feedId} order by id desc limit ${limit}) i
    join revisions r on r.item_id = i.id and r.number = 1`.execute(db);
  return rows.map(({ at }) => at.getTime());
}

/** Feeds that carry a story of which an alert was raised since `since`. */
export async function feedsInMotion(db: Database, since: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with moving as materialized (select distinct story from alerts where created_at > ${since} and story is not null)
    select f.id from feeds f
    where f.configured and exists (select from moving m join observations o on o.story = m.story and o.feed_id = f.id)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/**
 * Brings the next polls of feeds forward to `after` of their interval since the last one, never before the publisher's
 * wish and never of a feed that fails. Returns how many were brought forward.
 */
export async function hastenFeeds(
  db: Database,
  { ids, now, share, leastSeconds }: { ids: readonly string[]; now: Date; share: number; leastSeconds: number },
): Promise<number> {
  if (ids.length === 0) return 0;
  const hastened = await sql`
    with late as materialized (
      select id, greatest(${now}::timestamptz, not_before,
        last_fetched_at + greatest(least(interval_seconds, ${leastSeconds}), interval_seconds * ${share}::real) * interval '1 second') as soon
      from feeds where id = any(${ids}::text[]) and status = 'ok' and last_fetched_at is not null
      order by id for no key update skip locked
    )
    update feeds f set next_fetch_at = late.soon from late where f.id = late.id and late.soon < f.next_fetch_at`.execute(
    db,
  );
  return Number(hastened.numAffectedRows ?? 0n);
}

/** Feeds that fail for so long, or are gone, and of which no alert has told yet. */
export function untoldFailing(
  db: Database,
  { since, leastFailures }: { since: Date; leastFailures: number },
): Promise<FeedRow[]> {
  return db
    .selectFrom("feeds")
    .selectAll()
    .where("configured", "=", true)
    .where("paused", "=", false)
    .where("told_failing_at", "is", null)
    .where((eb) =>
      eb.or([
        eb("status", "=", "gone"),
        eb.and([eb("status", "=", "failing"), eb("failing_since", "<=", since), eb("failures", ">=", leastFailures)]),
      ]),
    )
    .orderBy("id")
    .execute();
}

/**
 * Feeds that answered well and had nothing new for longer than their rhythm knows, and of which no alert has told yet.
 * The silence is measured up to the last good answer: while we did not ask, nobody was silent.
 */
export async function untoldSilent(db: Database): Promise<FeedRow[]> {
  const { rows } = await sql<FeedRow>`
    select * from feeds
    where configured and not paused and status = 'ok' and told_silent_at is null and silent_after_seconds is not null
      and last_ok_at - coalesce(last_new_item_at, created_at) > silent_after_seconds * interval '1 second'
    order by id`.execute(db);
  return rows;
}

/**
 * Enters the alert on a feed and marks the feed as told, in one transaction; null where another process was quicker, or
 * the feed works again.
 */
export async function tellOfFeed(
  db: Database,
  event: OperationalEvent & { readonly kind: "feed.failing" | "feed.silent" },
  now: Date,
): Promise<ToldOperational | null> {
  const mark = event.kind === "feed.failing" ? "told_failing_at" : "told_silent_at";
  return inTransaction(db, async (trx) => {
    const marked = await trx
      .updateTable("feeds")
      .set({ [mark]: now })
      .where("id", "=", event.subject)
      .where(mark, "is", null)
      .where("status", event.kind === "feed.failing" ? "in" : "not in", ["failing", "gone"])
      .executeTakeFirst();
    return marked.numUpdatedRows === 0n ? null : tellOperational(trx, { event, now });
  });
}
