/**
 * Runs the daemon at a steady load and watches what must not grow: memory, the work owed, jobs in the queues, connections
 * to PostgreSQL, and open files of every process.
 *
 *   npm run soak                        30 minutes, at half the measured bulk rate of the embedded backend
 *   npm run soak -- --minutes 5 --rate 200
 *   npm run soak -- --redis             the queues on a Redis of its own
 *
 * Ends with a JSON object; exit code 1 when something grew.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startRedis } from "../../test/faults/redis-server.ts";
import { FEEDS } from "./backend.ts";
import { ITEMS_A_FEED } from "./load.ts";
import { handlesOf, rssMb, withChildren } from "./processes.ts";
import { readResults } from "./report.ts";
import { type Service, startService } from "./service.ts";
import { quantile, rounded } from "./statistics.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    rate: { type: "string" },
    redis: { type: "boolean", default: false },
  },
});
const SAMPLE_MS = 5_000;
const UNMEASURED_RATE = 300;
const minutes = Number(values.minutes);
const rate = values.rate === undefined ? halfRate() : Number(values.rate);

function halfRate(): number {
  const rounds = readResults()?.parts.embedded?.rounds;
  return rounds === undefined
    ? UNMEASURED_RATE
    : quantile(
        rounds.map(({ itemsPerSecond }) => itemsPerSecond),
        0.5,
      ) / 2;
}

/** What is watched, by name; null where the system does not tell. */
type Sample = Readonly<Record<string, number | null>>;

async function sample(service: Service, redisPid: number | null): Promise<Sample> {
  const daemon = service.daemon().pid;
  const postgres = withChildren(service.postgresPid());
  const sum = (pids: readonly number[], read: (pid: number) => number | null) =>
    pids.reduce((total, pid) => total + (read(pid) ?? 0), 0);
  return {
    daemonMb: rssMb(daemon),
    daemonFiles: handlesOf(daemon),
    postgresProcesses: postgres.length,
    postgresFiles: sum(postgres, handlesOf),
    ...(redisPid === null ? {} : { redisMb: rssMb(redisPid), redisFiles: handlesOf(redisPid) }),
    owed: await service.owed(),
  };
}

/**
 * Growth: the median of the last fifth against that of the second fifth (the first one fills what is kept in memory).
 * Above a quarter, and above what a count may wander, it grew.
 */
function growthOf(samples: readonly Sample[]): Record<string, { from: number; to: number; grew: boolean }> {
  const fifth = Math.floor(samples.length / 5);
  const median = (part: readonly Sample[], name: string) =>
    quantile(
      part.flatMap((one) => one[name] ?? []),
      0.5,
    );
  return Object.fromEntries(
    Object.keys(samples[0] ?? {}).map((name) => {
      const from = median(samples.slice(fifth, 2 * fifth), name);
      const to = median(samples.slice(-fifth), name);
      const wander = name === "owed" ? rate * 10 : 20;
      return [name, { from: rounded(from, 1), to: rounded(to, 1), grew: to > from * 1.25 && to - from > wander }];
    }),
  );
}

const redis = values.redis ? await startRedis() : null;
const service = await startService({ feeds: FEEDS, redisUrl: redis?.url ?? null });
const samples: Sample[] = [];
try {
  const roundMs = ((FEEDS * ITEMS_A_FEED) / rate) * 1000;
  const end = Date.now() + minutes * 60_000;
  let nextRound = 0;
  let round = 0;
  let nextFeed = FEEDS;
  while (Date.now() < end) {
    if (Date.now() >= nextRound) {
      nextRound = Date.now() + roundMs;
      await service.sink.ask({ do: "publish", round });
      round += 1;
      nextFeed = 0;
    }
    const began = Date.now();
    // The feeds of a round fall due one after the other, so that the load is even.
    const dueBy = Math.ceil(((SAMPLE_MS + began - (nextRound - roundMs)) / roundMs) * FEEDS);
    await service.fetchFeeds(nextFeed, Math.min(FEEDS, dueBy));
    nextFeed = Math.min(FEEDS, Math.max(nextFeed, dueBy));
    samples.push(await sample(service, redis?.pid() ?? null));
    console.error(JSON.stringify(samples.at(-1)));
    await pause(Math.max(0, SAMPLE_MS - (Date.now() - began)));
  }
} finally {
  await service.close();
  await redis?.stop();
}
const growth = growthOf(samples);
console.log(JSON.stringify({ minutes, itemsPerSecond: rounded(rate), samples: samples.length, growth }));
process.exit(Object.values(growth).some(({ grew }) => grew) ? 1 : 0);
