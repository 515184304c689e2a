import { type Selectable, sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import { lockFeeds } from "./locks.ts";
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
  /** Its texts are teasers: the article pages are read. */
  readonly fullText?: boolean | undefined;
}

export type FeedRow = Selectable<FeedsTable>;

/**
 * Makes the ledger's feeds those of the configuration. A new feed is due at once, a changed URL too and without the
 * old one's validators and failures, even if it was gone; a feed that left the configuration is kept with its items, but not polled.
 */
export async function syncFeeds(
  db: Database,
  feeds: readonly FeedDefinition[],
  { now, intervalSeconds }: { now: Date; intervalSeconds: number },
): Promise<void> {
  const rows = feeds.map((feed) => ({ ...feed, host: new URL(feed.url).host }));
  await inTransaction(db, async (trx) => {
    await lockFeeds(trx, null);
    await sql`
      insert into hosts (host)
      select distinct host from json_to_recordset(${toJson(rows)}::json) as f(host text)
      on conflict do nothing`.execute(trx);
    await sql`
      insert into feeds as f (id, url, host, source, lang, tier, side, timezone, full_text, next_fetch_at, interval_seconds, created_at)
      select id, url, host, source, lang, tier, side, timezone, coalesce("fullText", false), ${now}, ${intervalSeconds}, ${now}
      from json_to_recordset(${toJson(rows)}::json)
        as r(id text, url text, host text, source text, lang text, tier smallint, side text, timezone text, "fullText" boolean)
      on conflict (id) do update set
        url = excluded.url, source = excluded.source, lang = excluded.lang, tier = excluded.tier,
        side = excluded.side, timezone = excluded.timezone, full_text = excluded.full_text, configured = true,
        status = case when f.url = excluded.url then f.status else 'new' end,
        host = case when f.url = excluded.url then f.host else excluded.host end,
        moved_to = case when f.url = excluded.url then f.moved_to end,
        etag = case when f.url = excluded.url then f.etag end,
        last_modified = case when f.url = excluded.url then f.last_modified end,
        body_hash = case when f.url = excluded.url then f.body_hash end,
        failures = case when f.url = excluded.url then f.failures else 0 end,
        failing_since = case when f.url = excluded.url then f.failing_since end,
        network_failed_at = case when f.url = excluded.url then f.network_failed_at end,
        told_failing_at = case when f.url = excluded.url then f.told_failing_at end,
        last_error = case when f.url = excluded.url then f.last_error end,
        last_code = case when f.url = excluded.url then f.last_code end,
        last_status = case when f.url = excluded.url then f.last_status end,
        not_before = case when f.url = excluded.url then f.not_before end,
        wishes = case when f.url = excluded.url then f.wishes end,
        redirect_to = case when f.url = excluded.url then f.redirect_to end,
        redirect_seen = case when f.url = excluded.url then f.redirect_seen else 0 end,
        next_fetch_at = case when f.url = excluded.url then f.next_fetch_at else excluded.next_fetch_at end`.execute(
      trx,
    );
    await sql`update feeds set configured = false where configured and id <> all(${rows.map(({ id }) => id)}::text[])`.execute(
      trx,
    );
  });
}

/** All feeds, those of the configuration first. */
export function listFeeds(db: Database): Promise<FeedRow[]> {
  return db.selectFrom("feeds").selectAll().orderBy("configured", "desc").orderBy("id").execute();
}

/** What feeds are called, in the same order. */
export function listFeedNames(db: Database): Promise<Pick<FeedRow, "id" | "source" | "lang">[]> {
  return db.selectFrom("feeds").select(["id", "source", "lang"]).orderBy("configured", "desc").orderBy("id").execute();
}

/** One feed, or undefined. */
export function findFeed(db: Database, feedId: string): Promise<FeedRow | undefined> {
  return db.selectFrom("feeds").selectAll().where("id", "=", feedId).executeTakeFirst();
}

/** Pauses a feed, or lets it be polled again, even one that was gone. Returns whether there is such a feed. */
export async function pauseFeed(db: Database, feedId: string, paused: boolean): Promise<boolean> {
  const updated = await sql`
    update feeds set paused = ${paused},
      status = case when ${paused} or status <> 'gone' then status else 'new' end,
      failures = case when ${paused} or status <> 'gone' then failures else 0 end,
      failing_since = case when ${paused} or status <> 'gone' then failing_since end,
      told_failing_at = case when ${paused} or status <> 'gone' then told_failing_at end
    where id = ${feedId}`.execute(db);
  return (updated.numAffectedRows ?? 0n) > 0n;
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
