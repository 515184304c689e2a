import { setTimeout as pause } from "node:timers/promises";
import { makeLoad } from "./load.ts";
import { cpuMs, watchMemory } from "./processes.ts";
import type { Service } from "./service.ts";

/** One round: from the first request of a feed until all items are matched and all alerts received. */
export interface BulkRound {
  readonly items: number;
  readonly alerts: number;
  readonly seconds: number;
  readonly itemsPerSecond: number;
  /** Of the process that works the stages. */
  readonly peakMb: number | null;
  /** CPU per item, ms; null where the system does not tell. */
  readonly cpu: { readonly daemon: number; readonly postgres: number; readonly redis: number } | null;
}

const WITHIN_MS = 90_000;

export async function bulkRound(
  service: Service,
  { feeds, round, redisPid }: { feeds: number; round: number; redisPid: number | null },
): Promise<BulkRound> {
  const { sink } = service;
  const load = makeLoad(feeds, round);
  const before = await sink.ask({ do: "publish", round });
  const stored = await storedItems(service);
  const cpuBefore = cpuOf(service, redisPid);
  const memory = watchMemory(service.workerPid());
  await service.fetchAll();
  const begun = Date.now();
  const all = before.received + load.alerting;
  let counts = before;
  for (let done = false; !done; ) {
    if (Date.now() - begun > WITHIN_MS)
      throw new Error(
        `after ${WITHIN_MS / 1000} s ${counts.answered} feeds were read, ${(await storedItems(service)) - stored} of ${load.items} items stored, ${await service.owed()} owed and ${counts.received - before.received} of ${load.alerting} alerts received`,
      );
    await pause(40);
    counts = await sink.ask({ do: "count" });
    done =
      counts.answered === feeds &&
      counts.received >= all &&
      (await service.owed()) === 0 &&
      (await storedItems(service)) - stored >= load.items;
  }
  const seconds = (Date.now() - (counts.firstRequestAt ?? begun)) / 1000;
  const cpuAfter = cpuOf(service, redisPid);
  const { peakMb } = memory.stop();
  await pause(1000);
  const { received, refused } = await sink.ask({ do: "count" });
  if (refused > 0) throw new Error(`${refused} webhooks did not verify`);
  return {
    items: load.items,
    alerts: received - before.received,
    seconds,
    itemsPerSecond: load.items / seconds,
    peakMb,
    cpu: perItem(cpuBefore, cpuAfter, load.items),
  };
}

/** Items that the running daemon has stored, by its own count. */
async function storedItems(service: Service): Promise<number> {
  const text = await (await fetch(`${service.daemon().address}/metrics`)).text();
  let sum = 0;
  for (const [, count] of text.matchAll(/^rasid_items_total (\d+)/gm)) sum += Number(count);
  return sum;
}

interface CpuUse {
  readonly daemon: number | null;
  readonly postgres: number | null;
  readonly redis: number | null;
}

function cpuOf(service: Service, redisPid: number | null): CpuUse {
  return {
    daemon: daemonCpu(service),
    postgres: cpuMs(service.postgresPid(), { children: true }),
    redis: redisPid === null ? 0 : cpuMs(redisPid, { children: false }),
  };
}

/** Of both processes where the daemon is split. */
function daemonCpu(service: Service): number | null {
  const used = [...new Set([service.daemon().pid, service.workerPid()])].map((pid) => cpuMs(pid, { children: false }));
  return used.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function perItem(before: CpuUse, after: CpuUse, items: number): BulkRound["cpu"] {
  const used = (part: keyof CpuUse): number => {
    const [from, to] = [before[part], after[part]];
    return from === null || to === null ? Number.NaN : (to - from) / items;
  };
  const cpu = { daemon: used("daemon"), postgres: used("postgres"), redis: used("redis") };
  return Number.isNaN(cpu.daemon + cpu.postgres + cpu.redis) ? null : cpu;
}
