import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { connectToRunning } from "../../src/ledger/embedded.ts";
import { listenForAlerts } from "../../src/ledger/listen.ts";
import { onEachBackend, worldOpener } from "./backends.ts";
import { report, scaled } from "./fault-report.ts";

const open = worldOpener();

interface Shown {
  readonly deliveries: { readonly id: string; readonly createdAt: string }[];
}
interface Detail {
  readonly log: { readonly startedAt: string }[];
}

onEachBackend((backend) => {
  test("the delivery of an alert begins within 50 ms of its commit (p95) when nothing else is at work", async () => {
    const { world } = await open(backend);
    const alerts = scaled(400, 40);
    // PostgreSQL tells of alerts when their transaction commits.
    let told = Date.now();
    const listener = await listenForAlerts({
      connectionString: connectToRunning(world.dataDir) ?? "",
      onAlerts: () => {
        told = Date.now();
      },
      onError: () => {},
    });
    const committed: number[] = [];
    for (let place = 0; place < alerts; place += 1) {
      world.publish(1);
      while (world.received.size <= place) await pause(20);
      committed.push(told);
      await pause(100);
    }
    await listener.close();
    await world.settled(30_000);
    const { deliveries } = await world.ask<Shown>("/api/v1/deliveries?limit=500");
    const waits: number[] = [];
    for (const [place, { id }] of deliveries.reverse().entries()) {
      const { log } = await world.ask<Detail>(`/api/v1/deliveries/${id}`);
      waits.push(Date.parse(log[0]?.startedAt ?? "") - (committed[place] ?? Number.NaN));
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
