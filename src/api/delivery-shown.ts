import { z } from "zod";
import { DELIVERY_STATES } from "../domain/delivery-state.ts";
import type { AttemptRow, DeliveryRow } from "../ledger/deliveries.ts";
import { alertBodySchema } from "./alert-body-schema.ts";
import { codedOf, codedShown } from "./coded-reason.ts";
import { shownTime } from "./paging.ts";

/** One alert to one endpoint. */
export const deliveryShown = z.object({
  id: z.string(),
  webhookId: z.string(),
  endpoint: z.string(),
  alert: z.string().nullable().meta({ description: "null: a test ping." }),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number(),
  lastStatus: z.number().nullable(),
  lastError: z.string().nullable(),
  lastErrorCoded: codedShown,
  nextAttemptAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  createdAt: z.string(),
});

export function showDelivery(row: DeliveryRow): z.output<typeof deliveryShown> {
  return {
    id: row.id,
    webhookId: row.webhook_id,
    endpoint: row.endpoint_id,
    alert: row.alert_id,
    state: row.state,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastError: row.last_error,
    lastErrorCoded: codedOf(row.last_error),
    nextAttemptAt: row.state === "pending" || row.state === "failed" ? shownTime(row.next_attempt_at) : null,
    deliveredAt: shownTime(row.delivered_at),
    createdAt: row.created_at.toISOString(),
  };
}

const claimTold = alertBodySchema.shape.data
  .pick({
    story: true,
    event: true,
    topic: true,
    measure: true,
    party: true,
    civilian: true,
    before: true,
    after: true,
  })
  .strip();

/** What an alert tells, as far as a list names it: its body without evidence and reasons. */
const alertTold = z.object({
  type: z.string(),
  data: z.union([claimTold, z.object({ subject: z.string().optional(), source: z.string().optional() })]),
});

export const listedDelivery = deliveryShown.extend({
  tells: alertTold
    .nullable()
    .meta({ description: "What the alert tells, as its body has it, without evidence; null: a test ping." }),
});

/** @param body the alert's, null of a ping. One of another version of Rasid is told by its type. */
export function showListedDelivery(row: DeliveryRow, body: unknown): z.output<typeof listedDelivery> {
  return { ...showDelivery(row), tells: body === null ? null : alertTold.catch(toldByType(body)).parse(body) };
}

function toldByType(body: unknown): z.output<typeof alertTold> {
  const { type } = z
    .looseObject({ type: z.string().catch("") })
    .catch({ type: "" })
    .parse(body);
  return { type, data: {} };
}

const headers = z.record(z.string(), z.string());

/** One HTTP try. */
export const attemptShown = z.object({
  number: z.number(),
  startedAt: z.string(),
  durationMs: z.number(),
  status: z.number().nullable(),
  error: z.string().nullable(),
  errorCoded: codedShown,
  requestHeaders: headers.nullable().meta({ description: "Signatures and your own headers by name alone." }),
  responseHeaders: headers.nullable(),
  responseBody: z.string().nullable().meta({ description: "The first 16 KB." }),
});

export function showAttempt(row: AttemptRow): z.output<typeof attemptShown> {
  return {
    number: row.number,
    startedAt: row.started_at.toISOString(),
    durationMs: row.duration_ms,
    status: row.status,
    error: row.error,
    errorCoded: codedOf(row.error),
    requestHeaders: headers.nullable().catch(null).parse(row.request_headers),
    responseHeaders: headers.nullable().catch(null).parse(row.response_headers),
    responseBody: row.response_body,
  };
}
