import { type Selectable, sql } from "kysely";
import { CANDIDATES, DEFAULT_WINDOW_MS, NEWEST_PER_KEY, WHOLE } from "../domain/dedup/copy-index.ts";
import type { CopyCandidate } from "../domain/dedup/decide-copy.ts";
import type { Fingerprint } from "../domain/dedup/fingerprint.ts";
import { toJson } from "./json-text.ts";
import type { ClustersTable, Database, LedgerId } from "./schema.ts";
import { decodeSketch, encodeSketch } from "./sketch-bytes.ts";

export type ClusterRow = Selectable<ClustersTable>;

/** What copies are looked for by: an item's fingerprint and when it was published (else seen), in milliseconds. */
export interface CopyProbe {
  readonly at: number;
  readonly fingerprint: Fingerprint;
}

/** A candidate as the domain takes it; its `id` is the revision's and `cluster` the cluster's ledger id. */
export interface LedgerCandidate extends CopyCandidate {
  readonly itemId: LedgerId;
}

/**
 * The candidates of each probe, by the lookup that the domain's index makes in memory: of each key, of the exact hash
 * and of the URL the newest, within the window, then those that share most; among equals the newer.
 */
export async function findCopyCandidates(
  db: Database,
  { story, probes, windowMs = DEFAULT_WINDOW_MS }: { story: string; probes: readonly CopyProbe[]; windowMs?: number },
): Promise<LedgerCandidate[][]> {
  const found: LedgerCandidate[][] = probes.map(() => []);
  if (probes.length === 0) return found;
  const ranked = await sql<{ probe: number; revision_id: LedgerId }>`
    with probe as materialized (
      select * from json_to_recordset(${toJson(probes.map((probe, index) => probeRow(probe, index, windowMs)))}::json) as p(probe int, "from" timestamptz, "to" timestamptz, exact text, url text, keys json)
    ), hit as (
      select p.probe, s.revision_id, s.at between p."from" and p."to" as near, 1 as weight
      from probe p cross join lateral json_array_elements_text(p.keys) as k(key)
      cross join lateral (
        select revision_id, at from fingerprint_keys where key = ${keyOf(story)}
        order by revision_id desc limit ${NEWEST_PER_KEY}
      ) s
      union all
      select p.probe, s.revision_id, s.at between p."from" and p."to", ${WHOLE}::int from probe p cross join lateral (
        select revision_id, at from fingerprints where story = ${story} and exact = p.exact order by revision_id desc limit ${NEWEST_PER_KEY}
      ) s
      union all
      select p.probe, s.revision_id, s.at between p."from" and p."to", ${WHOLE}::int from probe p cross join lateral (
        select revision_id, at from fingerprints where story = ${story} and url = p.url order by revision_id desc limit ${NEWEST_PER_KEY}
      ) s
    ), ranked as (
      select probe, revision_id, row_number() over (partition by probe order by sum(weight) desc, revision_id desc) as place
      from hit where near group by probe, revision_id
    )
    select probe, revision_id from ranked where place <= ${CANDIDATES} order by probe, place`.execute(db);
  const candidates = await loadCandidates(db, [...new Set(ranked.rows.map((row) => row.revision_id))]);
  for (const { probe, revision_id } of ranked.rows) {
    const candidate = candidates.get(revision_id);
    if (candidate) found[probe]?.push(candidate);
  }
  return found;
}

/** What the index keeps of a revision that was placed in a cluster. */
export interface PlacedFingerprint extends CopyProbe {
  readonly revisionId: LedgerId;
  readonly clusterId: LedgerId;
}

/** Adds revisions to the index; those that are in it stay as they are. */
export async function insertFingerprints(
  trx: Database,
  { story, placed }: { story: string; placed: readonly PlacedFingerprint[] },
): Promise<void> {
  if (placed.length === 0) return;
  const rows = placed.map(({ revisionId, clusterId, at, fingerprint }) => ({
    revisionId,
    clusterId,
    at: new Date(at),
    exact: fingerprint.exact,
    url: fingerprint.url,
    keys: fingerprint.keys,
    sketch: encodeSketch(fingerprint.sketch).toString("base64"),
  }));
  await sql`
    with placed as materialized (
      select * from json_to_recordset(${toJson(rows)}::json)
        as p("revisionId" bigint, "clusterId" bigint, at timestamptz, exact text, url text, keys json, sketch text)
    ), added as (
      insert into fingerprints (revision_id, item_id, story, cluster_id, at, exact, url, sketch)
      select p."revisionId", r.item_id, ${story}, p."clusterId", p.at, p.exact, p.url, decode(p.sketch, 'base64')
      from placed p join revisions r on r.id = p."revisionId"
      on conflict do nothing
      returning revision_id
    )
    insert into fingerprint_keys (key, revision_id, at)
    select distinct ${keyOf(story)} as key, p."revisionId", p.at
    from placed p join added on added.revision_id = p."revisionId" cross join lateral json_array_elements_text(p.keys) as k(key)
    order by key`.execute(trx);
}

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

/** Forgets index entries of revisions seen before `before`; the clusters stay. Returns how many revisions were forgotten. */
export async function dropFingerprints(db: Database, before: Date): Promise<number> {
  const dropped = await sql`
    with old as materialized (
      select f.revision_id from fingerprints f join revisions r on r.id = f.revision_id where r.seen_at < ${before}
    ), keys as (
      delete from fingerprint_keys where revision_id in (select revision_id from old)
    )
    delete from fingerprints where revision_id in (select revision_id from old)`.execute(db);
  return Number(dropped.numAffectedRows ?? 0n);
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

async function loadCandidates(db: Database, revisionIds: readonly LedgerId[]): Promise<Map<LedgerId, LedgerCandidate>> {
  if (revisionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("fingerprints")
    .select(["revision_id as id", "item_id as itemId", "cluster_id as cluster", "at", "exact", "sketch"])
    .where(sql<boolean>`revision_id = any(${revisionIds}::bigint[])`)
    .execute();
  const candidates = new Map<LedgerId, LedgerCandidate>();
  for (const { id, cluster, at, exact, sketch: bytes, itemId } of rows) {
    const sketch = decodeSketch(bytes);
    if (sketch !== null) candidates.set(id, { id, cluster, at: at.getTime(), exact, sketch, itemId });
  }
  return candidates;
}

function probeRow({ at, fingerprint: { exact, url, keys } }: CopyProbe, probe: number, windowMs: number) {
  return { probe, from: new Date(at - windowMs), to: new Date(at + windowMs), exact, url, keys };
}

/** The story's hash above, the 32-bit key `k.key` of the row below. */
const keyOf = (story: string) => sql`((hashtext(${story})::bigint << 32) | (k.key::bigint & 4294967295))`;
