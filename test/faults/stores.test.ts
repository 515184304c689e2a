import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { expect, test } from "vitest";
import { connectToRunning } from "../../src/ledger/embedded.ts";
import { type OpenWorld, onEachBackend, worldOpener } from "./backends.ts";
import { report, scaled } from "./fault-report.ts";
import { hasRedis } from "./redis-server.ts";
import { accountOf, KEPT } from "./toll-agency.ts";
import type { World } from "./world.ts";

const open = worldOpener();

/** Publishes under load, does harm, publishes more, and says how long it took until all was delivered. */
async function harm(running: World, how: () => Promise<void>): Promise<number> {
  running.publish(10);
  await pause(300 + Math.random() * 700);
  await how();
  const since = Date.now();
  running.publish(5);
  await running.settled(180_000);
  return Date.now() - since;
}

async function wipe({ world, redis }: OpenWorld): Promise<void> {
  if (redis !== null) {
    const client = new Redis(redis.url);
    await client.flushall();
    await client.quit();
    return;
  }
  const client = new pg.Client({ connectionString: connectToRunning(world.dataDir) ?? "" });
  await client.connect();
  const found = await client.query<{ name: string }>(
    "select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where tablename = 'job'",
  );
  for (const { name } of found.rows) await client.query(`truncate ${name} cascade`);
  expect(found.rows).toHaveLength(1);
  await client.end();
}

onEachBackend((backend) => {
  test("a killed PostgreSQL is survived", async () => {
    const { world: running } = await open(backend);
    const recoveredMs: number[] = [];
    for (let kill = 0; kill < scaled(20, 2); kill += 1)
      recoveredMs.push(
        await harm(running, async () => {
          process.kill(running.postgres.at(-1) ?? 0, "SIGKILL");
        }),
      );
    const account = await accountOf(running);
    report("PostgreSQL killed", { backend, recoveredMs, ...account });
    expect(account).toMatchObject({ ...KEPT, alerts: running.published() });
    expect(Math.max(...recoveredMs)).toBeLessThan(60_000);
  });

  test("a wiped queue is repaired from the ledger", async () => {
    const opened = await open(backend);
    const { world: running } = opened;
    const recoveredMs: number[] = [];
    for (let time = 0; time < scaled(20, 2); time += 1) recoveredMs.push(await harm(running, () => wipe(opened)));
    const account = await accountOf(running);
    report("queue wiped", { backend, recoveredMs, ...account });
    expect(account).toMatchObject({ ...KEPT, alerts: running.published() });
    expect(Math.max(...recoveredMs)).toBeLessThan(120_000);
  });
});

test.skipIf(!hasRedis())("a killed Redis is survived", async () => {
  const { world: running, redis } = await open("redis");
  const recoveredMs: number[] = [];
  for (let kill = 0; kill < scaled(20, 2); kill += 1)
    recoveredMs.push(
      await harm(running, async () => {
        await redis?.kill();
        await pause(Math.random() * 2000);
        await redis?.start();
      }),
    );
  const account = await accountOf(running);
  report("Redis killed", { recoveredMs, ...account });
  expect(account).toMatchObject({ ...KEPT, alerts: running.published() });
  expect(Math.max(...recoveredMs)).toBeLessThan(60_000);
});
