import { setFlagsFromString } from "node:v8";

/**
 * How far a heap may grow, in percent, over what a collection left of it. V8 doubles it and more where the machine has
 * much memory: several hundred megabytes of rows and texts that nobody needs.
 */
const GROWTH_PERCENT = 40;

/**
 * Bounds the memory of this process and its threads by what they hold. To be called before threads are started and
 * before the first request goes out: undici reads answers with WebAssembly, and optimising its one large function takes
 * 40 MB for a moment, which malloc then keeps; the plain code is as quick for news.
 */
export function boundMemory(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
  setFlagsFromString("--liftoff-only");
}
