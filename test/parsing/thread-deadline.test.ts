import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { startThreadDeadline } from "../../src/parsing/thread-deadline.ts";

const MS = 40;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Time passes, of which the process itself gets a share. */
function machineThatGives(share: number) {
  vi.useFakeTimers();
  const now = () => ({ user: performance.now() * share * 1000, system: 0 });
  vi.spyOn(process, "cpuUsage").mockImplementation((since) => {
    const { user, system } = now();
    return since === undefined ? { user, system } : { user: user - since.user, system: system - since.system };
  });
}

/** How often the time had run out when it was told. */
function runs(extensions: number): number | null {
  let late = false;
  startThreadDeadline({ ms: MS, extensions }, () => {
    late = true;
  });
  for (let run = 1; run <= 10; run += 1) {
    vi.advanceTimersByTime(MS);
    if (late) return run;
  }
  return null;
}

test("a thread that had its time is late at once", () => {
  machineThatGives(1);
  expect(runs(3)).toBe(1);
});

test("one that was starved is given its time again, so often and no more", () => {
  machineThatGives(0.2);
  expect([runs(0), runs(1), runs(3)]).toEqual([1, 2, 4]);
});

test("whoever has ended is not told", async () => {
  let late = false;
  const deadline = startThreadDeadline({ ms: 1 }, () => {
    late = true;
  });
  deadline.end();
  await pause(20);
  expect(late).toBe(false);
});
