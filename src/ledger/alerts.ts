import { type Selectable, sql } from "kysely";
import type { AlertKind, Severity } from "../domain/alert/kinds.ts";
import { toJson } from "./json-text.ts";
import { lockAlerts } from "./locks.ts";
import type { AlertsTable, Database, LedgerId } from "./schema.ts";

export type AlertRow = Selectable<AlertsTable>;

/** An alert to be entered. What it is filtered by stands beside the body that is sent. */
export interface NewAlert {
  /** Made from what it tells, so that telling it twice enters it once. */
  readonly id: string;
  /** null for alerts about the running of the service. */
  readonly story: string | null;
  readonly kind: AlertKind;
  readonly event: string | null;
  readonly subject: string | null;
  readonly measure: string | null;
  readonly party: string | null;
  readonly topic: string | null;
  readonly severity: Severity;
  readonly confidence: number;
  /** The alert that it confirms or withdraws. */
  readonly about: string | null;
  /** Languages and sources of its evidence. */
  readonly langs: readonly string[];
  readonly sources: readonly string[];
  /** The webhook body, as it is sent. */
  readonly body: unknown;
  readonly observationId: string | null;
  readonly revisionId: LedgerId | null;
  /** When the observation that raised it counts. */
  readonly at: Date;
}

/** The channel on which PostgreSQL tells listeners (`listen`) that alerts were entered; the payload is the last `seq`. */
export const ALERTS_CHANNEL = "rasid_alerts";

/**
 * Enters alerts and returns those that were not in the ledger before. Listeners are told when the transaction commits.
 * Until then no other transaction can enter alerts, so that `seq` is the order in which readers see them.
 */
export async function insertAlerts(
  trx: Database,
  { alerts, now }: { alerts: readonly NewAlert[]; now: Date },
): Promise<NewAlert[]> {
  if (alerts.length === 0) return [];
  await lockAlerts(trx);
  const added = await sql<{ id: string; seq: string }>`
    insert into alerts (id, story, kind, event, subject, measure, party, topic, severity, confidence, about, langs, sources, body,
      observation_id, revision_id, at, created_at)
    select id, story, kind, event, subject, measure, party, topic, severity, confidence, about, langs, sources, body,
      "observationId", "revisionId", at, ${now}
    from json_to_recordset(${toJson(alerts)}::json) as a(id text, story text, kind text, event text, subject text, measure text,
      party text, topic text, severity text, confidence float8, about text, langs text[], sources text[], body json,
      "observationId" text, "revisionId" bigint, at timestamptz)
    on conflict (id) do nothing
    returning id, seq`.execute(trx);
  const last = added.rows.at(-1);
  if (last !== undefined) await sql`select pg_notify(${ALERTS_CHANNEL}, ${last.seq})`.execute(trx);
  const ids = new Set(added.rows.map(({ id }) => id));
  return alerts.filter(({ id }) => ids.has(id));
}

/** What alerts are asked for by; `after` and `before` are the `seq` of an alert seen. */
export interface AlertQuery {
  readonly story?: string;
  readonly event?: string;
  readonly party?: string;
  readonly stories?: readonly string[];
  readonly kinds?: readonly string[];
  readonly events?: readonly string[];
  readonly parties?: readonly string[];
  readonly severities?: readonly string[];
  /** Alerts whose evidence stands in one of these languages, or at one of these sources. */
  readonly languages?: readonly string[];
  readonly sources?: readonly string[];
  readonly minConfidence?: number;
  readonly subject?: string;
  readonly since?: Date;
  readonly after?: string;
  readonly before?: string;
  /** Default `oldest`. */
  readonly order?: "oldest" | "newest";
  readonly limit: number;
}

/** Alerts in the order in which they were entered, or the newest first. */
export function listAlerts(db: Database, query: AlertQuery): Promise<AlertRow[]> {
  let rows = db.selectFrom("alerts").selectAll().limit(query.limit);
  rows = rows.orderBy("seq", query.order === "newest" ? "desc" : "asc");
  if (query.story !== undefined) rows = rows.where("story", "=", query.story);
  if (query.event !== undefined) rows = rows.where("event", "=", query.event);
  if (query.subject !== undefined) rows = rows.where("subject", "=", query.subject);
  if (query.party !== undefined) rows = rows.where("party", "=", query.party);
  for (const [column, wanted] of [
    ["story", query.stories],
    ["kind", query.kinds],
    ["event", query.events],
    ["party", query.parties],
    ["severity", query.severities],
  ] as const)
    if (wanted !== undefined) rows = rows.where(sql<boolean>`${sql.ref(column)} = any(${wanted}::text[])`);
  if (query.languages !== undefined) rows = rows.where(sql<boolean>`langs && ${query.languages}::text[]`);
  if (query.sources !== undefined) rows = rows.where(sql<boolean>`sources && ${query.sources}::text[]`);
  if (query.minConfidence !== undefined) rows = rows.where("confidence", ">=", query.minConfidence);
  if (query.since !== undefined) rows = rows.where("created_at", ">=", query.since);
  if (query.after !== undefined) rows = rows.where("seq", ">", query.after);
  if (query.before !== undefined) rows = rows.where("seq", "<", query.before);
  return rows.execute();
}

/** One alert, or undefined. */
export function findAlert(db: Database, id: string): Promise<AlertRow | undefined> {
  return db.selectFrom("alerts").selectAll().where("id", "=", id).executeTakeFirst();
}

/** What alerts tell, by id: those that the ledger has. */
export async function alertBodies(db: Database, ids: readonly string[]): Promise<Map<string, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ id: string; body: unknown }>`
    select id, body from alerts where id = any(${ids}::text[])`.execute(db);
  return new Map(rows.rows.map(({ id, body }) => [id, body]));
}

/** Those of the ids that the ledger has. */
export async function knownAlertIds(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }>`select id from alerts where id = any(${ids}::text[])`.execute(db);
  return new Set(rows.rows.map(({ id }) => id));
}

/** Alerts that confirm or withdraw this one, oldest first. */
export function listFollowingAlerts(db: Database, id: string): Promise<AlertRow[]> {
  return db.selectFrom("alerts").selectAll().where("about", "=", id).orderBy("seq").execute();
}

/** The `seq` of the newest alert; "0" when there is none. */
export async function latestAlertSeq(db: Database): Promise<string> {
  const newest = await sql<{ seq: string }>`select coalesce(max(seq), 0)::text as seq from alerts`.execute(db);
  return newest.rows[0]?.seq ?? "0";
}
