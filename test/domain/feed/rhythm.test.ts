import { expect, test } from "vitest";
import { intervalFor, rhythmOf, silentAfterSeconds } from "../../../src/domain/feed/rhythm.ts";

const HOUR = 3600;
const bounds = { minimumIntervalSeconds: 60, maximumIntervalSeconds: 86_400 };
const every = (seconds: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => index * seconds * 1000);

test("a feed of an item every ten minutes is polled every five", () => {
  const rhythm = rhythmOf(every(600, 50));
  expect(rhythm).toEqual({ typicalGapSeconds: 600, longGapSeconds: 600 });
  expect(rhythm && intervalFor(rhythm, bounds)).toBe(300);
});

test("the interval stays within its bounds", () => {
  expect(intervalFor({ typicalGapSeconds: 40 }, bounds)).toBe(60);
  expect(intervalFor({ typicalGapSeconds: 30 * 86_400 }, bounds)).toBe(86_400);
});

test("items that appear together are one publication, and their order does not matter", () => {
  const times = every(HOUR, 10).flatMap((time) => [time + 5000, time]);
  expect(rhythmOf(times)?.typicalGapSeconds).toBe(HOUR - 5);
});

test("few items tell nothing", () => {
  expect(rhythmOf([])).toBeNull();
  expect(rhythmOf(every(HOUR, 5))).toBeNull();
});

test("nights are no silence, several days of a daily feed are", () => {
  const weekOfDays = Array.from({ length: 7 }, (_, day) =>
    every(HOUR, 12).map((time) => time + day * 86_400_000),
  ).flat();
  const rhythm = rhythmOf(weekOfDays);
  expect(rhythm && silentAfterSeconds(rhythm)).toBeGreaterThan(20 * HOUR);
  expect(silentAfterSeconds({ typicalGapSeconds: 86_400, longGapSeconds: 86_400 })).toBe(4 * 86_400);
});

test("dates without an hour tell nothing of a rhythm", () => {
  const days = every(86_400, 8).flatMap((day) => Array.from({ length: 12 }, () => day));
  expect(rhythmOf(days)).toBeNull();
});
