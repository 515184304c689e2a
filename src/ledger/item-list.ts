import { type RawBuilder, sql } from "kysely";
import type { SearchTerm } from "../domain/search/search-query.ts";
import { SEARCHED_LENGTH } from "../domain/search/search-words.ts";
import { inTransaction } from "./in-transaction.ts";
import { searchText } from "./item-search.ts";
import type { ClusterKind, Database, LedgerId, RevisionStage } from "./schema.ts";

/** An item as it stands now: its latest revision, with the feed's data. */
export interface ItemShown {
  readonly id: LedgerId;
  readonly feedId: string;
  readonly source: string;
  readonly tier: number;
  readonly url: string | null;
  readonly firstSeenAt: Date;
  readonly revisions: number;
  readonly revisionId: LedgerId;
  readonly title: string;
  /** So much of it as can be searched. */
  readonly text: string;
  readonly lang: string | null;
  readonly publishedAt: Date | null;
  readonly stage: RevisionStage;
  readonly clusterId: LedgerId | null;
  readonly clusterKind: ClusterKind | null;
  readonly relevant: boolean | null;
  /** Observations that the ledger holds of it. */
  readonly claims: number;
}

/** What items are asked for by; `before` is the id of the last one seen. */
export interface ItemQuery {
  /** What items must have; without terms nothing is found. */
  readonly terms?: readonly SearchTerm[];
  readonly feedId?: string;
  readonly lang?: string;
  /** Items that belong to this story. */
  readonly story?: string;
  readonly relevant?: boolean;
  readonly clusterId?: LedgerId;
  /** Items with a claim about this baseline event ("new": outside the baseline), with this measure. */
  readonly event?: string;
  readonly measure?: string;
  readonly claims?: boolean;
  /** Published (else first seen) from this time on, and before that one. */
  readonly since?: Date;
  readonly until?: Date;
  readonly before?: LedgerId;
  readonly limit: number;
}

const columns = sql`
  i.id, i.feed_id as "feedId", f.source, f.tier, i.url, i.first_seen_at as "firstSeenAt", r.number as revisions,
  r.id as "revisionId", r.title, left(r.text, ${sql.lit(SEARCHED_LENGTH)}) as text, r.lang, r.published_at as "publishedAt",
  r.stage, r.cluster_id as "clusterId", r.cluster_kind as "clusterKind", r.relevant,
  (select count(*)::int from observations o where o.item_id = i.id) as claims`;

/** Items, the newest first. With words: those whose newest revision has them, as far as the search has come. */
export async function listItems(db: Database, query: ItemQuery): Promise<ItemShown[]> {
  const { terms, limit } = query;
  if (terms !== undefined) return searchItems(db, terms, query);
  const rows = await sql<ItemShown>`
    select ${columns} from items i join feeds f on f.id = i.feed_id
      join lateral (select * from revisions where item_id = i.id order by number desc limit 1) r on true
    where ${sql.join(conditionsOf(query), sql` and `)}
    order by i.id desc limit ${limit}`.execute(db);
  return rows.rows;
}

/**
 * First the index alone finds the items that have all words, then these are visited from the newest on until there are
 * enough. The planner would read the words of all items one after the other, which takes seconds: it does not know what
 * fetching a long value costs. So it is left no other way.
 */
function searchItems(db: Database, terms: readonly SearchTerm[], query: ItemQuery): Promise<ItemShown[]> {
  const conditions = conditionsOf(query);
  if (terms.some(({ keys }) => keys.length > 1)) conditions.push(sql`s.words @@ ${searchText(terms)}::tsquery`);
  const { before, feedId, since, until } = query;
  const narrowed = [sql`words @@ ${searchText(singleWords(terms))}::tsquery`];
  if (before !== undefined) narrowed.push(sql`item_id < ${before}`);
  if (feedId !== undefined) narrowed.push(sql`feed_id = ${feedId}`);
  if (since !== undefined) narrowed.push(sql`at >= ${since}`);
  if (until !== undefined) narrowed.push(sql`at < ${until}`);
  return inTransaction(db, async (trx) => {
    await sql`set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off`.execute(
      trx,
    );
    const rows = await sql<ItemShown>`
      with found as materialized (
        select item_id from item_search where ${sql.join(narrowed, sql` and `)})
      select ${columns} from (select item_id from found order by item_id desc) n
        join item_search s on s.item_id = n.item_id join items i on i.id = n.item_id
        join revisions r on r.id = s.revision_id join feeds f on f.id = i.feed_id
      where ${sql.join(conditions, sql` and `)}
      order by n.item_id desc limit ${query.limit}`.execute(trx);
    return rows.rows;
  });
}

/** Phrases need their places, which the index has not: it is asked for their words. */
function singleWords(terms: readonly SearchTerm[]): SearchTerm[] {
  return terms.flatMap(({ keys, open }) =>
    keys.map((key, index) => ({ keys: [key], open: open && index === keys.length - 1 })),
  );
}

function conditionsOf(query: ItemQuery): RawBuilder<unknown>[] {
  const { feedId, lang, story, relevant, clusterId, since, until, before } = query;
  const conditions = [sql`true`, ...claimConditions(query)];
  if (before !== undefined) conditions.push(sql`i.id < ${before}`);
  if (feedId !== undefined) conditions.push(sql`i.feed_id = ${feedId}`);
  if (lang !== undefined) conditions.push(sql`r.lang = ${lang}`);
  if (story !== undefined) conditions.push(sql`r.relevance #>> ${[story, "relevant"]}::text[] = 'true'`);
  if (relevant !== undefined) conditions.push(sql`r.relevant = ${relevant}`);
  if (clusterId !== undefined) conditions.push(sql`r.cluster_id = ${clusterId}`);
  if (since !== undefined) conditions.push(sql`coalesce(r.published_at, i.first_seen_at) >= ${since}`);
  if (until !== undefined) conditions.push(sql`coalesce(r.published_at, i.first_seen_at) < ${until}`);
  return conditions;
}

function claimConditions({ claims, event, measure, story }: ItemQuery): RawBuilder<unknown>[] {
  if (claims === false) return [sql`not exists (select from observations o where o.item_id = i.id)`];
  if (claims === undefined && event === undefined && measure === undefined) return [];
  return [
    sql`i.id in (select item_id from observations where true
      ${story === undefined ? sql`` : sql`and story = ${story}`}
      ${event === undefined ? sql`` : sql`and event = ${event}`}
      ${measure === undefined ? sql`` : sql`and measure = ${measure}`})`,
  ];
}
