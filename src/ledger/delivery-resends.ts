import { sql } from "kysely";
import { type FilteredAlert, pairOf, type WantsAlert } from "./deliveries.ts";
import type { Endpoint } from "./endpoints.ts";
import { toJson } from "./json-text.ts";
import type { Database, LedgerId } from "./schema.ts";

/** Sends a delivery anew, at once and with all its tries, whatever became of it. Returns whether there is such a one. */
export async function redeliver(db: Database, { id, now }: { id: LedgerId; now: Date }): Promise<boolean> {
  const again = await sql`
    update deliveries set state = 'pending', tries = 0, next_attempt_at = ${now}, queued_at = ${now}
    where id = ${id} and endpoint_id in (select id from endpoints where deleted_at is null)`.execute(db);
  return (again.numAffectedRows ?? 0n) > 0n;
}

/**
 * Owes an endpoint one alert, due at once, whether it has had it or not and whatever its filters say. Returns the
 * delivery's id.
 */
export async function sendAlert(
  db: Database,
  { alertId, endpointId, now }: { alertId: string; endpointId: LedgerId; now: Date },
): Promise<LedgerId> {
  const { webhookId } = pairOf(alertId, endpointId);
  const sent = await sql<{ id: LedgerId }>`
    insert into deliveries as d (webhook_id, endpoint_id, alert_id, next_attempt_at, queued_at, created_at)
    values (${webhookId}, ${endpointId}, ${alertId}, ${now}, ${now}, ${now})
    on conflict (alert_id, endpoint_id) do update set state = 'pending', tries = 0, next_attempt_at = ${now}, queued_at = ${now}
    returning id`.execute(db);
  return (sent.rows[0] as { id: LedgerId }).id;
}

/** Lets the next look for due deliveries find these, where nobody makes jobs for them: the command line, or very many. */
export async function leaveToReconcile(db: Database, ids: readonly LedgerId[]): Promise<void> {
  await sql`
    update deliveries set queued_at = '-infinity'
    where id = any(${ids}::bigint[]) and state in ('pending', 'failed')`.execute(db);
}

interface ResendOptions {
  readonly endpoint: Endpoint;
  readonly wants: WantsAlert;
  readonly now: Date;
}

/**
 * Owes an endpoint all alerts entered since `since` that it wants and did not get: those given up, and those raised
 * while it was disabled. Returns the ids of the deliveries.
 */
export function recoverDeliveries(
  db: Database,
  options: ResendOptions & { readonly since: Date },
): Promise<LedgerId[]> {
  return resend(db, { ...options, fromSeq: null, evenDelivered: false });
}

/** Owes an endpoint all alerts from this one on that it wants, those too that it got; the `webhook-id`s stay the same. */
export function replayDeliveries(
  db: Database,
  options: ResendOptions & { readonly fromSeq: string },
): Promise<LedgerId[]> {
  return resend(db, { ...options, since: null, evenDelivered: true });
}

const RESEND_PAGE = 500;

async function resend(
  db: Database,
  {
    endpoint,
    wants,
    now,
    since,
    fromSeq,
    evenDelivered,
  }: ResendOptions & { since: Date | null; fromSeq: string | null; evenDelivered: boolean },
): Promise<LedgerId[]> {
  const ids: LedgerId[] = [];
  let after = "0";
  while (true) {
    const page = await sql<FilteredAlert & { seq: string }>`
      select seq, id, story, kind, event, party, severity, confidence, langs, sources from alerts
      where seq > ${after} and (${fromSeq}::bigint is null or seq >= ${fromSeq}::bigint) and (${since}::timestamptz is null or created_at >= ${since})
      order by seq limit ${RESEND_PAGE}`.execute(db);
    const owed = page.rows.filter((alert) => wants(endpoint, alert)).map(({ id }) => pairOf(id, endpoint.id));
    const again = await sql<{ id: LedgerId }>`
      insert into deliveries as d (webhook_id, endpoint_id, alert_id, next_attempt_at, queued_at, created_at)
      select "webhookId", "endpointId", "alertId", ${now}, ${now}, ${now}
      from json_to_recordset(${toJson(owed)}::json) as o("webhookId" text, "endpointId" bigint, "alertId" text)
      on conflict (alert_id, endpoint_id) do update set state = 'pending', tries = 0, next_attempt_at = ${now}, queued_at = ${now}
      where d.state in ('failed', 'dead') or (d.state = 'delivered' and ${evenDelivered})
      returning id`.execute(db);
    ids.push(...again.rows.map(({ id }) => id));
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < RESEND_PAGE) return ids;
    after = last.seq;
  }
}
