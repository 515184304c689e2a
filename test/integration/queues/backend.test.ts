import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { openQueueBackend, type QueueBackend } from "../../../src/queues/backend.ts";
import { QueuesRefusal } from "../../../src/queues/queues-refusal.ts";
import { hasRedis, startRedis } from "../../faults/redis-server.ts";
import { startSwitchingProxy } from "../../faults/switching-proxy.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests();

const open = (redisUrl: string | null): Promise<QueueBackend> =>
  openQueueBackend({ redisUrl, databaseUrl: ledger.connectionString, onError: () => {} });

/** Puts a job in hand that ends only when it is told to. */
async function withJobInHand(backend: QueueBackend): Promise<{ end: () => void }> {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    backend.work("match", async () => {
      resolve();
      await ended;
    });
  });
  await backend.queues.match.add({ revisions: ["1"] });
  await begun;
  return { end };
}

/** Milliseconds that closing takes, with so long for the jobs in hand. */
async function timeToClose(backend: QueueBackend, graceMs: number): Promise<number> {
  const began = performance.now();
  await backend.close(graceMs);
  return performance.now() - began;
}

test("closing does not wait longer than its time for a job in hand", async () => {
  const backend = await open(null);
  const job = await withJobInHand(backend);
  expect(await timeToClose(backend, 200)).toBeLessThan(5_000);
  job.end();
});

test("a job that ends in time is waited for", async () => {
  const backend = await open(null);
  const job = await withJobInHand(backend);
  setTimeout(job.end, 300);
  const took = await timeToClose(backend, 10_000);
  expect(took).toBeGreaterThan(250);
  expect(took).toBeLessThan(5_000);
});

/** What is told of workers whose server goes some milliseconds after they began to connect. */
async function startCutAfter(ms: number): Promise<unknown> {
  const url = new URL(ledger.connectionString);
  const proxy = await startSwitchingProxy(Number(url.port));
  url.host = `127.0.0.1:${proxy.port}`;
  const backend = await openQueueBackend({ redisUrl: null, databaseUrl: url.href, onError: () => {} });
  try {
    for (const stage of ["deduplicate", "classify", "match"] as const) backend.work(stage, async () => {});
    const told = backend.ready().then(
      () => "ready",
      (error: unknown) => error,
    );
    await pause(ms);
    proxy.switchTo(null);
    return await told;
  } finally {
    await backend.close(0);
    await proxy.close();
  }
}

test("workers whose server goes while they connect are refused, and the process goes on", async () => {
  const told = [];
  for (const ms of [0, 1, 3, 6, 10, 15]) told.push(await startCutAfter(ms));
  expect(told[0]).toBeInstanceOf(QueuesRefusal);
  for (const one of told.filter((one) => one !== "ready")) expect(one).toBeInstanceOf(QueuesRefusal);
});

test("a job that fails is told of, one that carries what is no payload too", async () => {
  const failed: unknown[] = [];
  const backend = await openQueueBackend({
    redisUrl: null,
    databaseUrl: ledger.connectionString,
    onError: () => {},
    onJobFailed: (error, stage) => void failed.push([stage, (error as Error).message]),
  });
  onTestFinished(() => backend.close(0));
  backend.work("fetch", async () => Promise.reject(new Error("the ledger refused it")));
  backend.work("match", async () => {});
  await backend.queues.fetch.add({ due: 1 });
  await backend.queues.match.queue.add("match", { revisions: ["no id"] }, { attempts: 1 });
  await expect.poll(() => failed.length, { timeout: 20_000 }).toBe(2);
  expect(failed).toContainEqual(["fetch", "the ledger refused it"]);
  expect(failed).toContainEqual(["match", expect.stringContaining("revisions")]);
});

describe.skipIf(!hasRedis())("on Redis", () => {
  test("closing leaves nothing to wait for that would keep the process", async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = timers();
    const backend = await open(redis.url);
    (await withJobInHand(backend)).end();
    await backend.close(1000);
    await expect.poll(timers, { timeout: 1000 }).toBeLessThanOrEqual(before);
  });

  test("closing ends although the server is gone, and leaves no connection that is tried again", async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const backend = await open(redis.url);
    const job = await withJobInHand(backend);
    await redis.kill();
    const adding = expect(backend.queues.classify.add({ revisions: ["1"] })).rejects.toThrow();
    expect(await timeToClose(backend, 200)).toBeLessThan(5_000);
    await adding;
    job.end();
  });
});
