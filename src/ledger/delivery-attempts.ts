import { sql } from "kysely";
import { toJson } from "./json-text.ts";
import type { Database, DeliveryState, LedgerId } from "./schema.ts";

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
    responseBody: attempt.responseBody === null ? null : firstBytes(attempt.responseBody, BODY_KEPT),
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

/** The begin of a text in so many bytes of UTF-8; a letter that would be cut is left out. */
function firstBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, most), { stream: true });
}
