import { type RawBuilder, sql } from "kysely";
import { type EndpointHeaders, endpointHeadersSchema } from "./endpoints.ts";
import { inTransaction } from "./in-transaction.ts";
import type { Database, LedgerId } from "./schema.ts";

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

export interface TakeOptions {
  readonly now: Date;
  readonly leaseMs: number;
  readonly limit: number;
  /** Only these deliveries. */
  readonly ids?: readonly LedgerId[];
  /** Only deliveries to these endpoints. Neither given: whatever is due. */
  readonly endpointIds?: readonly LedgerId[];
}

const OPEN = sql`d.state in ('pending', 'failed', 'delivering')`;

/**
 * Takes deliveries that are due and that no live lease holds, of enabled endpoints that are not held back, and of each
 * endpoint no more than its concurrency and rate allow. Those of `ids` that had to be left are due for
 * `findDueDeliveries` as soon as their endpoint has room.
 */
export async function takeDeliveries(db: Database, options: TakeOptions): Promise<TakenDelivery[]> {
  return inTransaction(db, async (trx) => {
    const free = await lockFreeEndpoints(trx, options);
    const taken = free.length === 0 ? [] : await takeOf(trx, free, options);
    const { ids, now } = options;
    if (ids !== undefined && taken.length < ids.length)
      await sql`
        update deliveries d set queued_at = '-infinity' where d.id = any(${ids}::bigint[]) and ${OPEN} and d.next_attempt_at <= ${now}
          and queued_at > '-infinity'`.execute(trx);
    return taken;
  });
}

/** Locking the endpoints first lets two takers count what is under way one after the other. */
async function lockFreeEndpoints(trx: Database, { now, ids, endpointIds }: TakeOptions): Promise<LedgerId[]> {
  const ofThese =
    ids === undefined
      ? sql`true`
      : sql`e.id in (select d.endpoint_id from deliveries d where d.id = any(${ids}::bigint[]))`;
  const free = await sql<{ id: LedgerId }>`
    select e.id from endpoints e
    where e.enabled and (e.hold_until is null or e.hold_until <= ${now}) and ${ofThese}
      and (${endpointIds ?? null}::bigint[] is null or e.id = any(${endpointIds ?? null}::bigint[]))
      and exists (select from deliveries d where d.endpoint_id = e.id and ${OPEN} and d.next_attempt_at <= ${now})
    order by e.id
    for no key update`.execute(trx);
  return free.rows.map(({ id }) => id);
}

async function takeOf(
  trx: Database,
  endpoints: readonly LedgerId[],
  { now, leaseMs, limit, ids }: TakeOptions,
): Promise<TakenDelivery[]> {
  const taken = await sql<TakenDelivery>`
    with due as materialized (
      ${ids === undefined ? dueAtEndpoints(endpoints, now, limit) : dueAmong(ids, endpoints, now, limit)}
    ), taken as (
      update deliveries d set state = 'delivering', next_attempt_at = ${new Date(now.getTime() + leaseMs)}, taken_at = ${now}
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
  // A row that cannot be read must not keep those of other endpoints from being sent.
  return taken.rows.map((row) => ({ ...row, headers: endpointHeadersSchema.safeParse(row.headers).data ?? {} }));
}

/** The first due ones of each endpoint. */
function dueAtEndpoints(endpoints: readonly LedgerId[], now: Date, limit: number): RawBuilder<unknown> {
  return sql`
    select d.id from endpoints e
    cross join lateral (${roomOf(now, limit)}) room
    cross join lateral (
      select d.id, d.next_attempt_at from deliveries d
      where d.endpoint_id = e.id and ${OPEN} and d.next_attempt_at <= ${now}
      order by d.next_attempt_at, d.id
      limit room.free
      for no key update skip locked
    ) d
    where e.id = any(${endpoints}::bigint[])
    order by d.next_attempt_at, d.id
    limit ${limit}`;
}

/** Those of `ids` that are due and have room: looked up one by one, for their endpoints may have very many more. */
function dueAmong(
  ids: readonly LedgerId[],
  endpoints: readonly LedgerId[],
  now: Date,
  limit: number,
): RawBuilder<unknown> {
  return sql`
    select d.id from (
      select c.id, c.endpoint_id, row_number() over (partition by c.endpoint_id order by c.next_attempt_at, c.id) as place
      from (
        select d.id, d.endpoint_id, d.next_attempt_at from deliveries d
        where d.id = any(${ids}::bigint[]) and ${OPEN} and d.next_attempt_at <= ${now}
      ) c
    ) c
    join (
      select e.id, room.free from endpoints e cross join lateral (${roomOf(now, limit)}) room where e.id = any(${endpoints}::bigint[])
    ) r on r.id = c.endpoint_id and c.place <= r.free
    join deliveries d on d.id = c.id
    where ${OPEN} and d.next_attempt_at <= ${now}
    order by d.next_attempt_at, d.id
    limit ${limit}
    for no key update of d skip locked`;
}

/**
 * How many more deliveries the endpoint `e` may have under way, by its concurrency and its rate. A rate that is no whole
 * number is rounded up and held over a longer time: 0.1 is one in ten seconds, 1.5 two in 1.33.
 */
function roomOf(now: Date, most: number): RawBuilder<unknown> {
  return sql`
    select greatest(0, least(${most}::bigint,
      e.concurrency - (select count(*) from deliveries u where u.endpoint_id = e.id and u.state = 'delivering' and u.next_attempt_at > ${now}),
      case when e.rate_per_second is not null then ceil(e.rate_per_second)::bigint - (
        select count(*) from deliveries u where u.endpoint_id = e.id
          and u.taken_at > ${now}::timestamptz - make_interval(secs => ceil(e.rate_per_second) / e.rate_per_second)) end)) as free`;
}

/**
 * Ids of deliveries that are due and have no job: never queued since they became due, left by a take, or queued longer
 * than `graceMs` ago. Of each endpoint no more than it has room for, and none while it is held back, so that a dead one
 * with a long list keeps nobody waiting. Each found one counts as queued at `now`.
 */
export async function findDueDeliveries(
  db: Database,
  { now, graceMs, limit, perEndpoint = 100 }: { now: Date; graceMs: number; limit: number; perEndpoint?: number },
): Promise<{ id: LedgerId; endpointId: LedgerId }[]> {
  const before = new Date(now.getTime() - graceMs);
  const due = await sql<{ id: LedgerId; endpointId: LedgerId }>`
    with due as materialized (
      select d.id from endpoints e
      cross join lateral (${roomOf(now, perEndpoint)}) room
      cross join lateral (
        select d.id, d.next_attempt_at from deliveries d
        where d.endpoint_id = e.id and ${OPEN} and d.next_attempt_at <= ${now}
          and (d.queued_at < d.next_attempt_at or d.queued_at <= ${before})
        order by d.next_attempt_at, d.id limit room.free
        for no key update skip locked
      ) d
      where e.enabled and (e.hold_until is null or e.hold_until <= ${now})
      order by d.next_attempt_at, d.id limit ${limit}
    )
    update deliveries d set queued_at = ${now} from due where d.id = due.id
    returning d.id, d.endpoint_id as "endpointId"`.execute(db);
  return due.rows.sort((a, b) => Number(a.id) - Number(b.id));
}

/** Goes on holding deliveries whose attempts are not at their end. */
export async function renewDeliveries(
  db: Database,
  { ids, now, leaseMs }: { ids: readonly LedgerId[]; now: Date; leaseMs: number },
): Promise<void> {
  await sql`
    update deliveries set next_attempt_at = ${new Date(now.getTime() + leaseMs)}
    where id = any(${ids}::bigint[]) and state = 'delivering'`.execute(db);
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
