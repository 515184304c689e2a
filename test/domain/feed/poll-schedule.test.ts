import { describe, expect, it } from "vitest";
import { failureWait, hastened, nextInterval, type PollFinding } from "../../../src/domain/feed/poll-schedule.ts";

const bounds = { minimumIntervalSeconds: 60, maximumIntervalSeconds: 86_400 };
const finding = (more: Partial<PollFinding>): PollFinding => ({
  intervalSeconds: 300,
  first: false,
  newItems: 0,
  typicalGapSeconds: null,
  quietSeconds: 0,
  ...more,
});
const typicalGapSeconds = 1200;

describe("nextInterval", () => {
  it("leaves a new feed where all begin, whatever its first poll brings", () => {
    expect(nextInterval(finding({ first: true, newItems: 40, typicalGapSeconds }), bounds)).toBe(300);
  });

  it("follows the feed's own rhythm where that is known", () => {
    expect(nextInterval(finding({ typicalGapSeconds, newItems: 3 }), bounds)).toBe(600);
    expect(nextInterval(finding({ typicalGapSeconds, newItems: 0, quietSeconds: 3600 }), bounds)).toBe(600);
  });

  it("slows down with a feed that has been quiet for days", () => {
    expect(nextInterval(finding({ typicalGapSeconds, quietSeconds: 4 * 86_400 }), bounds)).toBe((4 * 86_400) / 24 / 2);
  });

  it("without a rhythm shortens while a feed brings something, lengthens while it does not", () => {
    expect(nextInterval(finding({ newItems: 3 }), bounds)).toBeLessThan(300);
    expect(nextInterval(finding({ newItems: 0 }), bounds)).toBeGreaterThan(300);
  });

  it("stays within its bounds", () => {
    expect(nextInterval(finding({ intervalSeconds: 60, newItems: 9 }), bounds)).toBe(60);
    expect(nextInterval(finding({ intervalSeconds: 86_400 }), bounds)).toBe(86_400);
    expect(nextInterval(finding({ typicalGapSeconds: 10 }), bounds)).toBe(60);
  });
});

describe("hastened", () => {
  it("is a third of the interval, and not below the least", () => {
    expect(hastened(900, bounds)).toBe(300);
    expect(hastened(90, bounds)).toBe(60);
    expect(hastened(60, bounds)).toBe(60);
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
