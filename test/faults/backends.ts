import { afterEach, describe } from "vitest";
import { freshDatabase } from "../integration/fresh-ledger.ts";
import { type Fleet, startFleet } from "./fleet.ts";
import { hasRedis, type RedisServer, startRedis } from "./redis-server.ts";
import { startWorld, type World } from "./world.ts";

/** What carries the queues. */
export type Backend = "postgres" | "redis";

/** Tells the tests of each backend; Redis' are skipped where there is no redis-server. */
export function onEachBackend(tell: (backend: Backend) => void): void {
  for (const backend of ["postgres", "redis"] as const)
    describe.skipIf(backend === "redis" && !hasRedis())(`on ${backend}`, () => tell(backend));
}

/** What a test opens is closed after it, the last first. */
function closedAfterEach(): (() => Promise<unknown>)[] {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  return closers;
}

async function openRedis(backend: Backend, closers: (() => Promise<unknown>)[]): Promise<RedisServer | null> {
  if (backend === "postgres") return null;
  const redis = await startRedis();
  closers.push(() => redis.stop());
  return redis;
}

export interface OpenWorld {
  readonly world: World;
  readonly redis: RedisServer | null;
}

/** Starts a daemon on a backend, for one test. */
export function worldOpener(): (backend: Backend) => Promise<OpenWorld> {
  const closers = closedAfterEach();
  return async (backend) => {
    const redis = await openRedis(backend, closers);
    const world = await startWorld(redis === null ? {} : { REDIS_URL: redis.url });
    closers.push(() => world.close());
    await world.start();
    return { world, redis };
  };
}

export interface OpenFleet {
  readonly fleet: Fleet;
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
}

/** Sets up a fleet on a backend and a database of its own, for one test. */
export function fleetOpener(): (backend: Backend) => Promise<OpenFleet> {
  const closers = closedAfterEach();
  return async (backend) => {
    const database = await freshDatabase();
    closers.push(() => database.drop());
    const redisUrl = (await openRedis(backend, closers))?.url ?? null;
    const fleet = await startFleet({ databaseUrl: database.url, redisUrl });
    closers.push(() => fleet.close());
    return { fleet, databaseUrl: database.url, redisUrl };
  };
}
