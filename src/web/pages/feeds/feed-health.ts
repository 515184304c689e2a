import type { z } from "zod";
import type { feedsShown } from "../../../api/feed-listing.ts";
import type { feedActivity, feedShown, probedFeed } from "../../../api/feed-shown.ts";
import type { FeedState } from "../../../domain/feed/feed-state.ts";

export type Feed = z.output<typeof feedShown>;
export type Feeds = z.output<typeof feedsShown>;
export type Activity = z.output<typeof feedActivity>;
export type Probed = z.output<typeof probedFeed>;

export const STATE_TONES = {
  failing: "danger",
  gone: "danger",
  silent: "warning",
  new: "notice",
  ok: "good",
  paused: "neutral",
  removed: "neutral",
} as const satisfies Record<FeedState, string>;

/** Whether a feed is asked by itself; one that is gone waits to be resumed. */
export function isPolled({ configured, paused, status }: Feed): boolean {
  return configured && !paused && status !== "gone";
}

/** What kind of trouble a feed has, as the words know it; null where it has none. */
export function troubleOf({ status, lastCode, lastError, lastStatus }: Feed): string | null {
  if (lastError === null && status !== "gone") return null;
  if (status === "gone" || lastStatus === 410) return "gone";
  if (lastCode !== null && lastCode !== "status") return lastCode;
  if (lastStatus === 401 || lastStatus === 403 || lastStatus === 451) return "forbidden";
  if (lastStatus === 404) return "missing";
  if (lastStatus === 429) return "overasked";
  if (lastStatus !== null && lastStatus >= 500) return "server";
  return lastStatus === null ? "other" : "status";
}

export const SORTS = ["state", "name", "items", "newest", "next"] as const;
export type Sort = (typeof SORTS)[number];

export function sumOf(counts: readonly number[] | undefined): number {
  return (counts ?? []).reduce((sum, count) => sum + count, 0);
}

/** Seconds in words' units: the largest unit in which the number is at least one and a half, or the smallest. */
export function roundSpan(seconds: number): { amount: number; unit: "second" | "minute" | "hour" | "day" } {
  const units = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ] as const;
  for (const [unit, size] of units) if (seconds >= size * 1.5) return { amount: Math.round(seconds / size), unit };
  return { amount: Math.max(1, Math.round(seconds)), unit: "second" };
}
