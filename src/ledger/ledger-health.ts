import { sql } from "kysely";
import type { Role } from "../domain/role.ts";
import { findMissingRoles } from "./connected-roles.ts";
import { countDeliveries } from "./deliveries.ts";
import type { Database } from "./schema.ts";

/** Work owed to a stage: how much, and for how long the oldest has waited. */
export interface StageHealth {
  readonly depth: number;
  /** 0 when nothing waits. */
  readonly oldestSeconds: number;
}

/** How the service does, as the ledger knows it. Counts are of what is open, never of what is done. */
export interface LedgerHealth {
  readonly stages: Readonly<Record<"fetch" | "deduplicate" | "classify" | "match" | "deliver", StageHealth>>;
  readonly parked: number;
  /** Roles that no process has. */
  readonly missingRoles: Role[];
  readonly deliveries: Readonly<Record<"pending" | "delivering" | "failed" | "dead", number>>;
  readonly feeds: Readonly<Record<"new" | "ok" | "failing" | "silent" | "gone" | "paused", number>>;
  /** Since the newest item of any feed came; null before the first. */
  readonly newestItemSeconds: number | null;
  readonly endpoints: Readonly<Record<"works" | "failing" | "disabled", number>>;
}

/**
 * Reads how the service does. Every part goes by an index of what is open or over a small table, so that it costs the
 * same however much the ledger holds.
 */
export async function readLedgerHealth(db: Database, now: Date): Promise<LedgerHealth> {
  const revisions = await readRevisions(db, now);
  const deliveries = await readDeliveries(db, now);
  const feeds = await readFeeds(db, now);
  return {
    stages: { fetch: feeds.due, ...revisions.stages, deliver: deliveries.due },
    parked: revisions.parked,
    deliveries: deliveries.states,
    feeds: feeds.states,
    newestItemSeconds: feeds.newestItemSeconds,
    endpoints: await readEndpoints(db),
    missingRoles: await findMissingRoles(db),
  };
}

async function readRevisions(db: Database, now: Date) {
  const { rows } = await sql<{ stage: string; depth: number; oldest: number }>`
    select stage, count(*)::int as depth, greatest(extract(epoch from ${now}::timestamptz - min(staged_at)), 0)::float8 as oldest
    from revisions where stage in ('deduplicate', 'classify', 'match') group by stage
    union all select 'parked', count(*)::int, 0 from revisions where stage = 'parked'`.execute(db);
  const of = (stage: string): StageHealth => {
    const row = rows.find((one) => one.stage === stage);
    return { depth: row?.depth ?? 0, oldestSeconds: row?.oldest ?? 0 };
  };
  return {
    stages: { deduplicate: of("deduplicate"), classify: of("classify"), match: of("match") },
    parked: of("parked").depth,
  };
}

/** A delivery to an endpoint that is held back or disabled waits for its endpoint, not for a worker. */
async function readDeliveries(db: Database, now: Date) {
  const states = await countDeliveries(db);
  const due = await sql<StageHealth>`
    select coalesce(sum(d.depth), 0)::int as depth,
      coalesce(greatest(extract(epoch from ${now}::timestamptz - min(d.oldest)), 0), 0)::float8 as "oldestSeconds"
    from endpoints e cross join lateral (
      select count(*) as depth, min(next_attempt_at) as oldest from deliveries
      where endpoint_id = e.id and state in ('pending', 'failed', 'delivering') and next_attempt_at <= ${now}
    ) d
    where e.enabled and e.deleted_at is null and (e.hold_until is null or e.hold_until <= ${now})`.execute(db);
  return { states, due: due.rows[0] ?? { depth: 0, oldestSeconds: 0 } };
}

async function readFeeds(db: Database, now: Date) {
  const { rows } = await sql<{
    state: keyof LedgerHealth["feeds"];
    count: number;
    due: number;
    late: number | null;
    newest: number | null;
  }>`
    select case when paused then 'paused' when status = 'ok' and told_silent_at is not null then 'silent' else status end as state,
      count(*)::int as count,
      (count(*) filter (where not paused and status <> 'gone' and next_fetch_at <= ${now}))::int as due,
      extract(epoch from ${now}::timestamptz - min(next_fetch_at)
        filter (where not paused and status <> 'gone' and next_fetch_at > '-infinity'))::float8 as late,
      extract(epoch from ${now}::timestamptz - max(last_new_item_at))::float8 as newest
    from feeds where configured group by 1`.execute(db);
  const states = { new: 0, ok: 0, failing: 0, silent: 0, gone: 0, paused: 0 };
  for (const { state, count } of rows) states[state] = count;
  const newest = rows.flatMap((row) => row.newest ?? []);
  return {
    states,
    due: {
      depth: rows.reduce((sum, row) => sum + row.due, 0),
      oldestSeconds: Math.max(0, ...rows.flatMap((row) => row.late ?? [])),
    },
    newestItemSeconds: newest.length === 0 ? null : Math.max(0, Math.min(...newest)),
  };
}

async function readEndpoints(db: Database): Promise<LedgerHealth["endpoints"]> {
  const { rows } = await sql<{ state: keyof LedgerHealth["endpoints"]; count: number }>`
    select case when not enabled then 'disabled' when failing_since is not null then 'failing' else 'works' end as state, count(*)::int as count
    from endpoints where deleted_at is null group by 1`.execute(db);
  const states = { works: 0, failing: 0, disabled: 0 };
  for (const { state, count } of rows) states[state] = count;
  return states;
}

/** The size of the ledger's database in bytes, and of each of its tables with indexes and long values. */
export async function readLedgerSize(db: Database): Promise<{ bytes: number; tables: ReadonlyMap<string, number> }> {
  const { rows } = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
    where relkind = 'r' and relnamespace = current_schema::regnamespace`.execute(db);
  const all = await sql<{ bytes: number }>`select pg_database_size(current_database())::float8 as bytes`.execute(db);
  return { bytes: all.rows[0]?.bytes ?? 0, tables: new Map(rows.map(({ name, bytes }) => [name, bytes])) };
}
