import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import pg from "pg";
import { expect, test } from "vitest";
import { LOCK_SPACE } from "../../src/ledger/locks.ts";
import { fleetOpener, onEachBackend } from "./backends.ts";
import { report, scaled } from "./fault-report.ts";
import { holdStory } from "./held-story.ts";
import { accountOf, KEPT } from "./toll-agency.ts";

const FRONT = "api,fetch,reconcile";
const BACK = "deduplicate,classify,match,deliver";

const open = fleetOpener();

/** Jobs that some worker has taken and not given back: after a stop they would count as stalled. */
async function activeJobs(redisUrl: string | null, databaseUrl: string): Promise<number> {
  if (redisUrl !== null) {
    const client = new Redis(redisUrl);
    const stages = ["fetch", "deduplicate", "classify", "match", "deliver"];
    const counts = await Promise.all(stages.map((stage) => client.llen(`rasid:${stage}:active`)));
    await client.quit();
    return counts.reduce((sum, count) => sum + count, 0);
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const found = await client.query<{ schema: string }>(
    "select quote_ident(schemaname) as schema from pg_tables where tablename = 'job'",
  );
  const counted = await client.query<{ count: string }>(
    `select count(*) from ${found.rows[0]?.schema}.job where state = 'active'`,
  );
  await client.end();
  return Number(counted.rows[0]?.count);
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

onEachBackend((backend) => {
  test("a killed worker's jobs are picked up by another one within 20 s (p95)", async () => {
    const { fleet: running } = await open(backend);
    await running.start(FRONT);
    await running.start(BACK);
    const takenUpMs: number[] = [];
    for (let kill = 0; kill < scaled(60, 4); kill += 1) {
      const victim = await running.start(BACK);
      const before = running.agency.published();
      running.agency.publish(20);
      while (!victim.log().includes('"stage done"') && running.agency.received.size < before + 15) await pause(20);
      await victim.kill();
      const since = Date.now();
      while (running.agency.received.size < before + 20) await pause(20);
      takenUpMs.push(Date.now() - since);
      await running.settled(120_000);
    }
    takenUpMs.sort((a, b) => a - b);
    const account = await accountOf(running);
    report("worker killed", { backend, kills: takenUpMs.length, p95Ms: share(takenUpMs, 0.95), ...account });
    expect(account).toMatchObject({ ...KEPT, alerts: running.agency.published() });
    expect(share(takenUpMs, 0.95)).toBeLessThan(20_000);
  });

  test("a job whose worker is killed ten times is done all the same", async () => {
    const { fleet: running, databaseUrl } = await open(backend);
    await running.start(FRONT);
    const lock = await holdStory(databaseUrl);
    running.agency.publish(1);
    for (let kill = 0; kill < 10; kill += 1) {
      const victim = await running.start(BACK);
      while ((await lock.waiting()) === 0) await pause(50);
      await victim.kill();
      // PostgreSQL notices the dead client only when it would answer.
      while ((await lock.waiting()) > 0 && !(await gone(databaseUrl))) await pause(50);
    }
    await lock.letGo();
    const since = Date.now();
    await running.start(BACK);
    await running.settled(120_000);
    const account = await accountOf(running);
    report("one job's worker killed ten times", { backend, doneAfterMs: Date.now() - since, ...account });
    expect(account).toMatchObject({ ...KEPT, alerts: 1 });
  });

  test("a stop under load ends within 10 s and leaves no job stalled", async () => {
    const { fleet: running, databaseUrl, redisUrl } = await open(backend);
    const stopsMs: number[] = [];
    let stalled = 0;
    for (let stop = 0; stop < scaled(50, 4); stop += 1) {
      const one = await running.start(`${FRONT},${BACK}`);
      running.agency.publish(60);
      await pause(200 + Math.random() * 1300);
      const { tookMs, code } = await one.stop(30_000);
      expect(code).toBe(0);
      stopsMs.push(tookMs);
      stalled += await activeJobs(redisUrl, databaseUrl);
    }
    await running.start(`${FRONT},${BACK}`);
    await running.settled(300_000);
    const account = await accountOf(running);
    stopsMs.sort((a, b) => a - b);
    report("stopped under load", {
      backend,
      stops: stopsMs.length,
      p50Ms: share(stopsMs, 0.5),
      mostMs: stopsMs.at(-1),
      stalled,
      ...account,
    });
    expect(account).toMatchObject({ ...KEPT, alerts: running.agency.published() });
    expect(stalled).toBe(0);
    expect(stopsMs.at(-1)).toBeLessThan(10_000);
  });
});

/** Ends the sessions that wait for the story's lock on behalf of a dead worker. */
async function gone(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted and classid = $1::int::oid",
    [LOCK_SPACE.story],
  );
  await client.end();
  return true;
}
