import { expect, test, vi } from "vitest";
import type { Setback } from "../../src/ledger/clock-setback.ts";
import { startClockWatch } from "../../src/telemetry/clock-watch.ts";

const NOTHING: Setback = { feeds: 0, hosts: 0, revisions: 0, deliveries: 0 };
const START = Date.parse("2022-09-16T10:00:00Z");

function watched(repair: (now: Date) => Promise<Setback>) {
  let setBy = 0;
  const jumps: number[] = [];
  const errors: unknown[] = [];
  const begun = performance.now();
  const monotonic = () => performance.now() - begun;
  const watch = startClockWatch({
    now: () => new Date(START + monotonic() + setBy),
    monotonic,
    repair,
    onJump: ({ seconds }) => jumps.push(seconds),
    onError: (error) => errors.push(error),
    everyMs: 5,
  });
  const set = (ms: number): void => {
    setBy += ms;
  };
  return { watch, jumps, errors, set };
}

test("a clock set back is told once and repaired", async () => {
  const repairs: string[] = [];
  const { watch, jumps, set } = watched(async (now) => {
    repairs.push(now.toISOString().slice(0, 13));
    return NOTHING;
  });
  set(-3600_000);
  await vi.waitFor(() => expect(jumps).toEqual([-3600]));
  await new Promise((resolve) => setTimeout(resolve, 30));
  await watch.stop();
  expect(jumps).toEqual([-3600]);
  expect(repairs).toEqual(["2022-09-16T09"]);
});

test("a clock set ahead is told, and needs no repair", async () => {
  const repair = vi.fn(async () => NOTHING);
  const { watch, jumps, set } = watched(repair);
  set(7200_000);
  await vi.waitFor(() => expect(jumps).toEqual([7200]));
  await watch.stop();
  expect(repair).not.toHaveBeenCalled();
});

test("a small step is no jump", async () => {
  const { watch, jumps, set } = watched(async () => NOTHING);
  set(-900);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await watch.stop();
  expect(jumps).toEqual([]);
});

test("a repair that failed is tried again", async () => {
  let tries = 0;
  const { watch, jumps, errors, set } = watched(async () => {
    tries += 1;
    if (tries === 1) throw new Error("the ledger is away");
    return NOTHING;
  });
  set(-60_000);
  await vi.waitFor(() => expect(jumps).toEqual([-60]));
  await watch.stop();
  expect(errors).toHaveLength(1);
});
