import { type Selectable, sql } from "kysely";
import type { ClustersTable, Database, LedgerId } from "./schema.ts";

export type ClusterRow = Selectable<ClustersTable>;

/** Makes a cluster for each of the revisions, as its first; gives the same one back when it was made before. */
export async function createClusters(
  trx: Database,
  { story, firstRevisionIds, now }: { story: string; firstRevisionIds: readonly LedgerId[]; now: Date },
): Promise<Map<LedgerId, LedgerId>> {
  if (firstRevisionIds.length === 0) return new Map();
  const made = await sql<{ id: LedgerId; first_revision_id: LedgerId }>`
    insert into clusters (story, first_revision_id, created_at)
    select ${story}, id, ${now} from unnest(${firstRevisionIds}::bigint[]) with ordinality as first(id, place) order by place
    on conflict (story, first_revision_id) do update set story = excluded.story
    returning id, first_revision_id`.execute(trx);
  return new Map(made.rows.map(({ id, first_revision_id }) => [first_revision_id, id]));
}

/** One cluster with the revisions in it, first come first. */
export async function findCluster(
  db: Database,
  id: LedgerId,
): Promise<
  | {
      cluster: ClusterRow;
      members: { revisionId: LedgerId; itemId: LedgerId; kind: string | null; of: LedgerId | null }[];
    }
  | undefined
> {
  const cluster = await db.selectFrom("clusters").selectAll().where("id", "=", id).executeTakeFirst();
  if (cluster === undefined) return undefined;
  const members = await db
    .selectFrom("revisions")
    .select(["id as revisionId", "item_id as itemId", "cluster_kind as kind", "cluster_of as of"])
    .where("cluster_id", "=", id)
    .orderBy("id")
    .execute();
  return { cluster, members };
}

/** A cluster with its size, for lists. */
export interface ClusterShown {
  readonly id: LedgerId;
  readonly story: string;
  readonly firstRevisionId: LedgerId;
  readonly title: string;
  readonly revisions: number;
  readonly items: number;
  readonly sources: number;
  readonly createdAt: Date;
}

/** Clusters, the newest first; `before` is the id of the last one seen, `least` the fewest items that one must have. */
export async function listClusters(
  db: Database,
  { story, before, least = 1, limit }: { story?: string; before?: LedgerId; least?: number; limit: number },
): Promise<ClusterShown[]> {
  const rows = await sql<ClusterShown>`
    select c.id, c.story, c.first_revision_id as "firstRevisionId", o.title, c.created_at as "createdAt", n.revisions, n.items, n.sources
    from clusters c
    join revisions o on o.id = c.first_revision_id
    cross join lateral (
      select count(*)::int as revisions, count(distinct r.item_id)::int as items, count(distinct f.source)::int as sources
      from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id where r.cluster_id = c.id
    ) n
    where (${story ?? null}::text is null or c.story = ${story ?? null}) and (${before ?? null}::bigint is null or c.id < ${before ?? null})
      and n.items >= ${least}
    order by c.id desc limit ${limit}`.execute(db);
  return rows.rows;
}
