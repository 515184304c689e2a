import type { PollWishes } from "./parsed-feed.ts";
import type { RawFeed } from "./raw-feed.ts";

const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MINUTES_OF_WEEK = 7 * 24 * 60;

/** Reads what a publisher asks of those who poll (RSS 2.0 ttl, skipHours, skipDays; the syndication module as ttl). */
export function readWishes(raw: Pick<RawFeed, "ttl" | "skipHours" | "skipDays">): PollWishes {
  const ttl = Number.parseFloat(raw.ttl ?? "");
  return {
    ...(ttl > 0 && ttl <= MINUTES_OF_WEEK ? { ttlMinutes: ttl } : {}),
    skipHours: unique(raw.skipHours.map((hour) => (/^\s*\d{1,2}\s*$/.test(hour) ? Number(hour) % 24 : -1))),
    skipDays: unique(raw.skipDays.map((day) => DAYS.indexOf(day.trim().toLowerCase()))),
  };
}

/** Those that cannot be read are left out; a list that leaves no time at all was not meant. */
function unique(numbers: readonly number[]): number[] {
  const known = [...new Set(numbers.filter((number) => number >= 0))].sort((a, b) => a - b);
  return known;
}
