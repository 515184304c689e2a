import { sql } from "kysely";
import type { Database, LedgerId } from "./schema.ts";

/** How an endpoint does: what is owed to it, what was given up, and its last success. */
export interface EndpointHealth {
  readonly endpointId: LedgerId;
  /** Waiting for the first attempt, or under way. */
  readonly waiting: number;
  /** Failed, and to be tried again. */
  readonly retrying: number;
  readonly dead: number;
  readonly lastDeliveredAt: Date | null;
  /** Status and time of the newest attempt. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
}

/** Health of all endpoints. Counts read the small indexes of what is not delivered, the rest a few rows an endpoint. */
export async function listEndpointHealth(db: Database): Promise<EndpointHealth[]> {
  const { rows } = await sql<EndpointHealth>`
    with owed as (
      select endpoint_id, count(*) filter (where state <> 'failed')::int as waiting, count(*) filter (where state = 'failed')::int as retrying
      from deliveries where state in ('pending', 'failed', 'delivering') group by 1
    ), given_up as (
      select endpoint_id, count(*)::int as dead from deliveries where state = 'dead' group by 1
    )
    select e.id as "endpointId", coalesce(o.waiting, 0) as waiting, coalesce(o.retrying, 0) as retrying, coalesce(g.dead, 0) as dead,
      good.delivered_at as "lastDeliveredAt", last.last_status as "lastStatus", last.last_error as "lastError"
    from endpoints e
    left join owed o on o.endpoint_id = e.id
    left join given_up g on g.endpoint_id = e.id
    left join lateral (
      select delivered_at from deliveries d where d.endpoint_id = e.id and d.delivered_at is not null order by d.id desc limit 1
    ) good on true
    left join lateral (
      select last_status, last_error from deliveries d where d.endpoint_id = e.id and d.attempts > 0 order by d.id desc limit 1
    ) last on true
    where e.deleted_at is null`.execute(db);
  return rows;
}
