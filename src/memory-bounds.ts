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

/**
 * Collects what the start left behind. To be called once, when the service is up: V8 counts the growth of a heap from its
 * first collection, and lets it come to twice its size before.
 */
export function collectStart(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
}
