import { expect, test } from "vitest";
import { mayReturn } from "../../../src/domain/feed/returning-text.ts";

const HOUR = 3_600_000;
const at = (hours: number) => new Date(Date.parse("2022-09-15T00:00:00Z") + hours * HOUR);

test("a text taken back, and back again, is believed at once", () => {
  expect(mayReturn({ count: 0, last: null }, at(0))).toBe(true);
  expect(mayReturn({ count: 1, last: at(0) }, at(0.01))).toBe(true);
});

test("one that goes on is believed later and later, and never not at all", () => {
  const waits = [2, 3, 4, 5, 50].map((count) => {
    for (let hours = 0; hours < 100; hours += 1) if (mayReturn({ count, last: at(0) }, at(hours))) return hours;
    return null;
  });
  expect(waits).toEqual([1, 4, 24, 24, 24]);
});
