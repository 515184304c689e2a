import { endsWithin } from "./queues/close-worker.ts";

/** What each part gets at least, however late it is. */
const LEAST_MS = 200;

/**
 * Stops one part after the other, each whatever became of those before it.
 * @param by when it should be over (`performance.now()`): a part that is not done then, as it waits for a server that no
 *   longer answers, is left behind. Without it each part is waited for.
 * @throws the first error, at the end.
 */
export async function stopAll(stops: readonly (() => Promise<unknown>)[], by: number | null = null): Promise<void> {
  const errors: unknown[] = [];
  for (const stop of stops) {
    const stopped = stop().catch((error: unknown) => errors.push(error));
    const isDone = by === null ? await stopped : await endsWithin(stopped, Math.max(by - performance.now(), LEAST_MS));
    if (isDone === false) errors.push(new Error("a part did not stop in time; what it had under way is owed still"));
  }
  if (errors.length > 0) throw errors[0];
}
