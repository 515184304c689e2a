import { setTimeout as pause } from "node:timers/promises";
import type { Worker } from "bullmq";

/** What is begun to end by force is waited for so long. */
const FORCED_MS = 2_500;

/**
 * Waits for the jobs at work, at most `graceMs`. What a worker that is late then waits for is given up; its jobs come
 * again as stalled. (BullMQ's own closing by force does nothing once a worker is being closed.)
 */
export async function closeWorker(
  worker: Worker,
  { graceMs, giveUp }: { graceMs: number; giveUp: () => void },
): Promise<void> {
  const closed = worker.close();
  if (await endsWithin(closed, graceMs)) return;
  giveUp();
  await endsWithin(closed, FORCED_MS);
}

/** Whether work ends within a time. */
export async function endsWithin(work: Promise<unknown>, patienceMs: number): Promise<boolean> {
  const ended = new AbortController();
  const late = pause(patienceMs, false, { signal: ended.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    ended.abort();
  }
}
