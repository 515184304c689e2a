import { hasRedis, startRedis } from "../../test/faults/redis-server.ts";
import { FEEDS } from "./backend.ts";
import { bulkRound } from "./bulk.ts";
import type { GrowthPoint } from "./results.ts";
import { startService } from "./service.ts";
import { rounded } from "./statistics.ts";

/** As docker-compose.yml runs a worker, but for its roles. */
const AS_A_WORKER = {
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "131072",
  MALLOC_TRIM_THRESHOLD_: "131072",
  NODE_OPTIONS: "--max-semi-space-size=4",
  RASID_HEAP_GROWTH: "15",
};

/**
 * Round after round on one ledger, the stages worked in a process of their own, on Redis where there is one: speed, cost
 * of an item, and memory of that worker process as the ledger grows.
 */
export async function measureGrowth({
  items,
  say,
}: {
  items: number;
  say: (text: string) => void;
}): Promise<GrowthPoint[]> {
  const redis = hasRedis() ? await startRedis() : null;
  const service = await startService({ feeds: FEEDS, redisUrl: redis?.url ?? null, worker: AS_A_WORKER });
  const points: GrowthPoint[] = [];
  try {
    for (let round = 0; (points.at(-1)?.items ?? 0) < items; round += 1) {
      const done = await bulkRound(service, { feeds: FEEDS, round, redisPid: redis?.pid() ?? null });
      points.push({
        items: (points.at(-1)?.items ?? 0) + done.items,
        itemsPerSecond: done.itemsPerSecond,
        cpuMsPerItem: done.cpu === null ? null : done.cpu.daemon + done.cpu.postgres + done.cpu.redis,
        rssMb: done.peakMb,
      });
      const { cpuMsPerItem, rssMb } = points.at(-1) as GrowthPoint;
      say(`${points.at(-1)?.items} items: ${rounded(done.itemsPerSecond)} items/s, ${cpuMsPerItem} ms, ${rssMb} MB`);
    }
    return points;
  } finally {
    await service.close();
    await redis?.stop();
  }
}
