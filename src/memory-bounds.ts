import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Bounds the memory of this process and its threads by what they hold: a heap may grow by so many percent over what a
 * collection left of it. V8 doubles it and more where the machine has much memory: several hundred megabytes of rows and
 * texts that nobody needs. To be called before threads are started and
 * before the first request goes out: undici reads answers with WebAssembly, and optimising its one large function takes
 * 40 MB for a moment, which malloc then keeps; the plain code is as quick for news.
 */
export function boundMemory(heapGrowth: number): void {
  setFlagsFromString(`--heap-growing-percent=${heapGrowth}`);
  setFlagsFromString("--liftoff-only");
}

/** Up to this growth memory counts for more than time, percent. */
const DENSE_UP_TO = 15;

/**
 * Collects what the start left behind. To be called once, when the service is up: V8 counts the growth of a heap from its
 * first collection, and lets it come to twice its size before. From here on heaps that may grow but little are kept dense
 * too: pages that are a fifth empty are moved together. Set before the threads start, that would give them nurseries of
 * 1 MB, which are slow.
 */
export function settleMemory(heapGrowth: number): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
  if (heapGrowth <= DENSE_UP_TO) setFlagsFromString("--optimize-for-size");
}
