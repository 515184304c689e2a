import { courseOf, endReason } from "../domain/alert/attempt-course.ts";
import { createAttemptRecorder } from "../ledger/attempt-recorder.ts";
import type { AttemptRecord } from "../ledger/delivery-attempts.ts";
import {
  releaseDeliveries,
  renewDeliveries,
  type TakenDelivery,
  type TakeOptions,
  takeDeliveries,
} from "../ledger/delivery-takes.ts";
import { disableAndTell } from "../ledger/operational-alerts.ts";
import type { Database } from "../ledger/schema.ts";
import { unsealHeaders } from "../ledger/sealed-headers.ts";
import { type SealingKey, unseal } from "../ledger/sealed-secret.ts";
import { signalAfter } from "../net/deadline.ts";
import type { HttpClient } from "../net/http-client.ts";
import { type AttemptResult, postWebhook } from "../net/post-webhook.ts";
import { signedHeaders } from "../net/signed-headers.ts";
import { gather } from "../queues/gather.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { openUnderWay } from "../queues/under-way.ts";

export interface DelivererOptions {
  readonly db: Database;
  readonly client: HttpClient;
  readonly key: SealingKey;
  readonly now: () => Date;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly enqueue: (payload: Payload<"deliver">) => Promise<void>;
  readonly onAttempt: (attempt: AttemptOutcome) => void;
  /** An endpoint was disabled by what it answered; told once. */
  readonly onDisabled: (endpoint: string, reason: string) => void;
  readonly onError: (error: unknown) => void;
  /** Bounds one exchange. Default 15 s. */
  readonly timeoutMs?: number;
  /** How long a delivery stays with a worker that died over it. Default 10 s. */
  readonly leaseMs?: number;
  /** How long answers are waited for once `signal` fires. Default 2 s. */
  readonly graceMs?: number;
}

/** One attempt, for the log and the metrics. */
export interface AttemptOutcome {
  readonly delivery: string;
  readonly endpoint: string;
  readonly alert: string | null;
  readonly outcome: AttemptRecord["outcome"];
  /** Nothing was tried for this delivery before. */
  readonly first: boolean;
  readonly status: number | null;
  readonly durationMs: number;
  /** From the alert's commit to the begin of this attempt. */
  readonly begunAfterMs: number;
  readonly error: string | null;
}

/** Sends what is due. An owned resource: close it, after the signal, to wait for what is under way. */
export interface Deliverer {
  /** Begins those of the deliveries that are due and have room; resolves when they are begun, not when they are done. */
  deliver(ids: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Shorter than an attempt may take, since it is renewed: what a dead worker held soon goes out from another. */
const LEASE_MS = 10_000;
/** Most endpoints answer within it, so that a stop seldom makes them see an alert twice. */
const GRACE_MS = 2_000;
/** Attempts of this process under way. Those of a hanging endpoint are bounded by its own concurrency. */
const MOST_UNDER_WAY = 1000;

/**
 * Takes due deliveries and sends them: sign → post → record. An attempt that hangs holds up neither a job nor another
 * endpoint; an endpoint with more in store gets the next as soon as one is done.
 */
export function createDeliverer(options: DelivererOptions): Deliverer {
  const { db, now, signal, onError, leaseMs = LEASE_MS } = options;
  const cut = signalAfter(signal, options.graceMs ?? GRACE_MS);
  const recorder = createAttemptRecorder(db, onError);
  const renew = (ids: readonly string[]) => renewDeliveries(db, { ids, now: now(), leaseMs });
  const underWay = openUnderWay({ leaseMs, renew, onError });
  const { take, idle } = takesInTurn({ db, now, signal, leaseMs });
  const pulls = openPulls({
    mayPull: () => underWay.size() < MOST_UNDER_WAY && !signal.aborted,
    pull: async (endpointIds) => begin(await take({ endpointIds, limit: MOST_UNDER_WAY - underWay.size() })),
    onError,
  });
  function begin(taken: readonly TakenDelivery[]): void {
    for (const delivery of taken) {
      const attempt = attemptOne(delivery, { ...options, recorder, cut }).catch(onError);
      underWay.add(delivery.id, attempt, () => pulls.freed(delivery.endpointId));
    }
  }
  // Jobs that come while a take is at work share the next one.
  const takeAsked = gather<string>(
    async (asked) => {
      const ids = [...new Set(asked)];
      begin(await take({ ids, limit: ids.length }));
    },
    { parallel: 1, most: MOST_UNDER_WAY },
  );
  return {
    deliver: async (ids) => {
      while (underWay.size() >= MOST_UNDER_WAY && !signal.aborted) await underWay.oneDone();
      await takeAsked(ids);
    },
    close: async () => {
      // What is being taken begins, and gives back what it took.
      await idle();
      while (underWay.size() > 0 || pulls.atWork() !== null) await Promise.all([underWay.allDone(), pulls.atWork()]);
      underWay.close();
    },
  };
}

type Wanted = Omit<TakeOptions, "now" | "leaseMs">;

/** One take at a time: two would wait for each other's endpoints. None any more once the service stops. */
function takesInTurn({
  db,
  now,
  signal,
  leaseMs,
}: Pick<DelivererOptions, "db" | "now" | "signal"> & { leaseMs: number }) {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (wanted: Wanted): Promise<TakenDelivery[]> => {
      const taking = last.then(() => (signal.aborted ? [] : takeDeliveries(db, { ...wanted, now: now(), leaseMs })));
      last = taking.catch(() => {});
      return taking;
    },
    idle: () => last,
  };
}

interface PullOptions {
  readonly mayPull: () => boolean;
  /** Takes what these endpoints have in store. */
  readonly pull: (endpointIds: readonly string[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Endpoints that may have more in store are asked for it, all that were freed meanwhile together. */
function openPulls({ mayPull, pull, onError }: PullOptions) {
  const freed = new Set<string>();
  let pulling: Promise<void> | null = null;
  const pullAll = async (): Promise<void> => {
    while (freed.size > 0 && mayPull()) {
      const endpointIds = [...freed];
      freed.clear();
      await pull(endpointIds);
    }
  };
  const start = (): void => {
    if (pulling !== null || freed.size === 0 || !mayPull()) return;
    pulling = pullAll()
      .catch(onError)
      .finally(() => {
        pulling = null;
        start();
      });
  };
  return {
    freed: (endpointId: string): void => {
      freed.add(endpointId);
      start();
    },
    atWork: () => pulling,
  };
}

interface AttemptOptions extends Omit<DelivererOptions, "signal"> {
  readonly recorder: ReturnType<typeof createAttemptRecorder>;
  /** Ends the exchange, because the service stops. */
  readonly cut: AbortSignal;
}

async function attemptOne(delivery: TakenDelivery, options: AttemptOptions): Promise<void> {
  const { db, now, cut, recorder } = options;
  const startedAt = now();
  const { result, headers } = await send(delivery, startedAt, options);
  // A stop is no attempt: the delivery is sent by the next start, under the same id.
  if (cut.aborted && result.outcome === "failed") return releaseDeliveries(db, { ids: [delivery.id], now: now() });
  const record = recordOf(delivery, result, { startedAt, headers, now: now(), random: options.random() });
  const recorded = await recorder.record(record);
  options.onAttempt({
    delivery: delivery.id,
    endpoint: delivery.endpointId,
    alert: delivery.alertId,
    outcome: record.outcome,
    first: delivery.attempts === 0,
    status: record.status,
    durationMs: record.durationMs,
    begunAfterMs: startedAt.getTime() - delivery.createdAt.getTime(),
    error: record.error,
  });
  const reason = endReason(answerOf(result), failingFor(recorded?.failingSince ?? null, now()));
  if (reason === null) return;
  const told = await disableAndTell(db, { id: delivery.endpointId, reason, now: now() });
  if (told === null) return;
  options.onDisabled(delivery.endpointId, reason);
  for (const deliveries of batchesOf(told.deliveries)) await options.enqueue({ deliveries });
}

/** What cannot be prepared (a secret of another key, say) is a failed attempt, so that it shows and others go on. */
async function send(
  delivery: TakenDelivery,
  at: Date,
  { client, key, cut, timeoutMs }: AttemptOptions,
): Promise<{ result: AttemptResult; headers: Record<string, string> }> {
  let prepared: { headers: Record<string, string>; body: string };
  try {
    const body = JSON.stringify(delivery.body);
    const secrets = [delivery.secretSealed, delivery.previousSecretSealed].filter((sealed) => sealed !== null);
    const message = { id: delivery.webhookId, at, body, secrets: secrets.map((sealed) => unseal(sealed, key)) };
    prepared = { headers: { ...unsealHeaders(delivery.headers, key), ...signedHeaders(message) }, body };
  } catch (error) {
    const reason = `the request could not be prepared: ${error instanceof Error ? error.message : String(error)}`;
    const result = { outcome: "failed", class: "hard", code: "refused", reason, durationMs: 0 } as const;
    return { result: { ...result, responseBody: "", responseHeaders: null }, headers: {} };
  }
  const bounds = { signal: cut, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  return {
    result: await postWebhook(client, { url: delivery.url, ...prepared, ...bounds }),
    headers: prepared.headers,
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
  const course = courseOf(answerOf(result), {
    tries: delivery.tries,
    failingForMs: failingFor(delivery.endpointFailingSince, now),
    random,
  });
  const after = (ms: number | null) => (ms === null ? undefined : new Date(now.getTime() + ms));
  return {
    deliveryId: delivery.id,
    startedAt,
    durationMs: result.durationMs,
    status: result.status ?? null,
    error: result.outcome === "delivered" ? null : result.reason,
    requestHeaders: withoutSecrets(headers, Object.keys(delivery.headers)),
    responseHeaders: result.responseHeaders && withoutSecrets(result.responseHeaders, ["set-cookie"]),
    responseBody: result.responseBody,
    outcome: course.outcome,
    nextAttemptAt: after(course.nextAttemptInMs),
    holdEndpointUntil: after(course.holdMs),
  };
}

function answerOf(result: AttemptResult) {
  return {
    delivered: result.outcome === "delivered",
    status: result.status ?? null,
    retryAfterMs: result.outcome === "failed" ? result.retryAfterMs : undefined,
    asksToStop: result.responseHeaders?.["webhook-delivery"]?.trim().toLowerCase() === "disable",
  };
}

/** Headers as the delivery log shows them: signatures, and what the subscriber had sent along, by name alone. */
function withoutSecrets(headers: Readonly<Record<string, string>>, hidden: readonly string[]): Record<string, string> {
  const names = new Set([...hidden.map((name) => name.toLowerCase()), "webhook-signature"]);
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, names.has(name.toLowerCase()) ? "[hidden]" : value]),
  );
}

function failingFor(since: Date | null, now: Date): number {
  return since === null ? 0 : now.getTime() - since.getTime();
}
