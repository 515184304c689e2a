import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import type { Database, ItemsTable, LedgerId } from "./schema.ts";

/** An item as a poll of a feed found it. */
export interface PolledItem {
  /** What the feed identifies it by: guid, else link, else a hash. */
  readonly key: string;
  readonly url: string | null;
  readonly canonicalUrl: string | null;
  readonly title: string;
  readonly text: string;
  /** The language that the item itself claims. */
  readonly lang?: string | null;
  readonly publishedAt: Date | null;
  readonly updatedAt?: Date | null;
}

export type ItemRow = Selectable<ItemsTable>;

/** What storing a poll did. `newRevisionIds` are owed to the stage `deduplicate`. */
export interface StoredPoll {
  readonly newRevisionIds: LedgerId[];
  readonly newItems: number;
  readonly edits: number;
  readonly unchanged: number;
}

/**
 * Stores what a poll found, in one transaction: items not seen before, and a new revision of those whose title or text
 * changed to something they had not said before. Storing the same poll again changes nothing.
 */
export async function storePoll(
  db: Database,
  feedId: string,
  items: readonly PolledItem[],
  now: Date,
): Promise<StoredPoll> {
  const rows = uniqueByKey(items);
  if (rows.length === 0) return { newRevisionIds: [], newItems: 0, edits: 0, unchanged: 0 };
  return inTransaction(db, async (trx) => {
    // Two polls of one feed at once (a lease that ran out) would both count the next revision number.
    await trx.selectFrom("feeds").select("id").where("id", "=", feedId).forNoKeyUpdate().execute();
    const inserted = await sql<{ id: LedgerId }>`
      insert into items (feed_id, guid_key, url, canonical_url, first_seen_at)
      select ${feedId}, key, url, "canonicalUrl", ${now}
      from json_to_recordset(${toJson(rows.map(({ key, url, canonicalUrl }) => ({ key, url, canonicalUrl })))}::json)
        as r(key text, url text, "canonicalUrl" text)
      on conflict (feed_id, guid_key) do nothing
      returning id`.execute(trx);
    const revisions = await sql<{ id: LedgerId }>`
      insert into revisions (item_id, number, title, text, content_hash, lang, published_at, updated_at, seen_at, stage, staged_at, queued_at)
      select i.id, 1 + (select count(*) from revisions o where o.item_id = i.id), r.title, r.text, decode(r.hash, 'hex'), r.lang,
        r."publishedAt", r."updatedAt", ${now}, 'deduplicate', ${now}, ${now}
      from json_to_recordset(${toJson(rows)}::json)
        as r(key text, title text, text text, hash text, lang text, "publishedAt" timestamptz, "updatedAt" timestamptz)
      join items i on i.feed_id = ${feedId} and i.guid_key = r.key
      where not exists (select from revisions o where o.item_id = i.id and o.content_hash = decode(r.hash, 'hex'))
      order by r."publishedAt" nulls last, i.id
      returning id`.execute(trx);
    const newItems = inserted.rows.length;
    return {
      newRevisionIds: revisions.rows.map(({ id }) => id),
      newItems,
      edits: revisions.rows.length - newItems,
      unchanged: rows.length - revisions.rows.length,
    };
  });
}

/** One item; undefined when there is none. */
export function findItem(db: Database, itemId: LedgerId): Promise<ItemRow | undefined> {
  return db.selectFrom("items").selectAll().where("id", "=", itemId).executeTakeFirst();
}

interface PolledRow extends PolledItem {
  readonly hash: string;
}

/** A feed may list an item twice; what it lists first is newest by convention. */
function uniqueByKey(items: readonly PolledItem[]): PolledRow[] {
  const byKey = new Map<string, PolledRow>();
  for (const item of items) if (!byKey.has(item.key)) byKey.set(item.key, toRow(item));
  return [...byKey.values()];
}

function toRow(item: PolledItem): PolledRow {
  const { publishedAt, updatedAt = null } = item;
  return {
    ...item,
    publishedAt: storableDate(publishedAt),
    updatedAt: storableDate(updatedAt),
    hash: contentHash(item),
  };
}

/** A date in a year that nobody can mean is none; PostgreSQL would refuse it, and the poll with it. */
function storableDate(date: Date | null): Date | null {
  const year = date?.getUTCFullYear() ?? Number.NaN;
  return year >= 1 && year <= 9999 ? date : null;
}

/** Spacing is no edit: feeds re-wrap their texts. */
function contentHash({ title, text }: PolledItem): string {
  const spaced = (part: string) => part.normalize("NFC").replace(/\s+/g, " ").trim();
  return createHash("sha256")
    .update(`${spaced(title)}\n${spaced(text)}`)
    .digest("hex");
}
