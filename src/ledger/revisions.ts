import { type Selectable, sql } from "kysely";
import { withoutWaiting } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import {
  type ClusterKind,
  type Database,
  type LedgerId,
  OWED_STAGES,
  type OwedStage,
  type RevisionStage,
  type RevisionsTable,
} from "./schema.ts";

/** A revision that a worker has to itself until its lease ends, with what it needs of item and feed. */
export interface TakenRevision {
  readonly id: LedgerId;
  readonly itemId: LedgerId;
  readonly number: number;
  readonly stage: RevisionStage;
  readonly title: string;
  readonly text: string;
  readonly lang: string | null;
  readonly publishedAt: Date | null;
  readonly updatedAt: Date | null;
  readonly seenAt: Date;
  /** When its text was forgotten; null while it is kept. */
  readonly textForgottenAt: Date | null;
  /** Takes before this one that did not end in a commit. */
  readonly attempts: number;
  /** What `deduplicate` read, as it was committed; the reader checks it. */
  readonly reading: unknown;
  readonly clusterId: LedgerId | null;
  readonly clusterKind: ClusterKind | null;
  readonly clusterVeto: unknown;
  readonly relevant: boolean | null;
  readonly relevance: unknown;
  /** A later revision of the same item has gone all the way before this one. */
  readonly superseded: boolean;
  /** What the feed identifies the item by. */
  readonly guidKey: string;
  readonly url: string | null;
  readonly canonicalUrl: string | null;
  readonly feedId: string;
  readonly source: string;
  readonly feedLang: string;
  readonly tier: number;
  readonly feedSide: string | null;
  readonly timezone: string | null;
}

export type RevisionRow = Selectable<RevisionsTable>;

const taken = sql`
  r.id, r.item_id as "itemId", r.number, r.stage, r.title, r.text, r.lang, r.published_at as "publishedAt", r.updated_at as "updatedAt",
  r.seen_at as "seenAt", r.text_forgotten_at as "textForgottenAt", r.attempts - 1 as attempts, r.reading, r.cluster_id as "clusterId", r.cluster_kind as "clusterKind",
  r.cluster_veto as "clusterVeto", r.relevant, r.relevance,
  exists (select from revisions o where o.item_id = r.item_id and o.number > r.number and o.stage = 'done') as superseded,
  i.guid_key as "guidKey", i.url, i.canonical_url as "canonicalUrl", f.id as "feedId", f.source, f.lang as "feedLang", f.tier, f.side as "feedSide", f.timezone`;

/**
 * Takes those of the revisions that wait in the stage and that no live lease holds; a job that comes twice takes none.
 * Each take counts as an attempt. Ordered by time of publication, then id.
 */
export async function takeRevisions(
  db: Database,
  { ids, stage, now, leaseMs }: { ids: readonly LedgerId[]; stage: OwedStage; now: Date; leaseMs: number },
): Promise<TakenRevision[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const rows = await sql<TakenRevision>`
    with free as materialized (
      select id from revisions
      where id = any(${ids}::bigint[]) and stage = ${stage} and (lease_until is null or lease_until <= ${now})
      order by id
      for no key update skip locked
    ), taken as (
      update revisions r set lease_until = ${leaseUntil}, attempts = attempts + 1
      from free where r.id = free.id
      returning r.*
    )
    select ${taken}
    from taken r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id cross join (select ${withoutWaiting}) w
    order by r.published_at nulls last, r.id`.execute(db);
  return rows.rows;
}

/** The result of a stage for one revision. What is left out stays as it is. */
export interface StageResult {
  readonly id: LedgerId;
  readonly nextStage: Exclude<RevisionStage, "parked">;
  readonly lang?: string;
  readonly reading?: unknown;
  readonly clusterId?: LedgerId;
  readonly clusterKind?: ClusterKind;
  /** The revision that this one copies. */
  readonly clusterOf?: LedgerId;
  readonly clusterVeto?: unknown;
  readonly relevant?: boolean;
  readonly relevance?: unknown;
}

/** A revision that a commit moved on; owed to that stage unless it is done. */
export interface MovedRevision {
  readonly id: LedgerId;
  readonly stage: Exclude<RevisionStage, "parked">;
}

/**
 * Commits results of a stage and moves the revisions on, in one statement. Rows that left the stage meanwhile (another
 * worker was quicker) are left alone. Returns those that moved, with the stage in which they stand now.
 */
export async function commitStage(
  db: Database,
  { stage, results, now }: { stage: OwedStage; results: readonly StageResult[]; now: Date },
): Promise<MovedRevision[]> {
  if (results.length === 0) return [];
  // Alerts are sent for what the last stage commits.
  const durability = stage === "match" ? sql`` : sql`cross join (select ${withoutWaiting}) w`;
  const moved = await sql<MovedRevision>`
    update revisions r set
      stage = n."nextStage", staged_at = ${now}, queued_at = ${now}, lease_until = null, attempts = 0, last_error = null,
      lang = coalesce(n.lang, r.lang), reading = coalesce(n.reading, r.reading),
      cluster_id = coalesce(n."clusterId", r.cluster_id), cluster_kind = coalesce(n."clusterKind", r.cluster_kind),
      cluster_of = coalesce(n."clusterOf", r.cluster_of), cluster_veto = coalesce(n."clusterVeto", r.cluster_veto),
      relevant = coalesce(n.relevant, r.relevant), relevance = coalesce(n.relevance, r.relevance)
    from json_to_recordset(${toJson(results)}::json) as n(id bigint, "nextStage" text, lang text, reading jsonb, "clusterId" bigint,
      "clusterKind" text, "clusterOf" bigint, "clusterVeto" jsonb, relevant boolean, relevance jsonb)
      ${durability}
    where r.id = n.id and r.stage = ${stage}
    returning r.id, r.stage`.execute(db);
  return moved.rows;
}

/** Takes a revision that still waits for this stage out of the pipeline with its error, until somebody sends it on again. */
export async function parkRevision(
  db: Database,
  { id, stage, error, now }: { id: LedgerId; stage: OwedStage; error: string; now: Date },
): Promise<boolean> {
  const parked = await sql`
    update revisions set parked_from = stage, stage = 'parked', staged_at = ${now}, lease_until = null, last_error = ${shortened(error)}
    where id = ${id} and stage = ${stage}`.execute(db);
  return (parked.numAffectedRows ?? 0n) > 0n;
}

/**
 * Notes why revisions could not be worked on now; they are free again at `retryAt`, when `findStrayRevisions` finds them.
 * What is not `counted` does not come nearer to being parked.
 */
export async function failAttempt(
  db: Database,
  {
    ids,
    stage,
    error,
    counted,
    retryAt,
  }: { ids: readonly LedgerId[]; stage: OwedStage; error: string; counted: boolean; retryAt: Date },
): Promise<void> {
  await sql`
    update revisions set lease_until = ${retryAt}, last_error = ${shortened(error)},
      attempts = greatest(attempts - ${counted ? 0 : 1}, 0)
    where id = any(${ids}::bigint[]) and stage = ${stage}`.execute(db);
}

/** Gives taken revisions back untouched: a worker that stops before it began. */
export async function releaseRevisions(
  db: Database,
  { ids, stage }: { ids: readonly LedgerId[]; stage: OwedStage },
): Promise<void> {
  await sql`
    update revisions set lease_until = null, attempts = greatest(attempts - 1, 0)
    where id = any(${ids}::bigint[]) and stage = ${stage}`.execute(db);
}

/**
 * Revisions that wait in a stage past grace and lease, so that their job must be lost; oldest first. Each found one
 * counts as queued at `now`, so the next call does not find it again before another grace time.
 */
export async function findStrayRevisions(
  db: Database,
  { now, graceMs, limit }: { now: Date; graceMs: number; limit: number },
): Promise<{ id: LedgerId; stage: OwedStage }[]> {
  const before = new Date(now.getTime() - graceMs);
  const strays = await sql<{ id: LedgerId; stage: OwedStage }>`
    with stray as materialized (
      select s.id from unnest(${[...OWED_STAGES]}::text[]) as owed(stage)
      cross join lateral (
        select id from revisions
        where stage = owed.stage and stage in ('deduplicate', 'classify', 'match') and queued_at <= ${before}
          and (lease_until is null or lease_until <= ${now})
        order by queued_at limit ${limit}
        for no key update skip locked
      ) s
      limit ${limit}
    )
    update revisions r set queued_at = ${now} from stray where r.id = stray.id
    returning r.id, r.stage`.execute(db);
  return strays.rows.sort((a, b) => Number(a.id) - Number(b.id));
}

/** How many revisions stand in each stage that is not `done`. */
export async function countStages(db: Database): Promise<Record<Exclude<RevisionStage, "done">, number>> {
  const counted = await sql<{ stage: Exclude<RevisionStage, "done">; count: number }>`
    select stage, count(*)::int as count from revisions where stage in ('deduplicate', 'classify', 'match') group by stage
    union all select 'parked', count(*)::int from revisions where stage = 'parked'`.execute(db);
  const counts = { deduplicate: 0, classify: 0, match: 0, parked: 0 };
  for (const { stage, count } of counted.rows) counts[stage] = count;
  return counts;
}

/** Parked revisions with their errors, newest first. */
export function listParked(
  db: Database,
  limit: number,
): Promise<Pick<RevisionRow, "id" | "item_id" | "parked_from" | "last_error" | "staged_at">[]> {
  return db
    .selectFrom("revisions")
    .select(["id", "item_id", "parked_from", "last_error", "staged_at"])
    .where("stage", "=", "parked")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/**
 * Sends parked revisions on from the stage in which they failed (all when no ids are given); the next look for stray
 * revisions finds them.
 */
export async function unparkRevisions(
  db: Database,
  { ids, now }: { ids?: readonly LedgerId[]; now: Date },
): Promise<{ id: LedgerId; stage: OwedStage }[]> {
  const freed = await sql<{ id: LedgerId; stage: OwedStage }>`
    update revisions set stage = parked_from, parked_from = null, staged_at = ${now}, queued_at = '-infinity', lease_until = null, attempts = 0
    where stage = 'parked' and (${ids ?? null}::bigint[] is null or id = any(${ids ?? null}::bigint[]))
    returning id, stage`.execute(db);
  return freed.rows;
}

/** A revision beside the one that it edited; null of the first. */
export interface RevisionStep {
  readonly revision: RevisionRow;
  readonly before: RevisionRow | null;
}

/** The newest revisions of an item, of those below a number where one is given; oldest first. */
export async function listRevisions(
  db: Database,
  { itemId, below, limit }: { itemId: LedgerId; below?: number | undefined; limit: number },
): Promise<RevisionStep[]> {
  let newest = db.selectFrom("revisions").selectAll().where("item_id", "=", itemId).orderBy("number", "desc");
  if (below !== undefined) newest = newest.where("number", "<", below);
  const rows = await newest.limit(limit + 1).execute();
  return rows
    .slice(0, limit)
    .map((revision, place) => ({ revision, before: rows[place + 1] ?? null }))
    .reverse();
}

/** A revision of an item as the stages read it, without taking it: the newest, or the one of that number. */
export async function readRevision(
  db: Database,
  { itemId, number }: { itemId: LedgerId; number?: number | undefined },
): Promise<TakenRevision | undefined> {
  const rows = await sql<TakenRevision>`
    select ${taken} from revisions r join items i on i.id = r.item_id join feeds f on f.id = i.feed_id
    where r.item_id = ${itemId} and (${number ?? null}::int is null or r.number = ${number ?? null})
    order by r.number desc limit 1`.execute(db);
  return rows.rows[0];
}

/** One revision, or undefined. */
export function findRevision(db: Database, id: LedgerId): Promise<RevisionRow | undefined> {
  return db.selectFrom("revisions").selectAll().where("id", "=", id).executeTakeFirst();
}

const shortened = (error: string): string => error.replaceAll("\0", "").slice(0, 4000);
