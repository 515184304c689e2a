import { createPostgresBackend, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import { preparePostgres } from "../../src/queues/postgres-connection.ts";

const HOPS = 5;
/** More than the pipeline gives most of its stages: the engine is to have its best chance. */
const CONCURRENCY = 16;

/**
 * Items a second that the queue engine alone moves: a no-op job for each item and each of five hops, every job added by
 * the one before. From the first job added to the last one done.
 */
export async function engineRate({
  items,
  redisUrl,
  databaseUrl,
}: {
  items: number;
  redisUrl: string | null;
  databaseUrl: string;
}): Promise<number> {
  const redis = redisUrl === null ? null : new Redis(redisUrl, { maxRetriesPerRequest: null });
  const postgres = await preparePostgres(databaseUrl);
  const names = Array.from({ length: HOPS }, (_, hop) => `hop-${process.pid}-${hop}`);
  const kept = { removeOnComplete: { count: 200 }, removeOnFail: { count: 200 } };
  const queues = names.map((name) =>
    redis === null
      ? (new Queue(name, { connection: postgres, defaultJobOptions: kept }, createPostgresBackend) as unknown as Queue)
      : new Queue(name, { connection: redis, prefix: "bench", defaultJobOptions: kept }),
  );
  await Promise.all(queues.map((queue) => queue.waitUntilReady()));
  let left = items;
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const workers = names.map((name, hop) => {
    const next = queues[hop + 1];
    const process = async (job: { data: unknown }): Promise<void> => {
      if (next !== undefined) return void (await next.add("item", job.data));
      left -= 1;
      if (left === 0) finish();
    };
    const options = { concurrency: CONCURRENCY, drainDelay: 1 };
    return redis === null
      ? (new Worker(name, process, { ...options, connection: postgres }, createPostgresBackend) as unknown as Worker)
      : new Worker(name, process, { ...options, connection: redis, prefix: "bench" });
  });
  for (const queue of queues) queue.on("error", () => {});
  for (const worker of workers) worker.on("error", () => {});
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  const begun = performance.now();
  for (let at = 0; at < items; at += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, items - at) }, (_, place) => queues[0]?.add("item", { item: at + place })),
    );
  await finished;
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(workers.map((worker) => worker.close(true)));
  await Promise.all(queues.map((queue) => queue.obliterate({ force: true }).catch(() => {})));
  await Promise.all(queues.map((queue) => queue.close()));
  redis?.disconnect();
  return items / seconds;
}
