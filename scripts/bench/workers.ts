import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { startRedis } from "../../test/faults/redis-server.ts";
import { ITEMS_A_FEED } from "./load.ts";
import { cpuMs } from "./processes.ts";
import type { WorkersResult } from "./results.ts";
import { OTHER_ROLES, type Service, startService, WORKER_ROLES } from "./service.ts";
import { rounded } from "./statistics.ts";
import { startWorkerProcess } from "./worker-process.ts";

const FEEDS = 30;
/** An article in full, so that reading it is what a worker does. */
const ITEM_BYTES = 24 * 1024;
/** Each look costs the two cores some milliseconds that the workers then lack. */
const LOOK_MS = 300;
const ITEMS = FEEDS * ITEMS_A_FEED;
/** Each worker process is one core of analysis: left alone, V8's helpers let one take 1.4, and two cannot be told from it. */
const IN_THE_LOOP = { RASID_ANALYSIS_THREADS: "0" };

/**
 * Items a second that one and two worker processes (deduplicate, classify, match) take from a full queue, on Redis, beside one
 * process with the other roles.
 */
export async function measureWorkers({
  runs,
  say,
}: {
  runs: number;
  say: (text: string) => void;
}): Promise<WorkersResult> {
  const redis = await startRedis();
  const secret = randomBytes(32).toString("base64");
  const service = await startService({
    feeds: FEEDS,
    redisUrl: redis.url,
    variables: { RASID_ROLES: OTHER_ROLES, RASID_SECRET_KEY: secret },
  });
  const rates: Record<1 | 2, number[]> = { 1: [], 2: [] };
  let cpu: WorkersResult["cpu"] = null;
  try {
    let round = 0;
    // Of each number one run more, which warms up and does not count.
    for (let run = 0; run <= runs; run += 1)
      for (const number of [1, 2] as const) {
        await fill(service, round);
        round += 1;
        const { rate, used } = await drain(service, number, redis.pid() ?? 0);
        say(`${number} worker process${number === 1 ? "" : "es"}: ${rounded(rate)} items/s`);
        if (run > 0) rates[number].push(rate);
        if (run > 0 && number === 1) cpu = used;
      }
    return { one: rates[1], two: rates[2], cpu };
  } finally {
    await service.close();
    await redis.stop();
  }
}

/** Publishes a round and waits until all of it waits for the stage `deduplicate`. */
async function fill(service: Service, round: number): Promise<void> {
  await service.sink.ask({ do: "publish", round, itemBytes: ITEM_BYTES });
  await service.fetchAll();
  while ((await waiting(service)) < ITEMS) await pause(LOOK_MS);
}

async function waiting(service: Service): Promise<number> {
  const { stages } = await service.ask<{ stages: Record<string, number> }>("/api/v1/pipeline");
  return (stages.deduplicate ?? 0) + (stages.classify ?? 0) + (stages.match ?? 0);
}

async function drain(
  service: Service,
  number: number,
  redisPid: number,
): Promise<{ rate: number; used: WorkersResult["cpu"] }> {
  const { environment, dataDir } = service;
  const options = { environment, dataDir, roles: WORKER_ROLES, variables: IN_THE_LOOP };
  const workers = await Promise.all(
    Array.from({ length: number }, (_, core) => startWorkerProcess({ ...options, core })),
  );
  const pids = workers.map(({ pid }) => pid);
  // The clock runs between two fills, so that neither the start of the processes nor the last job counts.
  const share = (left: number) => ITEMS * left;
  while ((await waiting(service)) > share(0.8)) await pause(LOOK_MS);
  const from = { at: performance.now(), left: await waiting(service), ...useOf(service, pids, redisPid) };
  while ((await waiting(service)) > share(0.1)) await pause(LOOK_MS);
  const to = { at: performance.now(), left: await waiting(service), ...useOf(service, pids, redisPid) };
  const items = from.left - to.left;
  while ((await service.owed()) > 0) await pause(LOOK_MS);
  await Promise.all(workers.map((worker) => worker.stop()));
  const each = (part: keyof ReturnType<typeof useOf>) => (to[part] - from[part]) / items;
  return {
    rate: items / ((to.at - from.at) / 1000),
    used: { worker: each("worker"), rest: each("rest"), postgres: each("postgres"), redis: each("redis") },
  };
}

function useOf(service: Service, pids: readonly number[], redisPid: number) {
  return {
    worker: pids.reduce((sum, pid) => sum + (cpuMs(pid, { children: false }) ?? Number.NaN), 0),
    rest: cpuMs(service.daemon().pid, { children: false }) ?? Number.NaN,
    postgres: cpuMs(service.postgresPid(), { children: true }) ?? Number.NaN,
    redis: cpuMs(redisPid, { children: false }) ?? Number.NaN,
  };
}
