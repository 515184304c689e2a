import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { NewAlert } from "./alerts.ts";
import { type Endpoint, listEndpoints } from "./endpoints.ts";
import { toJson } from "./json-text.ts";
import type { AttemptsTable, Database, DeliveriesTable, DeliveryState, LedgerId } from "./schema.ts";

export type DeliveryRow = Selectable<DeliveriesTable>;
export type AttemptRow = Selectable<AttemptsTable>;

/** What filters look at: an alert as it is entered, or as it stands in the ledger. */
export type FilteredAlert = Pick<
  NewAlert,
  "id" | "story" | "kind" | "event" | "party" | "severity" | "confidence" | "langs" | "sources"
>;

/** Whether an endpoint wants an alert. */
export type WantsAlert = (endpoint: Endpoint, alert: FilteredAlert) => boolean;

export interface NewDelivery {
  readonly id: LedgerId;
  readonly alertId: string;
  readonly endpointId: LedgerId;
}

/** The `webhook-id` of an alert at an endpoint: the same in every attempt, after every crash. */
export function webhookIdOf(alertId: string, endpointId: LedgerId): string {
  return `msg_${createHash("sha256").update(`${endpointId}\n${alertId}`).digest("base64url").slice(0, 32)}`;
}

/**
 * Owes the alerts to every enabled endpoint that wants them, due at once. In the transaction that enters the alerts.
 * Returns the deliveries that are new.
 */
export async function createDeliveries(
  trx: Database,
  { alerts, wants, now }: { alerts: readonly FilteredAlert[]; wants: WantsAlert; now: Date },
): Promise<NewDelivery[]> {
  if (alerts.length === 0) return [];
  const endpoints = (await listEndpoints(trx)).filter(({ enabled }) => enabled);
  const owed = alerts.flatMap((alert) =>
    endpoints.filter((endpoint) => wants(endpoint, alert)).map((endpoint) => pairOf(alert.id, endpoint.id)),
  );
  if (owed.length === 0) return [];
  const made = await sql<NewDelivery>`
    insert into deliveries (webhook_id, endpoint_id, alert_id, next_attempt_at, queued_at, created_at)
    select "webhookId", "endpointId", "alertId", ${now}, ${now}, ${now}
    from json_to_recordset(${toJson(owed)}::json) as o("webhookId" text, "endpointId" bigint, "alertId" text)
    on conflict do nothing
    returning id, alert_id as "alertId", endpoint_id as "endpointId"`.execute(trx);
  return made.rows;
}

/** Owes a test ping to one endpoint, due at once. Returns the delivery's id. */
export async function createPing(
  db: Database,
  { endpointId, webhookId, body, now }: { endpointId: LedgerId; webhookId: string; body: unknown; now: Date },
): Promise<LedgerId> {
  const row = await db
    .insertInto("deliveries")
    .values({
      webhook_id: webhookId,
      endpoint_id: endpointId,
      ping_body: toJson(body),
      state: "pending",
      next_attempt_at: now,
      queued_at: now,
      created_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** What deliveries are asked for by; `before` is the id of the last one seen. */
export interface DeliveryQuery {
  readonly endpointId?: LedgerId;
  readonly alertId?: string;
  readonly states?: readonly DeliveryState[];
  readonly before?: LedgerId;
  readonly limit: number;
}

/** Deliveries, newest first; `states: ["dead"]` are the dead letters. */
export function listDeliveries(db: Database, query: DeliveryQuery): Promise<DeliveryRow[]> {
  let rows = db.selectFrom("deliveries").selectAll().orderBy("id", "desc").limit(query.limit);
  if (query.endpointId !== undefined) rows = rows.where("endpoint_id", "=", query.endpointId);
  if (query.alertId !== undefined) rows = rows.where("alert_id", "=", query.alertId);
  if (query.states !== undefined) rows = rows.where("state", "in", [...query.states]);
  if (query.before !== undefined) rows = rows.where("id", "<", query.before);
  return rows.execute();
}

/** One delivery with all its attempts, first one first; undefined when there is none. */
export async function findDelivery(
  db: Database,
  id: LedgerId,
): Promise<{ delivery: DeliveryRow; attempts: AttemptRow[] } | undefined> {
  const delivery = await db.selectFrom("deliveries").selectAll().where("id", "=", id).executeTakeFirst();
  if (delivery === undefined) return undefined;
  return {
    delivery,
    attempts: await db.selectFrom("attempts").selectAll().where("delivery_id", "=", id).orderBy("number").execute(),
  };
}

/** How many deliveries stand in each state that is not `delivered`. */
export async function countDeliveries(db: Database): Promise<Record<Exclude<DeliveryState, "delivered">, number>> {
  const rows = await sql<{ state: Exclude<DeliveryState, "delivered">; count: number }>`
    select state, count(*)::int as count from deliveries where state in ('pending', 'failed', 'delivering') group by state
    union all select 'dead', count(*)::int from deliveries where state = 'dead'`.execute(db);
  const counts = { pending: 0, delivering: 0, failed: 0, dead: 0 };
  for (const { state, count } of rows.rows) counts[state] = count;
  return counts;
}

/** A delivery to be made: who gets what under which `webhook-id`. */
export function pairOf(alertId: string, endpointId: LedgerId) {
  return { webhookId: webhookIdOf(alertId, endpointId), endpointId, alertId };
}
