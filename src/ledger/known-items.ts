import { sql } from "kysely";
import { mayReturn } from "../domain/feed/returning-text.ts";
import { toJson } from "./json-text.ts";
import type { Database, LedgerId } from "./schema.ts";

/** What a polled item is recognised by. */
export interface Recognised {
  readonly key: string;
  readonly canonicalUrl: string | null;
  readonly publishedAt: Date | null;
}

/** The same address in one feed is the same item only if it was published about then: some pages are written anew daily. */
const SAME_ITEM_WITHIN = "1 day";

/**
 * Gives items whose guid the feed has changed the key that they had: one of the same feed and address that was published
 * at the same time, and whose old key the document does not list. Addresses that the document gives to several items, and a
 * site's front page, name none.
 */
export async function keepKeys<T extends Recognised>(
  trx: Database,
  feedId: string,
  items: readonly T[],
  now: Date,
): Promise<T[]> {
  const rows = items
    .filter(({ canonicalUrl }) => canonicalUrl !== null && !/^[a-z]+:\/\/[^/]*\/?$/.test(canonicalUrl))
    .map(({ key, canonicalUrl, publishedAt }) => ({ key, url: canonicalUrl, at: publishedAt ?? now }));
  if (rows.length === 0) return [...items];
  const kept = await sql<{ key: string; was: string }>`
    with polled as materialized (
      select p.* from json_to_recordset(${toJson(rows)}::json) as p(key text, url text, at timestamptz)
    )
    select p.key, o.guid_key as was
    from polled p
    cross join lateral (
      select i.guid_key, coalesce(r.published_at, r.seen_at) as at
      from items i join revisions r on r.item_id = i.id and r.number = 1
      where i.feed_id = ${feedId} and i.canonical_url = p.url
      order by i.id desc limit 1
    ) o
    where not exists (select from items i where i.feed_id = ${feedId} and i.guid_key = p.key)
      and not exists (select from polled q where q.key = o.guid_key or (q.url = p.url and q.key <> p.key))
      and o.at between p.at - ${SAME_ITEM_WITHIN}::interval and p.at + ${SAME_ITEM_WITHIN}::interval`.execute(trx);
  const was = new Map(kept.rows.map((row) => [row.key, row.was]));
  return items.map((item) => ({ ...item, key: was.get(item.key) ?? item.key }));
}

/** An item that says something else than its latest revision. */
export interface Changed {
  readonly key: string;
  readonly itemId: LedgerId;
  /** The number of the revision that it calls for. */
  readonly number: number;
}

interface ItemState extends Changed {
  /** It has said this before. */
  readonly returning: boolean;
  readonly returns: number;
  readonly returnedAt: Date | null;
}

/**
 * Those items that call for a revision: new ones, and those whose latest revision says something else. `held` counts those
 * that flap between texts and are not believed yet.
 */
export async function findChanged(
  trx: Database,
  feedId: string,
  { rows, now }: { rows: readonly { readonly key: string; readonly hash: string }[]; now: Date },
): Promise<{ changed: Changed[]; held: number }> {
  const states = await sql<ItemState>`
    select p.key, i.id as "itemId", coalesce(l.number, 0) + 1 as number, coalesce(e.returning, false) as returning,
      coalesce(e.returns, 0)::int as returns, e.returned_at as "returnedAt"
    from json_to_recordset(${toJson(rows)}::json) as p(key text, hash text)
    join items i on i.feed_id = ${feedId} and i.guid_key = p.key
    left join lateral (select number, content_hash from revisions where item_id = i.id order by number desc limit 1) l on true
    left join lateral (
      select bool_or(r.content_hash = decode(p.hash, 'hex')) as returning, count(*) filter (where r.again) as returns,
        max(r.seen_at) filter (where r.again) as returned_at
      from (
        select content_hash, seen_at, row_number() over (partition by content_hash order by number) > 1 as again
        from revisions where item_id = i.id
      ) r
    ) e on l.number > 1
    where l.content_hash is distinct from decode(p.hash, 'hex')`.execute(trx);
  const changed = states.rows.filter(
    ({ returning, returns, returnedAt }) => !returning || mayReturn({ count: returns, last: returnedAt }, now),
  );
  return { changed, held: states.rows.length - changed.length };
}
