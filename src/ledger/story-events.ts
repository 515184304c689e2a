import { sql } from "kysely";
import type { Database, LedgerId } from "./schema.ts";
import type { StandingRow } from "./standings.ts";

/** How much is known of an event. */
export interface EventCount {
  readonly event: string;
  readonly observations: number;
  readonly alerts: number;
  /** The newest report of it. */
  readonly lastPublishedAt: Date | null;
}

/** How much was observed and told of each event of a story that anything is known of. */
export async function countEvents(db: Database, story: string): Promise<EventCount[]> {
  const rows = await sql<EventCount>`
    select coalesce(o.event, a.event) as event, coalesce(o.n, 0)::int as observations, coalesce(a.n, 0)::int as alerts,
      o.last as "lastPublishedAt"
    from (select event, count(*) as n, max(published_at) as last from observations where story = ${story} group by event) o
    full join (select event, count(*) as n from alerts where story = ${story} and event is not null group by event) a using (event)`.execute(
    db,
  );
  return rows.rows;
}

/** The observation that a standing rests on, as far as cards show it. */
export interface ReportedBy {
  readonly id: string;
  readonly publishedAt: Date;
  readonly source: string;
  readonly tier: number;
  readonly lang: string;
  readonly item: LedgerId;
  readonly quote: string;
}

/** Those observations that the standings rest on, by id. */
export async function loadReporting(
  db: Database,
  story: string,
  standings: readonly StandingRow[],
): Promise<Map<string, ReportedBy>> {
  const ids = [...new Set(standings.flatMap(({ observation_id }) => observation_id ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await sql<ReportedBy>`
    select id, published_at as "publishedAt", source, tier, lang, item_id as item, quote
    from observations where story = ${story} and id = any(${ids}::text[])`.execute(db);
  return new Map(rows.rows.map((row) => [row.id, row]));
}

/** A standing as it came to be: the first row of each state that a key has had. */
export interface StepRow {
  readonly id: LedgerId;
  readonly key: string;
  readonly subject: string;
  readonly side: string;
  readonly stage: string | null;
  readonly observation: string | null;
  readonly asOf: Date;
  readonly current: unknown;
}

/** The steps of all keys of an event, in the order of the times that they are as of. */
export async function listSteps(db: Database, { story, event }: { story: string; event: string }): Promise<StepRow[]> {
  const rows = await sql<StepRow>`
    select s.id, s.key, s.subject, s.side, s.body->>'stage' as stage, s.observation_id as observation, s.as_of as "asOf",
      s.body->'current' as current
    from (
      select min(id) as id from standings where story = ${story} and event = ${event} group by key, observation_id
    ) first join standings s on s.id = first.id
    order by s.as_of, s.id`.execute(db);
  return rows.rows;
}

/** An observation as a point of a chart. */
export interface PointRow {
  readonly seq: string;
  readonly id: string;
  readonly subject: string;
  readonly at: Date;
  readonly asserted: boolean;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly qualifier: string | null;
  readonly role: string | null;
  readonly position: string | null;
  readonly stage: string | null;
  readonly speaker: string;
  readonly side: string;
  readonly source: string;
  readonly tier: number;
  readonly lang: string;
  /** How many later ones it stands for. */
  readonly more: number;
}

export interface PointsWanted {
  readonly story: string;
  readonly event: string;
  /** The `seq` of the last one seen. */
  readonly after?: string;
  readonly limit: number;
  /** In minutes: of those that say the same within such a stretch of time, the first alone. */
  readonly stretch?: number;
  /** With `stretch`: whether figures of the event have stages, which tell them apart. */
  readonly staged?: boolean;
}

/** Observations of an event in the order in which the ledger got them. */
export async function listPoints(db: Database, wanted: PointsWanted): Promise<PointRow[]> {
  const { story, event, after = "0", limit, stretch, staged = true } = wanted;
  const first = stretch === undefined ? allPoints(story, event) : firstPoints(wanted, stretch, staged);
  const rows = await sql<PointRow>`
    select o.seq, id, subject, coalesce(asserted_at, published_at) as at, asserted_at is not null as asserted, value, low,
      high, qualifier, role, position, body->>'stage' as stage, speaker, side, source, tier, lang, first.more
    from (${first}) first join observations o on o.seq = first.seq
    where first.seq > ${after} order by first.seq limit ${limit}`.execute(db);
  return rows.rows;
}

const allPoints = (story: string, event: string) =>
  sql`select seq, 0 as more from observations where story = ${story} and event = ${event}`;

/** Where there are no stages the bodies are not opened: that takes longer than all the rest. */
const firstPoints = ({ story, event }: PointsWanted, stretch: number, staged: boolean) =>
  sql`select min(seq) as seq, count(*)::int - 1 as more from observations where story = ${story} and event = ${event}
    group by subject, speaker, side, value, low, high, qualifier, role, position, ${staged ? sql`body->>'stage',` : sql``}
      date_bin(make_interval(mins => ${stretch}), coalesce(asserted_at, published_at), timestamptz '2000-01-01 00:00Z')`;

/** What came of a story since a time. */
export interface NewsSince {
  readonly alerts: readonly { event: string; kind: string; severity: string; count: number }[];
  readonly observations: number;
  readonly items: number;
}

/** Alerts entered, observations added and items that carried them, since a time. */
export async function countSince(db: Database, story: string, since: Date): Promise<NewsSince> {
  const [alerts, seen] = await Promise.all([
    sql<{ event: string; kind: string; severity: string; count: number }>`
      select coalesce(event, 'new') as event, kind, severity, count(*)::int as count from alerts
      where story = ${story} and created_at > ${since} group by 1, 2, 3 order by 4 desc, 1, 2`.execute(db),
    sql<{ observations: number; items: number }>`
      select count(*)::int as observations, count(distinct item_id)::int as items from observations
      where story = ${story} and created_at > ${since}`.execute(db),
  ]);
  return { alerts: alerts.rows, observations: seen.rows[0]?.observations ?? 0, items: seen.rows[0]?.items ?? 0 };
}
