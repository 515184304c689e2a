import { type Selectable, sql } from "kysely";
import type { Observation } from "../domain/baseline/observation.ts";
import { toJson } from "./json-text.ts";
import { observationSchema } from "./observation-schema.ts";
import type { Database, LedgerId, ObservationsTable } from "./schema.ts";

export type ObservationRow = Selectable<ObservationsTable>;

/** An observation with the ledger rows it comes from. */
export interface LedgerObservation {
  readonly observation: Observation;
  readonly itemId: LedgerId;
  readonly revisionId: LedgerId;
  readonly clusterId: LedgerId | null;
  readonly feedId: string;
}

/**
 * All observations of the subjects, as they were judged; the domain puts them in order. To be called with the story
 * locked, so that nobody adds one meanwhile.
 */
export async function loadHistory(
  trx: Database,
  { story, subjects }: { story: string; subjects: readonly string[] },
): Promise<Observation[]> {
  if (subjects.length === 0) return [];
  const rows = await sql<{ body: unknown }>`
    select body from observations where story = ${story} and subject = any(${subjects}::text[]) order by published_at, seq`.execute(
    trx,
  );
  return rows.rows.map(({ body }) => observationSchema.parse(body));
}

const HISTORY_PAGE = 250;

/** The observations of one subject, page by page: nobody waits for all of them to be read. */
export async function* readHistory(
  db: Database,
  { story, subject }: { story: string; subject: string },
): AsyncGenerator<Observation[]> {
  for (let after = { published: new Date(0), seq: "0" }; ; ) {
    const { rows } = await sql<{ body: unknown; published: Date; seq: string }>`
      select body, published_at as published, seq from observations
      where story = ${story} and subject = ${subject}
        and (published_at, seq) > (${after.published}::timestamptz, ${after.seq}::bigint)
      order by published_at, seq limit ${HISTORY_PAGE}`.execute(db);
    yield rows.map(({ body }) => observationSchema.parse(body));
    const last = rows.at(-1);
    if (last === undefined || rows.length < HISTORY_PAGE) return;
    after = last;
  }
}

/**
 * When a commit that adds observations to a story counts: now, or a moment later where the commit before it counts now.
 * To be called with the story locked. What one commit enters carries this time, by which it is found together.
 */
export async function momentOfCommit(trx: Database, story: string, now: Date): Promise<Date> {
  const before = await sql<{ at: Date }>`
    select created_at as at from observations where story = ${story} order by seq desc limit 1`.execute(trx);
  return before.rows[0]?.at.getTime() === now.getTime() ? new Date(now.getTime() + 1) : now;
}

/**
 * Adds observations; those that the ledger has are left as they are. Returns the ids of those that were new. To be called
 * with the story locked, at the `momentOfCommit`.
 */
export async function insertObservations(
  trx: Database,
  { story, observations, now }: { story: string; observations: readonly LedgerObservation[]; now: Date },
): Promise<string[]> {
  if (observations.length === 0) return [];
  const added = await sql<{ id: string }>`
    insert into observations (story, id, kind, subject, event, measure, party, civilian, value, low, high, qualifier, role, topic,
      position, speaker, side, asserted_at, published_at, item_id, revision_id, cluster_id, feed_id, source, tier, lang, url,
      field, span_start, span_end, quote, body, created_at)
    select ${story}, b.id, b.kind, b.subject, b.event, b.measure, b.party, b.civilian, b.value, b.low, b.high, b.qualifier, b.role,
      b.topic, b.position, b.speaker, b.side, b.asserted, b.published, o."itemId", o."revisionId", o."clusterId", o."feedId", b.source,
      b.tier, b.lang, b.url, b.field, b.start, b."end", b.quote, o.observation, ${now}
    from json_to_recordset(${toJson(observations)}::json)
      as o(observation json, "itemId" bigint, "revisionId" bigint, "clusterId" bigint, "feedId" text)
    cross join lateral json_to_record(o.observation) as b(id text, kind text, subject text, event text, measure text, party text,
      civilian boolean, value float8, low float8, high float8, qualifier text, role text, topic text, position text, speaker text,
      side text, asserted timestamptz, published timestamptz, source text, tier smallint, lang text, url text, field text,
      start int, "end" int, quote text)
    on conflict (story, id) do nothing
    returning id`.execute(trx);
  return added.rows.map(({ id }) => id);
}

/** What observations are asked for by; `after` is the `seq` of the last one seen. */
export interface ObservationQuery {
  readonly story?: string;
  readonly event?: string;
  readonly subject?: string;
  readonly itemId?: LedgerId;
  readonly after?: string;
  /** `newest`: the last one that came is the first. Default `oldest`. */
  readonly order?: "oldest" | "newest";
  readonly limit: number;
}

/** Observations in the order in which the ledger got them, or the other way round. */
export function listObservations(db: Database, query: ObservationQuery): Promise<ObservationRow[]> {
  const newestFirst = query.order === "newest";
  let rows = db
    .selectFrom("observations")
    .selectAll()
    .orderBy("seq", newestFirst ? "desc" : "asc")
    .limit(query.limit);
  if (query.story !== undefined) rows = rows.where("story", "=", query.story);
  if (query.event !== undefined) rows = rows.where("event", "=", query.event);
  if (query.subject !== undefined) rows = rows.where("subject", "=", query.subject);
  if (query.itemId !== undefined) rows = rows.where("item_id", "=", query.itemId);
  if (query.after !== undefined) rows = rows.where("seq", newestFirst ? "<" : ">", query.after);
  return rows.execute();
}

/** One observation, or undefined. */
export function findObservation(db: Database, story: string, id: string): Promise<ObservationRow | undefined> {
  return db.selectFrom("observations").selectAll().where("story", "=", story).where("id", "=", id).executeTakeFirst();
}

const BATCH_PAGE = 1000;

/**
 * All observations as they were judged, in the order in which they came, those of one commit together: they carry the
 * same time, and commits that follow each other in a story never do. Stories are judged apart and may come mixed.
 */
export async function* readJudgedBatches(db: Database): AsyncGenerator<{ story: string; observations: Observation[] }> {
  const open = new Map<string, { story: string; at: number; observations: Observation[] }>();
  for (let after = "0"; ; ) {
    const rows = await sql<{ seq: string; story: string; created_at: Date; body: unknown }>`
      select seq, story, created_at, body from observations where seq > ${after} order by seq limit ${BATCH_PAGE}`.execute(
      db,
    );
    for (const { story, created_at, body } of rows.rows) {
      const at = created_at.getTime();
      let batch = open.get(story);
      if (batch?.at !== at) {
        if (batch !== undefined) yield batch;
        batch = { story, at, observations: [] };
        open.set(story, batch);
      }
      batch.observations.push(observationSchema.parse(body));
    }
    const last = rows.rows.at(-1);
    if (last === undefined || rows.rows.length < BATCH_PAGE) break;
    after = last.seq;
  }
  yield* open.values();
}
