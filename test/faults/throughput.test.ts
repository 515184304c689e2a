import { fork } from "node:child_process";
import { setMaxListeners } from "node:events";
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
import { onEachBackend } from "./backends.ts";
import { report, scale } from "./fault-report.ts";
import { startRedis } from "./redis-server.ts";

const key = sealingKeyOf(Buffer.alloc(32, 3).toString("base64"));
const ENDPOINTS = 100;
const HANGING = 5;

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

onEachBackend((kind) => {
  test("alerts to 100 endpoints, of which 5 hang, are all delivered in time", async () => {
    const alerts = Math.round(1000 * scale());
    const ledger = await freshLedger({ maxConnections: 10 });
    const sink = await startSink();
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const client = createHttpClient({ allowAddresses: ["127.0.0.1/32"] });
    const redis = kind === "redis" ? await startRedis() : null;
    const backend = await openQueueBackend({
      redisUrl: redis?.url ?? null,
      databaseUrl: ledger.connectionString,
      onError: () => {},
    });
    const { db } = ledger;
    for (let place = 0; place < ENDPOINTS; place += 1)
      await createEndpoint(db, {
        settings: { url: `${sink.url}/${place < HANGING ? "hang" : "well"}/${place}` },
        secret: { sealed: seal(`whsec_${Buffer.alloc(32, place).toString("base64")}`, key), keyId: key.id },
        now: new Date(),
      });
    const errors: unknown[] = [];
    const deliverer = createDeliverer({
      db,
      client,
      key,
      now: () => new Date(),
      random: Math.random,
      signal: stop.signal,
      enqueue: (payload) => backend.queues.deliver.add(payload),
      onAttempt: () => {},
      onDisabled: () => {},
      onError: (error) => errors.push(error),
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
      onError: (error) => errors.push(error),
    });
    const wanted = alerts * (ENDPOINTS - HANGING);
    const begun = Date.now();
    try {
      for (let at = 0; at < alerts; at += 50) {
        const some = Array.from({ length: Math.min(50, alerts - at) }, (_, place) => alert(`alt_${at + place}`));
        const owed = await db.transaction().execute(async (trx) => {
          const entered = await insertAlerts(trx, { alerts: some, now: new Date() });
          return createDeliveries(trx, {
            alerts: entered,
            wants: (endpoint, one) => fitsFilters(one, endpoint.filters),
            now: new Date(),
          });
        });
        await backend.queues.deliver.addAll(batchesOf(owed.map(({ id }) => id)).map((deliveries) => ({ deliveries })));
      }
      const entered = Date.now() - begun;
      let distinct = 0;
      while (distinct < wanted && Date.now() - begun < 240_000) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        ({ distinct } = await sink.counts());
      }
      const seconds = (Date.now() - begun) / 1000;
      const { received } = await sink.counts();
      report("throughput", {
        backend: kind,
        alerts,
        endpoints: ENDPOINTS,
        hanging: HANGING,
        enteredMs: entered,
        delivered: distinct,
        sentTwice: received - distinct,
        seconds,
        perSecond: Math.round(distinct / seconds),
      });
      expect(distinct).toBe(wanted);
      expect(errors).toEqual([]);
      expect(seconds).toBeLessThan(60);
    } finally {
      await reconcile.stop();
      stop.abort();
      await backend.close(1000);
      await deliverer.close();
      await client.close();
      sink.stop();
      await ledger.close();
      await redis?.stop();
    }
  }, 300_000);
});
