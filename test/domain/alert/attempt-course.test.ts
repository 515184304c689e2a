import { describe, expect, it } from "vitest";
import { courseOf, endReason, GIVE_UP_AFTER_MS } from "../../../src/domain/alert/attempt-course.ts";

const failed = { delivered: false, status: 500, asksToStop: false };
const after = (tries: number, failingForMs = 0) => ({ tries, failingForMs, random: 0.5 });

describe("courseOf", () => {
  it("waits by the schedule and gives up after the tenth try", () => {
    expect(courseOf(failed, after(0))).toEqual({ outcome: "failed", nextAttemptInMs: 5_000, holdMs: null });
    expect(courseOf(failed, after(8))).toMatchObject({ outcome: "failed", nextAttemptInMs: 24 * 3_600_000 });
    expect(courseOf(failed, after(9))).toMatchObject({ outcome: "dead", nextAttemptInMs: null });
  });

  it("asks for nothing more after a delivery", () => {
    expect(courseOf({ ...failed, delivered: true, status: 200 }, after(3))).toEqual({
      outcome: "delivered",
      nextAttemptInMs: null,
      holdMs: null,
    });
  });

  it("holds an endpoint back that does not answer, the longer the longer it fails", () => {
    const silent = { ...failed, status: null };
    expect(courseOf(silent, after(0)).holdMs).toBe(1_000);
    expect(courseOf(silent, after(1, 60_000)).holdMs).toBe(15_000);
    expect(courseOf(silent, after(5, 24 * 3_600_000)).holdMs).toBe(300_000);
  });

  it("holds an endpoint back that says it has too much, as long as it asks", () => {
    expect(courseOf({ ...failed, status: 429, retryAfterMs: 30_000 }, after(0)).holdMs).toBe(30_000);
    expect(courseOf({ ...failed, status: 500, retryAfterMs: 30_000 }, after(0)).holdMs).toBeNull();
  });
});

describe("endReason", () => {
  it("ends an endpoint that is gone, asks for it, or has failed for five days", () => {
    expect(endReason({ ...failed, status: 410 }, 0)).toContain("410");
    expect(endReason({ ...failed, delivered: true, status: 204, asksToStop: true }, 0)).toContain("disable");
    expect(endReason(failed, GIVE_UP_AFTER_MS)).toContain("5 days");
    expect(endReason(failed, GIVE_UP_AFTER_MS - 1)).toBeNull();
    expect(endReason({ ...failed, delivered: true }, GIVE_UP_AFTER_MS)).toBeNull();
  });
});
