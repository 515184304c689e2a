import { createHash } from "node:crypto";
import { type Selectable, sql } from "kysely";
import type { NewAlert } from "./alerts.ts";
import { type Endpoint, type EndpointHeaders, endpointHeadersSchema, listEndpoints } from "./endpoints.ts";
import { inTransaction } from "./in-transaction.ts";
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

/** A delivery that a worker has to itself until its lease ends. */
export interface TakenDelivery {
  readonly id: LedgerId;
  readonly webhookId: string;
  readonly endpointId: LedgerId;
  /** null: a test ping. */
  readonly alertId: string | null;
  /** What is to be sent. */
  readonly body: unknown;
  /** All attempts before this one, and those since it was last sent anew. */
  readonly attempts: number;
  readonly tries: number;
  readonly url: string;
  readonly headers: EndpointHeaders;
  readonly secretSealed: Buffer;
  readonly secretKeyId: string;
  /** The secret before, where it still signs too. */
  readonly previousSecretSealed: Buffer | null;
  readonly previousSecretKeyId: string | null;
  readonly endpointFailingSince: Date | null;
  readonly createdAt: Date;
}

interface TakeOptions {
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** Only these; else whatever is due. */
  readonly ids?: readonly LedgerId[];
}

/**
 * Takes deliveries that are due and that no live lease holds, of enabled endpoints that are not held back, and of each
 * endpoint no more than its concurrency and rate allow. What is left is found again by `findDueDeliveries`.
 */
export async function takeDeliveries(
  db: Database,
  { now, leaseMs, limit, ids }: TakeOptions,
): Promise<TakenDelivery[]> {
  const leaseUntil = new Date(now.getTime() + leaseMs);
  const only = ids ?? null;
  return inTransaction(db, async (trx) => {
    // Locking the endpoints first lets two takers count what is under way one after the other.
    const free = await sql<{ id: LedgerId }>`
      select id from endpoints e
      where enabled and (hold_until is null or hold_until <= ${now})
        and (${only}::bigint[] is null or id in (select endpoint_id from deliveries where id = any(${only}::bigint[])))
        and exists (select from deliveries d where d.endpoint_id = e.id and d.state in ('pending', 'failed', 'delivering') and d.next_attempt_at <= ${now})
      order by id
      for no key update`.execute(trx);
    if (free.rows.length === 0) return [];
    const taken = await sql<TakenDelivery>`
      with due as materialized (
        select d.id
        from endpoints e
        cross join lateral (
          select count(*) filter (where next_attempt_at > ${now}) as under_way from deliveries u
          where u.endpoint_id = e.id and u.state = 'delivering'
        ) busy
        cross join lateral (
          select count(*) as begun from deliveries u
          where e.rate_per_second is not null and u.endpoint_id = e.id and u.taken_at > ${new Date(now.getTime() - 1000)}
        ) second
        cross join lateral (
          select id, next_attempt_at from deliveries d
          where d.endpoint_id = e.id and d.state in ('pending', 'failed', 'delivering') and d.next_attempt_at <= ${now}
            and (${only}::bigint[] is null or d.id = any(${only}::bigint[]))
          order by d.next_attempt_at, d.id
          limit greatest(0, least(e.concurrency - busy.under_way, coalesce(ceil(e.rate_per_second)::bigint - second.begun, ${limit}::bigint)))
          for no key update skip locked
        ) d
        where e.id = any(${free.rows.map(({ id }) => id)}::bigint[])
        order by d.next_attempt_at, d.id
        limit ${limit}
      ), taken as (
        update deliveries d set state = 'delivering', next_attempt_at = ${leaseUntil}, taken_at = ${now}
        from due where d.id = due.id
        returning d.*
      )
      select d.id, d.webhook_id as "webhookId", d.endpoint_id as "endpointId", d.alert_id as "alertId",
        coalesce(a.body, d.ping_body) as body, d.attempts, d.tries, e.url, e.headers, e.secret_sealed as "secretSealed",
        e.secret_key_id as "secretKeyId", e.failing_since as "endpointFailingSince", d.created_at as "createdAt",
        case when e.previous_until > ${now} then e.previous_secret_sealed end as "previousSecretSealed",
        case when e.previous_until > ${now} then e.previous_secret_key_id end as "previousSecretKeyId"
      from taken d join endpoints e on e.id = d.endpoint_id left join alerts a on a.id = d.alert_id
      order by d.id`.execute(trx);
    return taken.rows.map((row) => ({ ...row, headers: endpointHeadersSchema.parse(row.headers) }));
  });
}

/**
 * Ids of deliveries that are due and have no job: never queued since they became due, or queued longer than `graceMs`
 * ago. Each found one counts as queued at `now`. At most `perEndpoint` of each endpoint, so that a dead one with a long
 * list keeps nobody else waiting.
 */
export async function findDueDeliveries(
  db: Database,
  { now, graceMs, limit, perEndpoint = 100 }: { now: Date; graceMs: number; limit: number; perEndpoint?: number },
): Promise<{ id: LedgerId; endpointId: LedgerId }[]> {
  const before = new Date(now.getTime() - graceMs);
  const due = await sql<{ id: LedgerId; endpointId: LedgerId }>`
    with due as materialized (
      select d.id from endpoints e
      cross join lateral (
        select id, next_attempt_at from deliveries
        where endpoint_id = e.id and state in ('pending', 'failed', 'delivering') and next_attempt_at <= ${now}
          and (queued_at < next_attempt_at or queued_at <= ${before})
        order by next_attempt_at, id limit ${perEndpoint}
        for no key update skip locked
      ) d
      where e.enabled and (e.hold_until is null or e.hold_until <= ${now})
      order by d.next_attempt_at, d.id limit ${limit}
    )
    update deliveries d set queued_at = ${now} from due where d.id = due.id
    returning d.id, d.endpoint_id as "endpointId"`.execute(db);
  return due.rows.sort((a, b) => Number(a.id) - Number(b.id));
}

/** Gives taken deliveries back without an attempt: a worker that stops before it began. */
export async function releaseDeliveries(
  db: Database,
  { ids, now }: { ids: readonly LedgerId[]; now: Date },
): Promise<void> {
  await sql`
    update deliveries set state = case when tries = 0 then 'pending' else 'failed' end, next_attempt_at = ${now}, taken_at = null
    where id = any(${ids}::bigint[]) and state = 'delivering'`.execute(db);
}

/** One HTTP try and what follows from it. */
export interface AttemptRecord {
  readonly deliveryId: LedgerId;
  readonly startedAt: Date;
  readonly durationMs: number;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>> | null;
  /** The first 16 KB. */
  readonly responseBody: string | null;
  /** `failed` asks for another try at `nextAttemptAt`; `dead` gives up. */
  readonly outcome: "delivered" | "failed" | "dead";
  readonly nextAttemptAt?: Date | undefined;
  /** No attempts at this endpoint before: the next deliveries would fail alike. */
  readonly holdEndpointUntil?: Date | undefined;
}

/** What stands after an attempt was recorded. */
export interface RecordedAttempt {
  readonly deliveryId: LedgerId;
  readonly number: number;
  readonly state: DeliveryState;
  readonly endpointId: LedgerId;
  /** Since when the endpoint has failed without a success between; null when it works. */
  readonly failingSince: Date | null;
}

const BODY_KEPT = 16 * 1024;

/** Records attempts, each with its delivery's new state and its endpoint's health, in one statement. */
export async function recordAttempts(db: Database, attempts: readonly AttemptRecord[]): Promise<RecordedAttempt[]> {
  if (attempts.length === 0) return [];
  const rows = attempts.map((attempt) => ({
    ...attempt,
    responseBody: attempt.responseBody?.slice(0, BODY_KEPT) ?? null,
  }));
  const recorded = await sql<RecordedAttempt>`
    with n as materialized (
      select *, "startedAt" + "durationMs" * interval '1 millisecond' as "endedAt"
      from json_to_recordset(${toJson(rows)}::json) as n("deliveryId" bigint, "startedAt" timestamptz, "durationMs" int, status int,
        error text, "requestHeaders" jsonb, "responseHeaders" jsonb, "responseBody" text, outcome text, "nextAttemptAt" timestamptz,
        "holdEndpointUntil" timestamptz)
    ), d as (
      update deliveries d set attempts = d.attempts + 1, tries = d.tries + 1, last_status = n.status,
        -- A late answer takes back neither a success nor an endpoint's end.
        state = case when d.state = 'delivered' or (d.state = 'dead' and n.outcome = 'failed') then d.state else n.outcome end,
        last_error = case when n.outcome = 'delivered' then null else n.error end,
        next_attempt_at = coalesce(n."nextAttemptAt", n."endedAt"),
        delivered_at = case when n.outcome = 'delivered' then coalesce(d.delivered_at, n."endedAt") else d.delivered_at end
      from n where d.id = n."deliveryId"
      returning d.id, d.endpoint_id, d.attempts, d.state
    ), a as (
      insert into attempts (delivery_id, number, started_at, duration_ms, status, error, request_headers, response_headers, response_body)
      select d.id, d.attempts, n."startedAt", n."durationMs", n.status, n.error, n."requestHeaders", n."responseHeaders", n."responseBody"
      from d join n on n."deliveryId" = d.id
    ), health as (
      select d.endpoint_id, bool_or(n.outcome = 'delivered') as works, min(n."endedAt") filter (where n.outcome <> 'delivered') as failed_at,
        max(n."holdEndpointUntil") as hold
      from d join n on n."deliveryId" = d.id group by d.endpoint_id
    ), e as (
      update endpoints e set
        failing_since = case when h.works then null else coalesce(e.failing_since, h.failed_at) end,
        hold_until = case when h.works then null else greatest(e.hold_until, h.hold) end
      from health h
      where e.id = h.endpoint_id and (h.works and (e.failing_since is not null or e.hold_until is not null)
        or not h.works and (e.failing_since is null or h.hold is not null))
      returning e.id, e.failing_since
    )
    select d.id as "deliveryId", d.attempts as number, d.state, d.endpoint_id as "endpointId",
      case when e.id is not null then e.failing_since else o.failing_since end as "failingSince"
    from d join endpoints o on o.id = d.endpoint_id left join e on e.id = d.endpoint_id`.execute(db);
  return recorded.rows;
}

/** Sends a delivery anew, at once and with all its tries, whatever became of it. Returns whether there is such a one. */
export async function redeliver(db: Database, { id, now }: { id: LedgerId; now: Date }): Promise<boolean> {
  const again = await sql`
    update deliveries set state = 'pending', tries = 0, next_attempt_at = ${now}, queued_at = ${now}
    where id = ${id} and endpoint_id in (select id from endpoints where deleted_at is null)`.execute(db);
  return (again.numAffectedRows ?? 0n) > 0n;
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

function pairOf(alertId: string, endpointId: LedgerId) {
  return { webhookId: webhookIdOf(alertId, endpointId), endpointId, alertId };
}
