import { type Selectable, sql } from "kysely";
import { toJson } from "./json-text.ts";
import type { Database, StandingsTable } from "./schema.ts";

export type StandingRow = Selectable<StandingsTable>;

/** What is reported for one key from now on, as the match of a revision left it. */
export interface NewStanding {
  /** Subject and speaker side: what is told apart. */
  readonly key: string;
  readonly subject: string;
  readonly event: string;
  readonly side: string;
  readonly observationId: string | null;
  readonly asOf: string;
  /** The standing as the domain has it. */
  readonly body: unknown;
}

/** Adds standings to the history; one that says the same as the key's latest is left out. */
export async function insertStandings(
  trx: Database,
  { story, standings, now }: { story: string; standings: readonly NewStanding[]; now: Date },
): Promise<void> {
  if (standings.length === 0) return;
  await sql`
    insert into standings (story, key, subject, event, side, observation_id, body, as_of, created_at)
    select ${story}, n.key, n.subject, n.event, n.side, n."observationId", n.body, n."asOf", ${now}
    from json_to_recordset(${toJson(standings)}::json)
      as n(key text, subject text, event text, side text, "observationId" text, body json, "asOf" timestamptz)
    left join lateral (
      select body from standings s where s.story = ${story} and s.key = n.key order by id desc limit 1
    ) latest on true
    where latest.body is null or latest.body::jsonb <> n.body::jsonb`.execute(trx);
}

/** What is reported now: the latest standing of each key. */
export async function listCurrentStandings(
  db: Database,
  { story, event }: { story: string; event?: string },
): Promise<StandingRow[]> {
  // From key to key along the index: a key may have had thousands of standings, and only its last one is read.
  const rows = await sql<StandingRow>`
    with recursive keys as (
      (select key from standings where story = ${story} order by key limit 1)
      union all
      select (select s.key from standings s where s.story = ${story} and s.key > keys.key order by s.key limit 1)
      from keys where keys.key is not null
    )
    select latest.* from keys cross join lateral (
      select * from standings where story = ${story} and key = keys.key order by id desc limit 1
    ) latest
    where ${event ?? null}::text is null or latest.event = ${event ?? null}
    order by latest.key`.execute(db);
  return rows.rows;
}

/** A standing and the one of its key that it took the place of. */
export interface StandingStep {
  readonly before: StandingRow | null;
  readonly after: StandingRow;
}

/**
 * The standings of a subject that were entered by one commit, each with what stood before: observations, standings and
 * alerts of one commit carry the same time.
 */
export async function standingSteps(
  db: Database,
  { story, subject, event, at }: { story: string; subject: string; event?: string; at: Date },
): Promise<StandingStep[]> {
  const after = await sql<StandingRow>`
    select * from standings where story = ${story} and subject = ${subject} and created_at = ${at}
      and (${event ?? null}::text is null or event = ${event ?? null})
    order by id`.execute(db);
  return Promise.all(
    after.rows.map(async (row) => {
      const before = await sql<StandingRow>`
        select * from standings where story = ${story} and key = ${row.key} and id < ${row.id} order by id desc limit 1`.execute(
        db,
      );
      return { before: before.rows[0] ?? null, after: row };
    }),
  );
}

/** All standings that an event has had, in the order in which they came to be; `after` is the id of the last one seen. */
export function listStandingHistory(
  db: Database,
  { story, event, after, limit }: { story: string; event: string; after?: string; limit: number },
): Promise<StandingRow[]> {
  let rows = db
    .selectFrom("standings")
    .selectAll()
    .where("story", "=", story)
    .where("event", "=", event)
    .orderBy("id")
    .limit(limit);
  if (after !== undefined) rows = rows.where("id", ">", after);
  return rows.execute();
}
