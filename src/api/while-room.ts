import { Problem } from "./problem.ts";

/**
 * Lets so many pieces of work run at a time, each for so long; more are refused, for they would wait behind slow ones.
 * The work itself is not ended: it must be bounded by its own deadlines.
 * @throws Problem 429 where there is no room, 504 where time is up.
 */
export function whileRoom({
  most,
  ms,
  what,
}: {
  most: number;
  ms: number;
  what: string;
}): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  return async (work) => {
    if (running >= most) throw new Problem(429, "Too many requests", `${what}: ${most} are under way; try again soon`);
    running += 1;
    const done = work().finally(() => {
      running -= 1;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const problem = new Problem(504, "Timed out", `${what} took longer than ${Math.round(ms / 1000)} seconds`);
      timer = setTimeout(() => reject(problem), ms);
    });
    try {
      return await Promise.race([done, late]);
    } finally {
      clearTimeout(timer);
      done.catch(() => {});
    }
  };
}
