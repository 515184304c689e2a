import { setFlagsFromString } from "node:v8";

/**
 * How far a heap may grow, in percent, over what a collection left of it. V8 doubles it and more where the machine has
 * much memory: several hundred megabytes of rows and texts that nobody needs.
 */
const GROWTH_PERCENT = 40;

/** Bounds the memory of this process and its threads by what they hold. To be called before threads are started. */
export function boundHeapGrowth(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
