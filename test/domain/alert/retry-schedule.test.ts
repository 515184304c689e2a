import { describe, expect, it } from "vitest";
import { MOST_TRIES, retryDelay } from "../../../src/domain/alert/retry-schedule.ts";

const HOUR = 3_600_000;

describe("retryDelay", () => {
  it("spreads ten tries over 75.6 hours", () => {
    let total = 0;
    let tries = 1;
    for (let delay = retryDelay(tries, 0.5); delay !== null; delay = retryDelay(tries, 0.5)) {
      total += delay;
      tries += 1;
    }
    expect(tries).toBe(MOST_TRIES);
    expect(tries).toBe(10);
    expect(total / HOUR).toBeCloseTo(75.6, 1);
  });

  it("jitters by a fifth at most", () => {
    for (let tries = 1; tries < MOST_TRIES; tries += 1) {
      const middle = retryDelay(tries, 0.5) as number;
      expect(retryDelay(tries, 0)).toBe(Math.round(middle * 0.8));
      expect((retryDelay(tries, 1) as number) / middle).toBeCloseTo(1.2, 5);
    }
  });

  it("waits as long as the endpoint asks, up to a day, and never comes sooner for it", () => {
    expect(retryDelay(1, 0.5, 60_000)).toBe(60_000);
    expect(retryDelay(1, 0.5, 100 * HOUR)).toBe(24 * HOUR);
    expect(retryDelay(9, 0.5, 1000)).toBe(24 * HOUR);
    expect(retryDelay(1, 0.5, -1)).toBe(5000);
  });
});
