import type { z } from "zod";
import type { feedActivity, feedShown, probedFeed } from "../../../api/feed-shown.ts";

export type Feed = z.output<typeof feedShown>;
export type Activity = z.output<typeof feedActivity>;
export type Probed = z.output<typeof probedFeed>;

/** How a feed does, in one word. */
export const FEED_STATES = ["failing", "gone", "silent", "new", "ok", "paused", "removed"] as const;
export type FeedState = (typeof FEED_STATES)[number];

export function feedState(feed: Feed): FeedState {
  if (!feed.configured) return "removed";
  if (feed.paused) return "paused";
  if (feed.status === "ok") return feed.silent ? "silent" : "ok";
  return feed.status;
}

export const STATE_TONES = {
  failing: "danger",
  gone: "danger",
  silent: "warning",
  new: "notice",
  ok: "good",
  paused: "neutral",
  removed: "neutral",
} as const satisfies Record<FeedState, string>;

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

/** What a list shows of all feeds: those that fit the words and the state, in order. */
export function listed(
  feeds: readonly Feed[],
  {
    words,
    state,
    sort,
    activity,
  }: { words: string; state: FeedState | null; sort: Sort; activity: Activity | undefined },
): Feed[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (feed: Feed) => {
    const text = `${feed.id} ${feed.source} ${feed.url} ${feed.lang}`.toLowerCase();
    return (state === null || feedState(feed) === state) && wanted.every((word) => text.includes(word));
  };
  const total = (feed: Feed) => sumOf(activity?.feeds[feed.id]);
  const time = (text: string | null) => (text === null ? 0 : Date.parse(text));
  const orders: Record<Sort, (a: Feed, b: Feed) => number> = {
    state: (a, b) => FEED_STATES.indexOf(feedState(a)) - FEED_STATES.indexOf(feedState(b)),
    name: () => 0,
    items: (a, b) => total(b) - total(a),
    newest: (a, b) => time(b.lastNewItemAt) - time(a.lastNewItemAt),
    next: (a, b) => time(a.nextFetchAt) - time(b.nextFetchAt),
  };
  return feeds
    .filter(fits)
    .sort((a, b) => orders[sort](a, b) || a.source.localeCompare(b.source) || a.id.localeCompare(b.id));
}

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
