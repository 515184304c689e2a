import type { BulkRound } from "./bulk.ts";
import type { WorkersResult } from "./results.ts";

const SECONDS_A_DAY = 86_400;
/** News comes in waves: the busiest hour has so many times the mean. */
const PEAK = 3;
/** A machine that is to keep up is not planned full. */
const FILL = 0.7;

/** What so many items a day take, by the CPU time that one item costs in each part. */
export interface Plan {
  readonly itemsADay: number;
  readonly perSecond: number;
  /** Cores at the peak, at 70 % of each. */
  readonly cores: { readonly rasid: number; readonly postgres: number; readonly redis: number };
}

export function planFor(itemsADay: number, cpu: NonNullable<BulkRound["cpu"]>): Plan {
  const perSecond = (itemsADay / SECONDS_A_DAY) * PEAK;
  const cores = (msPerItem: number) => (perSecond * msPerItem) / 1000 / FILL;
  return {
    itemsADay,
    perSecond,
    cores: { rasid: cores(cpu.daemon), postgres: cores(cpu.postgres), redis: cores(cpu.redis) },
  };
}

/** Items a second that the model says of so many worker processes on so many cores, all parts together. */
export function predictedRate(workers: number, cores: number, cpu: NonNullable<WorkersResult["cpu"]>): number {
  const all = cpu.worker + cpu.rest + cpu.postgres + cpu.redis;
  return Math.min((workers * 1000) / cpu.worker, (cores * 1000) / all);
}
