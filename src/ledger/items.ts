import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import { storable, toJson } from "./json-text.ts";
import { type Changed, findChanged, keepKeys } from "./known-items.ts";
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
  /** Items that flap between texts: what they say now is believed only if they still say it later, so ask again. */
  readonly held: number;
}

const NOTHING_STORED: StoredPoll = { newRevisionIds: [], newItems: 0, edits: 0, unchanged: 0, held: 0 };

/**
 * Stores what a poll found, in one transaction: items not seen before, and a new revision of those that say something else
 * than their latest revision does, be it what they said earlier. Storing the same poll again changes nothing.
 */
export async function storePoll(
  db: Database,
  feedId: string,
  items: readonly PolledItem[],
  now: Date,
): Promise<StoredPoll> {
  const unique = uniqueByKey(items);
  if (unique.length === 0) return NOTHING_STORED;
  return inTransaction(db, async (trx) => {
    // Two polls of one feed at once (a lease that ran out) would both count the next revision number.
    await trx.selectFrom("feeds").select("id").where("id", "=", feedId).forNoKeyUpdate().execute();
    const rows = await keepKeys(trx, feedId, unique, now);
    const inserted = await sql`
      insert into items (feed_id, guid_key, url, canonical_url, first_seen_at)
      select ${feedId}, key, url, "canonicalUrl", ${now}
      from json_to_recordset(${toJson(rows.map(({ key, url, canonicalUrl }) => ({ key, url, canonicalUrl })))}::json)
        as r(key text, url text, "canonicalUrl" text)
      on conflict (feed_id, guid_key) do nothing`.execute(trx);
    const hashes = rows.map(({ key, hash }) => ({ key, hash }));
    const { changed, held } = await findChanged(trx, feedId, { rows: hashes, now });
    const newItems = Number(inserted.numAffectedRows ?? 0n);
    return {
      newRevisionIds: await insertRevisions(trx, { rows, changed, now }),
      newItems,
      edits: changed.length - newItems,
      unchanged: rows.length - changed.length,
      held,
    };
  });
}

async function insertRevisions(
  trx: Database,
  { rows, changed, now }: { rows: readonly PolledRow[]; changed: readonly Changed[]; now: Date },
): Promise<LedgerId[]> {
  if (changed.length === 0) return [];
  const byKey = new Map(rows.map((row) => [storable(row.key), row]));
  const wanted = changed.map(({ key, itemId, number }) => ({ ...byKey.get(key), itemId, number }));
  const made = await sql<{ id: LedgerId }>`
    insert into revisions (item_id, number, title, text, content_hash, lang, published_at, updated_at, seen_at, stage, staged_at, queued_at)
    select "itemId", number, title, text, decode(hash, 'hex'), lang, "publishedAt", "updatedAt", ${now}, 'deduplicate', ${now}, ${now}
    from json_to_recordset(${toJson(wanted)}::json) as r("itemId" bigint, number int, title text, text text, hash text, lang text,
      "publishedAt" timestamptz, "updatedAt" timestamptz)
    order by "publishedAt" nulls last, "itemId"
    returning id`.execute(trx);
  return made.rows.map(({ id }) => id);
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
  // A lone space is left as it is: replacing each by itself would copy every text piece by piece.
  const spaced = (part: string) =>
    part
      .normalize("NFC")
      .replace(/\s{2,}|[^\S ]/g, " ")
      .trim();
  return createHash("sha256")
    .update(`${spaced(title)}\n${spaced(text)}`)
    .digest("hex");
}
