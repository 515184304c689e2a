import { fork } from "node:child_process";
import { setMaxListeners } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fitsFilters } from "../../src/domain/alert/subscription.ts";
import { insertAlerts } from "../../src/ledger/alerts.ts";
import { createDeliveries } from "../../src/ledger/deliveries.ts";
import { findDueDeliveries } from "../../src/ledger/delivery-takes.ts";
import { createEndpoint } from "../../src/ledger/endpoints.ts";
import { seal, sealingKeyOf } from "../../src/ledger/sealed-secret.ts";
import { createHttpClient } from "../../src/net/http-client.ts";
import { openQueueBackend } from "../../src/queues/backend.ts";
import { batchesOf } from "../../src/queues/pipeline.ts";
import { startReconcile } from "../../src/queues/reconcile.ts";
import { createDeliverer } from "../../src/workers/deliver.ts";
import { freshLedger } from "../integration/fresh-ledger.ts";
import { alert } from "../integration/ledger/sample-claims.ts";
import { type Backend, onEachBackend } from "./backends.ts";
import { report, scaled } from "./fault-report.ts";
import { startRedis } from "./redis-server.ts";

const key = sealingKeyOf(Buffer.alloc(32, 3).toString("base64"));
const ENDPOINTS = 100;

/** Endpoints in a process of their own, so that they do not share the deliverer's event loop. */
async function startSink(): Promise<{
  url: string;
  counts: () => Promise<{ received: number; distinct: number }>;
  stop: () => void;
}> {
  const child = fork(fileURLToPath(new URL("sink.mjs", import.meta.url)));
  const port = await new Promise<number>((resolve) => child.once("message", (message) => resolve(message as number)));
  return {
    url: `http://127.0.0.1:${port}`,
    counts: () =>
      new Promise((resolve) => {
        child.once("message", (message) => resolve(message as { received: number; distinct: number }));
        child.send("counts");
      }),
    stop: () => child.kill("SIGKILL"),
  };
}

/** An endpoint's deliverer behind a queue, with all endpoints known to it. Close it. */
async function startDelivering(kind: Backend, hanging: number) {
  const ledger = await freshLedger({ maxConnections: 10 });
  const sink = await startSink();
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const client = createHttpClient({ allowAddresses: ["127.0.0.1/32"] });
  const redis = kind === "redis" ? await startRedis() : null;
  const errors: unknown[] = [];
  const deliveredAfterMs: number[] = [];
  const onError = (error: unknown) => errors.push(error);
  const databaseUrl = ledger.connectionString;
  const backend = await openQueueBackend({ redisUrl: redis?.url ?? null, databaseUrl, onError: () => {} });
  const { db } = ledger;
  for (let place = 0; place < ENDPOINTS; place += 1)
    await createEndpoint(db, {
      settings: { url: `${sink.url}/${place < hanging ? "hang" : "well"}/${place}` },
      secret: { sealed: seal(`whsec_${Buffer.alloc(32, place).toString("base64")}`, key), keyId: key.id },
      now: new Date(),
    });
  const deliverer = createDeliverer({
    db,
    client,
    key,
    now: () => new Date(),
    random: Math.random,
    signal: stop.signal,
    enqueue: (payload) => backend.queues.deliver.add(payload),
    onAttempt: ({ outcome, begunAfterMs, durationMs }) => {
      if (outcome === "delivered") deliveredAfterMs.push(begunAfterMs + durationMs);
    },
    onDisabled: () => {},
    onError,
  });
  backend.work("deliver", ({ deliveries }) => deliverer.deliver(deliveries));
  const reconcile = startReconcile({
    owed: {
      dueFeeds: async () => 0,
      strayRevisions: async () => [],
      dueDeliveries: async (now) =>
        (await findDueDeliveries(db, { now, graceMs: 10_000, limit: 1000 })).map(({ id }) => id),
    },
    queues: backend.queues,
    now: () => new Date(),
    intervalMs: 500,
    onOutcome: () => {},
    onError,
  });
  return {
    sink,
    errors,
    /** How long after it was owed each delivery was done, ms. */
    deliveredAfterMs,
    raise: async (from: number, to: number): Promise<void> => {
      const alerts = Array.from({ length: to - from }, (_, place) => alert(`alt_${from + place}`));
      const owed = await db.transaction().execute(async (trx) => {
        const entered = await insertAlerts(trx, { alerts, now: new Date() });
        const wants: Parameters<typeof createDeliveries>[1]["wants"] = (endpoint, one) =>
          fitsFilters(one, endpoint.filters);
        return createDeliveries(trx, { alerts: entered, wants, now: new Date() });
      });
      await backend.queues.deliver.addAll(batchesOf(owed.map(({ id }) => id)).map((deliveries) => ({ deliveries })));
    },
    close: async (): Promise<void> => {
      await reconcile.stop();
      stop.abort();
      await backend.close(1000);
      await deliverer.close();
      await client.close();
      sink.stop();
      await ledger.close();
      await redis?.stop();
    },
  };
}

onEachBackend((kind) => {
  test("alerts to 100 endpoints, of which 5 hang, are all delivered in time", async () => {
    const [alerts, hanging] = [scaled(1000, 20), 5];
    const delivering = await startDelivering(kind, hanging);
    const { sink, errors } = delivering;
    const wanted = alerts * (ENDPOINTS - hanging);
    const begun = Date.now();
    try {
      for (let at = 0; at < alerts; at += 50) await delivering.raise(at, Math.min(alerts, at + 50));
      const enteredMs = Date.now() - begun;
      let distinct = 0;
      while (distinct < wanted && Date.now() - begun < 240_000) {
        await pause(500);
        ({ distinct } = await sink.counts());
      }
      const seconds = (Date.now() - begun) / 1000;
      const { received } = await sink.counts();
      const counts = { delivered: distinct, sentTwice: received - distinct, perSecond: Math.round(distinct / seconds) };
      report("throughput", { backend: kind, alerts, endpoints: ENDPOINTS, hanging, enteredMs, seconds, ...counts });
      expect(distinct).toBe(wanted);
      expect(errors).toEqual([]);
      expect(seconds).toBeLessThan(60);
    } finally {
      await delivering.close();
    }
  }, 300_000);

  test("of 100 endpoints 1 hangs: the others have their alerts within 2 s (p95)", async () => {
    const alerts = scaled(300, 30);
    const delivering = await startDelivering(kind, 1);
    const { errors, deliveredAfterMs: waits } = delivering;
    const wanted = alerts * (ENDPOINTS - 1);
    try {
      for (let place = 0; place < alerts; place += 1) {
        await delivering.raise(place, place + 1);
        await pause(100);
      }
      await expect.poll(() => waits.length, { timeout: 60_000 }).toBe(wanted);
      waits.sort((a, b) => a - b);
      const share = (part: number) => waits[Math.floor(waits.length * part)] ?? Number.NaN;
      report("one endpoint hangs: wait of the others, ms", {
        backend: kind,
        alerts,
        endpoints: ENDPOINTS,
        p50: share(0.5),
        p95: share(0.95),
        most: waits.at(-1),
      });
      expect(errors).toEqual([]);
      expect(share(0.95)).toBeLessThan(2_000);
    } finally {
      await delivering.close();
    }
  }, 300_000);
});
