import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test } from "vitest";
import { report } from "./fault-report.ts";
import { startFleet } from "./fleet.ts";
import { holdStory } from "./held-story.ts";
import { query, startPostgresHost } from "./postgres-host.ts";
import { hasRedis, startRedis } from "./redis-server.ts";
import { startSwitchingProxy } from "./switching-proxy.ts";
import { accountOf, KEPT, settled } from "./toll-agency.ts";
import { startWorld } from "./world.ts";

const ALL = "api,fetch,deduplicate,classify,match,deliver,reconcile";
const FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A file system of its own that can be filled; null where this account may not mount one. */
function mountSmallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), "rasid-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0711`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    rmSync(folder, { recursive: true });
    console.log("left out: the full disk (only root can mount a small one)");
    return null;
  }
  closers.push(() => {
    execFileSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** Takes all space that is left, but for `spare` kilobytes. */
function fillDisk(folder: string, spare: number): string {
  const filler = join(folder, "filler");
  const free = Number(execFileSync("df", ["--output=avail", "-k", folder]).toString().trim().split("\n").at(-1));
  execFileSync("fallocate", ["-l", `${free - spare}K`, filler]);
  return filler;
}

test("a full disk is told in words, and the work goes on when there is room again", async (context) => {
  const disk = mountSmallDisk(400);
  if (disk === null) return context.skip();
  const world = await startWorld({ RASID_DATA: join(disk, "data") });
  closers.push(() => world.close());
  chmodSync(disk, 0o711);
  await world.start();
  world.publish(20);
  await world.settled(60_000);
  const filler = fillDisk(disk, 200);
  const since = Date.now();
  world.publish(200);
  while (!/No space left|no space left/.test(world.log()) && Date.now() - since < 90_000) {
    world.publish(50);
    await pause(1000);
  }
  expect(world.log()).toMatch(/No space left/i);
  rmSync(filler);
  const freed = Date.now();
  await world.settled(180_000);
  const account = await accountOf(world);
  report("disk full", { backAfterMs: Date.now() - freed, ...account });
  expect(account).toMatchObject({ ...KEPT, alerts: account.published });
});

describe.skipIf(!existsSync(FAKETIME))("with the library faketime", () => {
  test("a clock that jumps an hour ahead, back, and an hour behind holds nothing up", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rasid-clock-"));
    closers.push(() => rmSync(folder, { recursive: true, force: true }));
    const clock = join(folder, "offset");
    writeFileSync(clock, "+0\n");
    const world = await startWorld({
      LD_PRELOAD: FAKETIME,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    });
    closers.push(() => world.close());
    await world.start();
    const workedMs: Record<string, number> = {};
    for (const [place, offset] of ["+0", "+3600", "+0", "-3600", "+0"].entries()) {
      world.publish(20);
      await pause(300);
      writeFileSync(clock, `${offset}\n`);
      world.publish(20);
      // The receiver's clock goes right, so that it refuses what is signed in another hour; the alerts stay owed.
      workedMs[`${place}: ${offset} s`] = await settled(world, 240_000, { delivered: false });
    }
    const backMs = await world.settled(240_000);
    const account = await accountOf(world);
    report("clock jumps", { workedMs, deliveredAfterMs: backMs, ...account });
    expect(world.log()).toContain("the system clock was set");
    expect(account).toMatchObject({ ...KEPT, refused: expect.any(Number), alerts: account.published });
    expect(Math.max(backMs, ...Object.values(workedMs))).toBeLessThan(120_000);
  });
});

for (const backend of ["postgres", "redis"])
  describe.skipIf(backend === "redis" && !hasRedis())(`on ${backend}`, () => {
    test("a database that fails over in mid-transaction loses nothing", async () => {
      const redis = backend === "redis" ? await startRedis() : null;
      if (redis !== null) closers.push(() => redis.stop());
      const primary = await startPostgresHost();
      closers.push(() => primary.stop());
      const standby = await primary.standby();
      closers.push(() => standby.stop());
      const proxy = await startSwitchingProxy(primary.port);
      closers.push(() => proxy.close());
      const url = new URL(primary.url);
      url.port = String(proxy.port);
      const fleet = await startFleet({ databaseUrl: url.href, redisUrl: redis?.url ?? null });
      closers.push(() => fleet.close());
      const one = await fleet.start(ALL);
      fleet.agency.publish(30);
      await fleet.settled(60_000);
      const held = await holdStory(primary.url);
      fleet.agency.publish(30);
      while ((await held.waiting()) === 0) await pause(20);
      await primary.kill();
      proxy.switchTo(null);
      const since = Date.now();
      await query(standby.url, "select pg_promote()");
      await query(standby.url, "alter system reset synchronous_standby_names");
      await query(standby.url, "select pg_reload_conf()");
      proxy.switchTo(standby.port);
      fleet.agency.publish(10);
      await fleet.settled(180_000);
      const account = await accountOf(fleet);
      report("database failed over", { backend, backAfterMs: Date.now() - since, ...account });
      expect(one.alive()).toBe(true);
      expect(one.log()).toContain("connection");
      expect(account).toMatchObject({ ...KEPT, alerts: account.published });
    });
  });

describe.skipIf(!hasRedis())("on redis", () => {
  test("a Redis that evicts is complained of, and what it forgot is enqueued again", async () => {
    const redis = await startRedis();
    closers.push(() => redis.stop());
    const client = new Redis(redis.url);
    closers.push(() => client.disconnect());
    await client.config("SET", "maxmemory-policy", "allkeys-random");
    const world = await startWorld({ REDIS_URL: redis.url });
    closers.push(() => world.close());
    await world.start();
    expect(world.log()).toMatch(/maxmemory-policy/);
    const begun = Date.now();
    for (let round = 0; round < 5; round += 1) {
      world.publish(30);
      await pause(400);
      const used = Number(/used_memory:(\d+)/.exec(await client.info("memory"))?.[1]);
      await client.config("SET", "maxmemory", String(used - 200_000));
      for (let n = 0; n < 50; n += 1) await client.set(`filler:${n}`, "x".repeat(10_000)).catch(() => {});
      await pause(300);
      await client.config("SET", "maxmemory", "0");
    }
    const evicted = Number(/evicted_keys:(\d+)/.exec(await client.info("stats"))?.[1]);
    await world.settled(180_000);
    const account = await accountOf(world);
    report("Redis evicted", { evicted, tookMs: Date.now() - begun, ...account });
    expect(evicted).toBeGreaterThan(10);
    expect(account).toMatchObject({ ...KEPT, alerts: account.published });
  });

  test("a Redis that turns read-only is told in words, and the work goes on when it takes writes again", async () => {
    const redis = await startRedis();
    closers.push(() => redis.stop());
    const client = new Redis(redis.url);
    closers.push(() => client.disconnect());
    const world = await startWorld({ REDIS_URL: redis.url });
    closers.push(() => world.close());
    await world.start();
    world.publish(20);
    await pause(500);
    await client.replicaof("127.0.0.1", 1);
    world.publish(30);
    await pause(10_000);
    expect(world.log()).toMatch(/READONLY/);
    await client.replicaof("NO", "ONE");
    const since = Date.now();
    world.publish(10);
    await world.settled(180_000);
    const account = await accountOf(world);
    report("Redis read-only", { backAfterMs: Date.now() - since, ...account });
    expect(account).toMatchObject({ ...KEPT, alerts: account.published });
  });
});
