import type { Context } from "./context.ts";
import type { Payload } from "./queues/pipeline.ts";
import { type Metrics, timed } from "./telemetry/metrics.ts";
import { type AttemptOutcome, createDeliverer } from "./workers/deliver.ts";

/** How deliveries leave this process. An owned resource: close it. */
export interface Delivering {
  /** Enqueues deliveries; what this process can send itself need not wait for the job, which then finds it taken. */
  readonly enqueue: (payloads: readonly Payload<"deliver">[]) => Promise<void>;
  close(): Promise<void>;
}

/** Puts a worker behind the queue of deliveries, where sending is a role of this process; others only enqueue. */
export function startDelivering(
  context: Context,
  { sends, signal }: { sends: boolean; signal: AbortSignal },
): Delivering {
  const { queues, tracing } = context;
  const deliverer = sends ? startDeliverer(context, signal) : null;
  if (deliverer !== null)
    queues.work("deliver", async ({ deliveries }) => {
      tracing.carry("deliver", deliveries);
      await timed(context, "deliver", () => deliverer.deliver(deliveries));
    });
  return {
    enqueue: async (payloads) => {
      for (const { deliveries } of payloads) tracing.carry("deliver", deliveries);
      const begun = payloads.map(({ deliveries }) => deliverer?.deliver(deliveries));
      await Promise.all([queues.queues.deliver.addAll(payloads), Promise.allSettled(begun)]);
    },
    close: async () => deliverer?.close(),
  };
}

function startDeliverer(
  { ledger, client, sealingKey, now, random, queues, metrics, tracing, log }: Context,
  signal: AbortSignal,
) {
  return createDeliverer({
    db: ledger.db,
    client,
    key: sealingKey,
    now,
    random,
    signal,
    enqueue: (payload) => queues.queues.deliver.add(payload),
    onAttempt: (attempt) => {
      measureAttempt(metrics, attempt);
      tracing.attempted(tracedAttempt(attempt, now()));
      log[attempt.outcome === "delivered" ? "info" : "warn"](attempt, "attempt");
    },
    onDisabled: (endpoint, reason) => {
      metrics.alerts.inc({ kind: "endpoint.disabled" });
      log.error({ endpoint, reason }, "endpoint disabled");
    },
    onError: (error) => log.error({ err: error }, "delivering failed"),
  });
}

function measureAttempt(metrics: Metrics, { outcome, durationMs, begunAfterMs, first }: AttemptOutcome): void {
  metrics.attempts.inc({ outcome });
  metrics.attemptSeconds.observe(durationMs / 1000);
  if (first) metrics.alertSeconds.observe(begunAfterMs / 1000);
  if (outcome !== "failed") metrics.deliveriesEnded.inc({ outcome });
}

function tracedAttempt({ delivery, endpoint, alert, outcome, status, durationMs }: AttemptOutcome, endedAt: Date) {
  return {
    delivery,
    endedAt,
    durationMs,
    failed: outcome !== "delivered",
    attributes: {
      "rasid.stage": "deliver",
      "rasid.delivery": delivery,
      "rasid.endpoint": endpoint,
      "rasid.outcome": outcome,
      ...(alert === null ? {} : { "rasid.alert": alert }),
      ...(status === null ? {} : { "rasid.status": status }),
    },
  } as const;
}
