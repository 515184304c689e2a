import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { firstVisitDue, nextVisitDue } from "./due-pages.ts";
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
  /** The page was read before, and may have been edited since. */
  readonly again: PageBefore | null;
}

/** What is known of a page that is read again. */
export interface PageBefore {
  /** How often it was read again before. */
  readonly visits: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** The length of the text that the item has now, in UTF-16 units or nearly so. */
  readonly length: number;
}

/** When a page is to be read again (null: never), and what it is asked for with. */
export interface PageRevisit {
  readonly at: Date | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
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

interface ClaimedRow extends Omit<ClaimedPage, "item" | "again"> {
  readonly item: unknown;
  readonly first: boolean;
  readonly visits: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly length: number | null;
}

/**
 * Takes article pages, as feeds are taken: at most one a host, none from a host that is being asked or within its gap.
 * Those that were never read go before those that are read again.
 */
export async function claimDuePages(
  db: Database,
  { now, limit, leaseMs, gapMs }: { now: Date; limit: number; leaseMs: number; gapMs: number },
): Promise<ClaimedPage[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const claimed = await sql<ClaimedRow>`
    with due as materialized (
      select h.host, g.id
      from hosts h
      cross join lateral (
        (select id, false as again from pages where host = h.host and ${firstVisitDue(now)} order by id desc limit 1)
        union all
        (select id, true from pages where host = h.host and ${nextVisitDue(now)} order by revisit_at limit 1)
        order by again limit 1
      ) g
      where h.next_request_at <= ${now} and (h.lease_until is null or h.lease_until <= ${now})
      order by g.again, g.id desc
      limit ${limit}
      for no key update of h skip locked
    ), taken as (
      update hosts h set feed_id = 'page:' || due.id, lease_until = ${leaseUntil}, gap_ms = ${gapMs} * (1 << h.slowness),
        next_request_at = ${now}::timestamptz + ${gapMs} * (1 << h.slowness) * interval '1 millisecond'
      from due where h.host = due.host
    )
    update pages g set lease_until = ${leaseUntil}
    from due where g.id = due.id
    returning g.id, g.feed_id as "feedId", g.url, g.attempts, coalesce(g.item, g.read_item) as item, g.item is not null as first,
      g.revisits as visits, g.etag, g.last_modified as "lastModified",
      (select length(r.text) from items i join revisions r on r.item_id = i.id
        where i.feed_id = g.feed_id and i.guid_key = g.guid_key order by r.number desc limit 1) as length`.execute(db);
  const pages: ClaimedPage[] = [];
  const unread: LedgerId[] = [];
  for (const { first, visits, etag, lastModified, length, item, ...row } of claimed.rows) {
    const read = keptItem.safeParse(item);
    const again = first ? null : { visits, etag, lastModified, length: length ?? 0 };
    if (read.success) pages.push({ ...row, item: read.data, again });
    else unread.push(row.id);
  }
  await leaveToNewer(db, unread, now);
  return pages;
}

/** So long a page that cannot be read here is passed over: its host's other pages come first meanwhile. */
const LEFT_MS = 60_000;

/** What a newer Rasid wrote is left to it, and must not keep others from being read, those of the same host neither. */
async function leaveToNewer(db: Database, ids: readonly LedgerId[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with passed as (
      update pages set lease_until = ${new Date(now.getTime() + LEFT_MS)} where id = any(${ids}::bigint[]) returning 'page:' || id as holder
    )
    update hosts h set feed_id = null, lease_until = null, next_request_at = ${now} from passed where h.feed_id = passed.holder`.execute(
    db,
  );
}

interface Settled {
  /** Null when the page says nothing new. */
  readonly item: PolledItem | null;
  readonly error: string | null;
  readonly revisit: PageRevisit;
  readonly now: Date;
  readonly host: Omit<HostFailure, "now">;
}

const NOTHING_STORED: StoredPoll = { newRevisionIds: [], newItems: 0, edits: 0, unchanged: 1, held: 0 };

/**
 * Stores the item of a page that was read, or given up (then as the feed has it), and gives the host free. A page whose
 * teaser changed while it was read again is left to be read for that.
 */
export async function settlePage(
  db: Database,
  page: ClaimedPage,
  { item, error, revisit, now, host }: Settled,
): Promise<StoredPoll> {
  return inTransaction(db, async (trx) => {
    await releaseHost(trx, `page:${page.id}`, { ...host, now });
    const settled = await sql`
      update pages set read_item = case when ${revisit.at}::timestamptz is null then null else coalesce(item, read_item) end, item = null,
        lease_until = null, last_error = ${error}, revisit_at = ${revisit.at}, revisits = ${page.again === null ? 0 : page.again.visits + 1},
        etag = ${revisit.etag}, last_modified = ${revisit.lastModified}
      where id = ${page.id} and (item is not null) = ${page.again === null}`.execute(trx);
    if (settled.numAffectedRows === 0n || item === null) return NOTHING_STORED;
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
