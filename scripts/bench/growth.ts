import { FEEDS } from "./backend.ts";
import { bulkRound } from "./bulk.ts";
import type { GrowthPoint } from "./results.ts";
import { startService } from "./service.ts";
import { rounded } from "./statistics.ts";

/** Round after round on one daemon and its ledger: speed, cost of an item and memory as the ledger grows. */
export async function measureGrowth({
  items,
  say,
}: {
  items: number;
  say: (text: string) => void;
}): Promise<GrowthPoint[]> {
  const service = await startService({ feeds: FEEDS, redisUrl: null });
  const points: GrowthPoint[] = [];
  try {
    for (let round = 0; (points.at(-1)?.items ?? 0) < items; round += 1) {
      const done = await bulkRound(service, { feeds: FEEDS, round, redisPid: null });
      points.push({
        items: (points.at(-1)?.items ?? 0) + done.items,
        itemsPerSecond: done.itemsPerSecond,
        cpuMsPerItem: done.cpu === null ? null : done.cpu.daemon + done.cpu.postgres,
        rssMb: done.peakMb,
      });
      const { cpuMsPerItem, rssMb } = points.at(-1) as GrowthPoint;
      say(`${points.at(-1)?.items} items: ${rounded(done.itemsPerSecond)} items/s, ${cpuMsPerItem} ms, ${rssMb} MB`);
    }
    return points;
  } finally {
    await service.close();
  }
}
