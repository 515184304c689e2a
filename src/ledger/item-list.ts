import { type RawBuilder, sql } from "kysely";
import { SEARCHED_LENGTH } from "../domain/search/search-words.ts";
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
  /** As `searchText` writes it. */
  readonly words?: string;
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

/** Items, the newest first. With words: those whose newest revision has them, as far as the search has come. */
export async function listItems(db: Database, query: ItemQuery): Promise<ItemShown[]> {
  const from =
    query.words === undefined
      ? sql`items i join lateral (select * from revisions where item_id = i.id order by number desc limit 1) r on true`
      : sql`item_search s join items i on i.id = s.item_id join revisions r on r.id = s.revision_id`;
  const id = query.words === undefined ? sql.ref("i.id") : sql.ref("s.item_id");
  const rows = await sql<ItemShown>`
    select i.id, i.feed_id as "feedId", f.source, f.tier, i.url, i.first_seen_at as "firstSeenAt", r.number as revisions,
      r.id as "revisionId", r.title, left(r.text, ${sql.lit(SEARCHED_LENGTH)}) as text, r.lang, r.published_at as "publishedAt",
      r.stage, r.cluster_id as "clusterId", r.cluster_kind as "clusterKind", r.relevant,
      (select count(*)::int from observations o where o.item_id = i.id) as claims
    from ${from} join feeds f on f.id = i.feed_id
    where ${sql.join(conditionsOf(query, id), sql` and `)}
    order by ${id} desc limit ${query.limit}`.execute(db);
  return rows.rows;
}

function conditionsOf(query: ItemQuery, id: RawBuilder<unknown>): RawBuilder<unknown>[] {
  const { words, feedId, lang, story, relevant, clusterId, since, until, before } = query;
  const conditions = [sql`true`, ...claimConditions(query, id)];
  if (words !== undefined) conditions.push(sql`s.words @@ ${words}::tsquery`);
  if (before !== undefined) conditions.push(sql`${id} < ${before}`);
  if (feedId !== undefined) conditions.push(sql`i.feed_id = ${feedId}`);
  if (lang !== undefined) conditions.push(sql`r.lang = ${lang}`);
  if (story !== undefined) conditions.push(sql`r.relevance #>> ${[story, "relevant"]}::text[] = 'true'`);
  if (relevant !== undefined) conditions.push(sql`r.relevant = ${relevant}`);
  if (clusterId !== undefined) conditions.push(sql`r.cluster_id = ${clusterId}`);
  if (since !== undefined) conditions.push(sql`coalesce(r.published_at, i.first_seen_at) >= ${since}`);
  if (until !== undefined) conditions.push(sql`coalesce(r.published_at, i.first_seen_at) < ${until}`);
  return conditions;
}

function claimConditions({ claims, event, measure, story }: ItemQuery, id: RawBuilder<unknown>): RawBuilder<unknown>[] {
  if (claims === false) return [sql`not exists (select from observations o where o.item_id = ${id})`];
  if (claims === undefined && event === undefined && measure === undefined) return [];
  return [
    sql`${id} in (select item_id from observations where true
      ${story === undefined ? sql`` : sql`and story = ${story}`}
      ${event === undefined ? sql`` : sql`and event = ${event}`}
      ${measure === undefined ? sql`` : sql`and measure = ${measure}`})`,
  ];
}
