import { describe, expect, test } from "vitest";
import type { PollWishes } from "../../../src/domain/feed/parsed-feed.ts";
import { type FreshnessHeaders, publisherWait } from "../../../src/domain/feed/publisher-wish.ts";

const now = Date.parse("2022-09-15T10:20:00Z"); // a Thursday
const none: PollWishes = { skipHours: [], skipDays: [] };
const wait = (headers: FreshnessHeaders, wishes: Partial<PollWishes> = {}): number =>
  publisherWait(headers, { ...none, ...wishes }, now);

describe("freshness", () => {
  test.each<[FreshnessHeaders, number]>([
    [{}, 0],
    [{ cacheControl: "public, max-age=300" }, 300],
    [{ cacheControl: "max-age=300", age: "120" }, 180],
    [{ cacheControl: "max-age=300", age: "900" }, 0],
    [{ cacheControl: "no-cache, max-age=300" }, 0],
    [{ cacheControl: "s-maxage=900" }, 0],
    [{ cacheControl: "max-age=31536000" }, 3600],
    [{ expires: "Thu, 15 Sep 2022 10:25:00 GMT" }, 300],
    [{ expires: "Thu, 15 Sep 2022 10:25:00 GMT", date: "Thu, 15 Sep 2022 10:24:00 GMT" }, 60],
    [{ expires: "0" }, 0],
    [{ cacheControl: "max-age=60", expires: "Thu, 15 Sep 2022 10:50:00 GMT" }, 60],
  ])("of %j is %d s", (headers, seconds) => {
    expect(wait(headers)).toBe(seconds);
  });
});

describe("the feed's own wishes", () => {
  test("the longest counts", () => {
    expect(wait({ cacheControl: "max-age=60" }, { ttlMinutes: 15 })).toBe(900);
    expect(wait({ cacheControl: "max-age=1800" }, { ttlMinutes: 15 })).toBe(1800);
    expect(wait({}, { ttlMinutes: 100_000 })).toBe(86_400);
  });

  test("hours and days to be spared are spared", () => {
    expect(wait({}, { skipHours: [10, 11] })).toBe(6000);
    expect(wait({}, { skipDays: [4] })).toBe((13 * 60 + 40) * 60);
    expect(wait({ cacheControl: "max-age=3600" }, { skipHours: [11] })).toBe(6000);
    expect(wait({}, { skipHours: [3] })).toBe(0);
  });

  test("a feed that spares all hours is asked nevertheless", () => {
    expect(wait({}, { skipHours: Array.from({ length: 24 }, (_, hour) => hour) })).toBe(0);
  });
});
