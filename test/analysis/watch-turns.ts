import { readFileSync } from "node:fs";

/** Time for which this thread was ready to run and another program had the core, ms: a busy machine is not our lag. */
function starvedMs(): number {
  try {
    return Number(readFileSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** How late the turns of the event loop are, ms. */
export function watchTurns(): () => number[] {
  const late: number[] = [];
  let before = performance.now();
  let starved = starvedMs();
  const timer = setInterval(() => {
    const [now, starvedNow] = [performance.now(), starvedMs()];
    late.push(Math.max(0, now - before - 10 - (starvedNow - starved)));
    [before, starved] = [now, starvedNow];
  }, 10);
  return () => {
    clearInterval(timer);
    return late.sort((one, other) => one - other);
  };
}
