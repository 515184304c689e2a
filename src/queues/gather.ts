import { AsyncResource } from "node:async_hooks";

export interface GatherOptions {
  /** Pieces of work at a time. */
  readonly parallel: number;
  /** Things in one piece. */
  readonly most: number;
}

/**
 * Works on what several calls bring together: things (ids, say) that come while `parallel` pieces are at work wait, and go into the
 * next piece with all others that wait. A call ends with the piece that holds its ids. The piece runs in the asynchronous
 * context (its trace) of its first call.
 */
export function gather<T>(
  work: (things: readonly T[]) => Promise<void>,
  { parallel, most }: GatherOptions,
): (things: readonly T[]) => Promise<void> {
  interface Call {
    readonly things: readonly T[];
    readonly resolve: () => void;
    readonly reject: (error: unknown) => void;
    readonly context: AsyncResource;
  }
  let waiting: Call[] = [];
  let atWork = 0;

  /** Whole calls, as many as fit; at least one. */
  function nextCalls(): Call[] {
    let count = 0;
    const fitting = waiting.findIndex(({ things }, place) => {
      count += things.length;
      return place > 0 && count > most;
    });
    const calls = fitting === -1 ? waiting : waiting.slice(0, fitting);
    waiting = waiting.slice(calls.length);
    return calls;
  }

  async function run(calls: readonly Call[]): Promise<void> {
    atWork += 1;
    try {
      await work(calls.flatMap(({ things }) => things));
      for (const { resolve } of calls) resolve();
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
    atWork -= 1;
    begin();
  }

  function begin(): void {
    while (waiting.length > 0 && atWork < parallel) {
      const calls = nextCalls();
      void calls[0]?.context.runInAsyncScope(() => run(calls));
    }
  }

  return (things) =>
    new Promise((resolve, reject) => {
      waiting.push({ things, resolve, reject, context: new AsyncResource("gather") });
      begin();
    });
}
