import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { report, scaled } from "./fault-report.ts";
import { hasRedis, type RedisServer, startRedis } from "./redis-server.ts";
import { startWorld, type World } from "./world.ts";

let world: World | null = null;
let redis: RedisServer | null = null;
afterEach(async () => {
  await world?.close();
  await redis?.stop();
  world = null;
  redis = null;
});

interface Shown {
  readonly deliveries: { readonly id: string; readonly createdAt: string }[];
}
interface Detail {
  readonly createdAt: string;
  readonly log: { readonly startedAt: string }[];
}

for (const backend of ["postgres", "redis"])
  describe.skipIf(backend === "redis" && !hasRedis())(`on ${backend}`, () => {
    test("the delivery of an alert begins within 50 ms of its commit (p95) when nothing else is at work", async () => {
      redis = backend === "redis" ? await startRedis() : null;
      world = await startWorld(redis === null ? {} : { REDIS_URL: redis.url });
      await world.start();
      const alerts = scaled(400, 40);
      for (let place = 0; place < alerts; place += 1) {
        world.publish(1);
        while (world.received.size <= place) await pause(20);
      }
      await world.settled(30_000);
      const { deliveries } = await world.ask<Shown>("/api/v1/deliveries?limit=500");
      const waits: number[] = [];
      for (const { id } of deliveries) {
        const { createdAt, log } = await world.ask<Detail>(`/api/v1/deliveries/${id}`);
        waits.push(Date.parse(log[0]?.startedAt ?? "") - Date.parse(createdAt));
      }
      waits.sort((a, b) => a - b);
      const share = (part: number) => waits[Math.floor(waits.length * part)] ?? Number.NaN;
      report("begin of delivery after commit, ms", {
        backend,
        alerts,
        p50: share(0.5),
        p95: share(0.95),
        p99: share(0.99),
        most: waits.at(-1),
      });
      expect(waits).toHaveLength(alerts);
      expect(share(0.95)).toBeLessThan(50);
    });
  });
