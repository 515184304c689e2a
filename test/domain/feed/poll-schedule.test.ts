import { describe, expect, it } from "vitest";
import { failureWait, nextInterval } from "../../../src/domain/feed/poll-schedule.ts";

const bounds = { minimumIntervalSeconds: 60, maximumIntervalSeconds: 86_400 };

describe("nextInterval", () => {
  it("shortens while a feed brings something, lengthens while it does not", () => {
    expect(nextInterval({ intervalSeconds: 300, newItems: 3 }, bounds)).toBeLessThan(300);
    expect(nextInterval({ intervalSeconds: 300, newItems: 0 }, bounds)).toBeGreaterThan(300);
  });

  it("stays within its bounds", () => {
    expect(nextInterval({ intervalSeconds: 60, newItems: 9 }, bounds)).toBe(60);
    expect(nextInterval({ intervalSeconds: 86_400, newItems: 0 }, bounds)).toBe(86_400);
  });

  it("honours the publisher's wish", () => {
    expect(nextInterval({ intervalSeconds: 60, newItems: 9, notBeforeSeconds: 900 }, bounds)).toBe(900);
  });
});

describe("failureWait", () => {
  it("grows with every failure and never passes the longest interval", () => {
    const waits = [0, 1, 2, 5, 40].map((failures) => failureWait(failures, "temporary", bounds, 0.5));
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(waits.at(-1)).toBeLessThanOrEqual(86_400);
  });

  it("weighs what will not pass by itself more", () => {
    expect(failureWait(0, "hard", bounds, 0.5)).toBeGreaterThan(failureWait(0, "soft", bounds, 0.5));
    expect(failureWait(0, "soft", bounds, 0.5)).toBeGreaterThan(failureWait(0, "temporary", bounds, 0.5));
  });
});
