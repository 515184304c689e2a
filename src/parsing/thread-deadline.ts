/** A watch over what a thread does. */
export interface ThreadDeadline {
  /** The work is done, or nobody waits for it any longer. */
  end(): void;
}

/** Share of the time below which the process's own time shows that the thread was starved. */
const STARVED = 0.6;
/** Reading the process's time costs as much as a short text: what begins within this part of its time shares one. */
const SHARED = 0.02;

let lastReading = { at: Number.NEGATIVE_INFINITY, usage: { user: 0, system: 0 } };

function usageWithin(ms: number): NodeJS.CpuUsage {
  const at = performance.now();
  if (at - lastReading.at > ms) lastReading = { at, usage: process.cpuUsage() };
  return lastReading.usage;
}

/**
 * Tells when a thread has had its time. On a machine that is overloaded it does not get it: then it is given as much
 * again, `extensions` times at most, while the process hardly ran.
 */
export function startThreadDeadline(
  { ms, extensions = 0 }: { readonly ms: number; readonly extensions?: number },
  onLate: () => void,
): ThreadDeadline {
  let timer: NodeJS.Timeout;
  const watch = (left: number): void => {
    const began = usageWithin(ms * SHARED);
    timer = setTimeout(() => {
      const { user, system } = process.cpuUsage(began);
      const starved = (user + system) / 1000 < ms * STARVED;
      if (starved && left > 0) watch(left - 1);
      else onLate();
    }, ms);
  };
  watch(extensions);
  return { end: () => clearTimeout(timer) };
}
