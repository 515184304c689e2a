import { Webhook } from "standardwebhooks";
import { retryDelay } from "../domain/alert/retry-schedule.ts";
import { type AttemptRecord, recordAttempts } from "../ledger/delivery-attempts.ts";
import { type TakenDelivery, takeDeliveries } from "../ledger/delivery-takes.ts";
import { disableEndpoint } from "../ledger/endpoints.ts";
import type { Database } from "../ledger/schema.ts";
import { type SealingKey, unseal } from "../ledger/sealed-secret.ts";
import type { HttpClient } from "../net/http-client.ts";
import { type AttemptResult, postWebhook } from "../net/post-webhook.ts";

export interface DeliverOptions {
  readonly db: Database;
  readonly client: HttpClient;
  readonly key: SealingKey;
  readonly now: () => Date;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly onAttempt: (attempt: AttemptOutcome) => void;
  /** An endpoint was disabled by what it answered; told once. */
  readonly onDisabled: (endpointId: string, reason: string) => Promise<void>;
}

/** One attempt, for the log and the metrics. */
export interface AttemptOutcome {
  readonly delivery: string;
  readonly endpoint: string;
  readonly alert: string | null;
  readonly outcome: AttemptRecord["outcome"];
  readonly status: number | null;
  readonly durationMs: number;
  /** From the alert's commit to this attempt's end. */
  readonly sinceOwedMs: number;
}

/** Longer than any attempt may take, so that a delivery is taken twice only when its worker is dead. */
const LEASE_MS = 30_000;
/** Endpoints that fail for so long are disabled. */
const GIVE_UP_AFTER_MS = 5 * 24 * 3600 * 1000;

/** Sends the deliveries that are due among these: sign → post → record. One endpoint's slowness delays no other. */
export async function deliver(ids: readonly string[], options: DeliverOptions): Promise<void> {
  const taken = await takeDeliveries(options.db, { ids, now: options.now(), leaseMs: LEASE_MS, limit: ids.length });
  await Promise.all(taken.map((delivery) => attemptOne(delivery, options)));
}

async function attemptOne(delivery: TakenDelivery, options: DeliverOptions): Promise<void> {
  const startedAt = options.now();
  const body = JSON.stringify(delivery.body);
  const headers = signedHeaders(delivery, body, startedAt, options.key);
  const result = await postWebhook(options.client, { url: delivery.url, headers, body, signal: options.signal });
  // A stop is no attempt: the lease ends and the delivery is sent by the next start.
  if (options.signal.aborted && result.outcome === "failed") return;
  const record = recordOf(delivery, result, { startedAt, headers, now: options.now(), random: options.random() });
  const [recorded] = await recordAttempts(options.db, [record]);
  options.onAttempt({
    delivery: delivery.id,
    endpoint: delivery.endpointId,
    alert: delivery.alertId,
    outcome: record.outcome,
    status: record.status,
    durationMs: record.durationMs,
    sinceOwedMs: options.now().getTime() - delivery.createdAt.getTime(),
  });
  const reason = endReason(result, recorded?.failingSince ?? null, options.now());
  if (reason === null) return;
  const disabled = await disableEndpoint(options.db, { id: delivery.endpointId, reason, now: options.now() });
  if (disabled) await options.onDisabled(delivery.endpointId, reason);
}

/** Signature headers of Standard Webhooks; while a secret is rotated both sign, so that receivers can change over. */
function signedHeaders(delivery: TakenDelivery, body: string, at: Date, key: SealingKey): Record<string, string> {
  const secrets = [delivery.secretSealed, delivery.previousSecretSealed].filter((sealed) => sealed !== null);
  const signatures = secrets.map((sealed) => new Webhook(unseal(sealed, key)).sign(delivery.webhookId, at, body));
  return {
    ...delivery.headers,
    "webhook-id": delivery.webhookId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

interface RecordOptions {
  readonly startedAt: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly random: number;
}

function recordOf(
  delivery: TakenDelivery,
  result: AttemptResult,
  { startedAt, headers, now, random }: RecordOptions,
): AttemptRecord {
  const { "webhook-signature": _signature, ...shown } = headers;
  const attempt = {
    deliveryId: delivery.id,
    startedAt,
    durationMs: result.durationMs,
    status: result.status ?? null,
    requestHeaders: shown,
    responseHeaders: null,
    responseBody: result.responseBody,
  };
  if (result.outcome === "delivered") return { ...attempt, error: null, outcome: "delivered" };
  const delay = retryDelay(delivery.tries + 1, random, result.retryAfterMs);
  const failed = { ...attempt, error: result.reason };
  if (delay === null) return { ...failed, outcome: "dead" };
  return { ...failed, outcome: "failed", nextAttemptAt: new Date(now.getTime() + delay) };
}

/** Why nothing more should be sent to the endpoint; null when there is no reason. */
function endReason(result: AttemptResult, failingSince: Date | null, now: Date): string | null {
  if (result.outcome === "delivered") return null;
  if (result.status === 410) return "the endpoint answered 410 Gone";
  if (failingSince !== null && now.getTime() - failingSince.getTime() >= GIVE_UP_AFTER_MS)
    return "every attempt failed for 5 days";
  return null;
}
