import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { report, scaled } from "./fault-report.ts";
import { startFleet } from "./fleet.ts";
import { type HostsNetwork, openHostsNetwork } from "./hosts-network.ts";
import { startPostgresHost } from "./postgres-host.ts";
import { hasRedis, startRedis } from "./redis-server.ts";
import type { RoleProcess } from "./role-process.ts";
import { accountOf, KEPT, type TollAgency } from "./toll-agency.ts";

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const WORK = "fetch,deduplicate,classify,match,deliver,reconcile";

/** Publishes one item and waits until its alert came. Returns how long that took. */
async function aliveWithin(agency: TollAgency, withinMs: number): Promise<number> {
  const wanted = agency.published() + 1;
  const since = Date.now();
  agency.publish(1);
  while (agency.received.size < wanted) {
    if (Date.now() - since > withinMs)
      throw new Error(`no alert within ${withinMs} ms (${agency.received.size} of ${wanted})`);
    await pause(20);
  }
  return Date.now() - since;
}

/** Lets a process run only a tenth of the time, as on a host that is far too busy. */
function slowDown(one: RoleProcess): { end(): Promise<void> } {
  let slow = true;
  const beat = async (): Promise<void> => {
    while (slow) {
      one.freeze();
      await pause(450);
      one.thaw();
      await pause(50);
    }
  };
  const beating = beat();
  return {
    end: async () => {
      slow = false;
      await beating;
    },
  };
}

test("workers on three hosts lose and double nothing while hosts are cut off, stopped, slowed and brought back", async (context) => {
  const network: HostsNetwork | null = openHostsNetwork();
  if (network === null || !hasRedis()) {
    network?.close();
    console.log(
      "left out: the test on several hosts (it needs the right to make network namespaces, and redis-server)",
    );
    return context.skip();
  }
  closers.push(() => network.close());
  const stores = network.addHost();
  const postgres = await startPostgresHost({ host: stores.address, under: stores.under, network: network.network });
  closers.push(() => postgres.stop());
  const redis = await startRedis({ host: stores.address, under: stores.under });
  closers.push(() => redis.stop());
  const fleet = await startFleet({ databaseUrl: postgres.url, redisUrl: redis.url, agencyHost: network.address });
  closers.push(() => fleet.close());
  const apiHost = network.addHost();
  await fleet.start("api", { under: apiHost.under, variables: { HOST: apiHost.address } });
  const hosts = [network.addHost(), network.addHost(), network.addHost()] as const;
  const workers: RoleProcess[] = [];
  for (const host of hosts) workers.push(await fleet.start(WORK, { under: host.under }));
  const [first, second, third] = workers as [RoleProcess, RoleProcess, RoleProcess];
  const { agency } = fleet;
  const othersGoOnMs: Record<string, number[]> = { cut: [], stopped: [], slowed: [], killed: [] };
  const during = async (what: string, begin: () => void, end: () => Promise<void> | void): Promise<void> => {
    agency.publish(20);
    await pause(Math.random() * 500);
    begin();
    agency.publish(20);
    await pause(2000);
    othersGoOnMs[what]?.push(await aliveWithin(agency, 90_000));
    agency.publish(10);
    await end();
    await fleet.settled(180_000);
  };
  const rounds = scaled(20, 1);
  for (let round = 0; round < rounds; round += 1) {
    await during("cut", hosts[0].cut, hosts[0].mend);
    await during("stopped", second.freeze, second.thaw);
    let slowed: { end(): Promise<void> } | null = null;
    await during(
      "slowed",
      () => {
        slowed = slowDown(third);
      },
      async () => slowed?.end(),
    );
    const victim = await fleet.start(WORK, { under: hosts[2].under });
    await during(
      "killed",
      () => void victim.kill(),
      () => {},
    );
  }
  const account = await accountOf(fleet);
  report("several hosts", { rounds, othersGoOnMs, ...account });
  expect([first.alive(), second.alive(), third.alive()]).toEqual([true, true, true]);
  expect(account).toMatchObject({ ...KEPT, alerts: agency.published() });
});
