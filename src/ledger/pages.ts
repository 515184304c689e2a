import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { type HostFailure, releaseHost } from "./feed-records.ts";
import { inTransaction } from "./in-transaction.ts";
import { type PolledItem, type StoredPoll, storePoll } from "./items.ts";
import { toJson } from "./json-text.ts";
import type { Database, LedgerId } from "./schema.ts";

/** An item of a feed that carries teasers only, taken to read its article page. */
export interface ClaimedPage {
  readonly id: LedgerId;
  readonly feedId: string;
  readonly url: string;
  readonly attempts: number;
  readonly item: PolledItem;
}

const date = z.iso.datetime().transform((text) => new Date(text));
const keptItem = z.object({
  key: z.string(),
  url: z.string().nullable(),
  canonicalUrl: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  publishedAt: date.nullable(),
  updatedAt: date.nullable().default(null),
});

/** Of an item whose text is the teaser: a changed one calls for its page anew. */
const teaserHash = ({ title, text, updatedAt }: PolledItem): string =>
  createHash("sha256")
    .update(JSON.stringify([title, text, updatedAt ?? null]))
    .digest("hex");

/**
 * Stores a poll of a feed that carries teasers only. Items that are new, or whose teaser changed, wait for their article
 * page; those without an address, and those that were stored before the feed's pages were read, are stored as they are.
 */
export async function storeTeasers(
  db: Database,
  feedId: string,
  items: readonly PolledItem[],
  now: Date,
): Promise<StoredPoll & { awaited: number }> {
  return inTransaction(db, async (trx) => {
    const linked = items.filter(({ url }) => url !== null);
    const { awaited, known } = await awaitPages(trx, feedId, linked, now);
    const through = items.filter(({ url, key }) => url === null || known.has(key));
    return { ...(await storePoll(trx, feedId, through, now)), awaited };
  });
}

async function awaitPages(
  trx: Database,
  feedId: string,
  items: readonly PolledItem[],
  now: Date,
): Promise<{ awaited: number; known: ReadonlySet<string> }> {
  // What a feed lists first is newest by convention; pages are read the newest id first.
  const rows = items
    .map((item) => ({ key: item.key, hash: teaserHash(item), url: item.url, host: new URL(item.url ?? "").host, item }))
    .reverse();
  const polled = sql`rows from (json_to_recordset(${toJson(rows)}::json) as (key text, hash text, url text, host text, item json))
    with ordinality as p(key, hash, url, host, item, place)`;
  await sql`insert into hosts (host) select distinct host from ${polled} on conflict do nothing`.execute(trx);
  const changed = await sql`
    update pages g set feed_hash = p.hash, url = p.url, host = p.host, item = p.item, attempts = 0, due_at = ${now}, lease_until = null
    from ${polled} where g.feed_id = ${feedId} and g.guid_key = p.key and g.feed_hash <> p.hash`.execute(trx);
  const added = await sql<{ key: string; known: boolean }>`
    insert into pages (feed_id, guid_key, feed_hash, url, host, item, due_at)
    select ${feedId}, key, hash, url, host,
      case when exists (select from items i where i.feed_id = ${feedId} and i.guid_key = p.key) then null else item end, ${now}
    from ${polled} order by place
    on conflict (feed_id, guid_key) do nothing
    returning guid_key as key, item is null as known`.execute(trx);
  const known = new Set(added.rows.filter((row) => row.known).map(({ key }) => key));
  return { awaited: Number(changed.numAffectedRows ?? 0n) + added.rows.length - known.size, known };
}

/** Takes article pages, as feeds are taken: at most one a host, none from a host that is being asked or within its gap. */
export async function claimDuePages(
  db: Database,
  { now, limit, leaseMs, gapMs }: { now: Date; limit: number; leaseMs: number; gapMs: number },
): Promise<ClaimedPage[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const claimed = await sql<Omit<ClaimedPage, "item"> & { item: unknown }>`
    with due as materialized (
      select h.host, g.id
      from hosts h
      cross join lateral (
        select id from pages
        where host = h.host and item is not null and due_at <= ${now} and (lease_until is null or lease_until <= ${now})
        order by id desc limit 1
      ) g
      where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      order by g.id desc
      limit ${limit}
      for no key update of h skip locked
    ), taken as (
      update hosts h set feed_id = 'page:' || due.id, lease_until = ${leaseUntil}, gap_ms = ${gapMs} * (1 << h.slowness),
        next_request_at = ${now}::timestamptz + ${gapMs} * (1 << h.slowness) * interval '1 millisecond'
      from due where h.host = due.host
    )
    update pages g set lease_until = ${leaseUntil}
    from due where g.id = due.id
    returning g.id, g.feed_id as "feedId", g.url, g.attempts, g.item`.execute(db);
  return claimed.rows.map((row) => ({ ...row, item: keptItem.parse(row.item) }));
}

/** Stores the item of a page that was read, or given up (then as the feed has it), and gives the host free. */
export async function settlePage(
  db: Database,
  page: ClaimedPage,
  { item, error, now, host }: { item: PolledItem; error: string | null; now: Date; host: Omit<HostFailure, "now"> },
): Promise<StoredPoll> {
  return inTransaction(db, async (trx) => {
    await releaseHost(trx, `page:${page.id}`, { ...host, now });
    const settled = await sql`
      update pages set item = null, lease_until = null, last_error = ${error}
      where id = ${page.id} and item is not null`.execute(trx);
    if (settled.numAffectedRows === 0n) return { newRevisionIds: [], newItems: 0, edits: 0, unchanged: 1, held: 0 };
    return storePoll(trx, page.feedId, [item], now);
  });
}

/** Puts a page off that could not be fetched, and gives the host free; `counted` says whether it was a try. */
export async function postponePage(
  db: Database,
  page: ClaimedPage,
  {
    error,
    now,
    dueAt,
    counted,
    host,
  }: { error: string; now: Date; dueAt: Date; counted: boolean; host: Omit<HostFailure, "now"> },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await releaseHost(trx, `page:${page.id}`, { ...host, now });
    await sql`
      update pages set attempts = attempts + ${counted ? 1 : 0}, due_at = ${dueAt}, lease_until = null, last_error = ${error.slice(0, 2000)}
      where id = ${page.id}`.execute(trx);
  });
}
