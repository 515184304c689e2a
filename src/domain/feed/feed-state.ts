/** How a feed does, in one word; what needs somebody first. */
export const FEED_STATES = ["failing", "gone", "silent", "new", "ok", "paused", "removed"] as const;
export type FeedState = (typeof FEED_STATES)[number];

/** What the state of a feed is told by. */
export interface FeedHealth {
  readonly configured: boolean;
  readonly paused: boolean;
  readonly status: "new" | "ok" | "failing" | "gone";
  readonly silent: boolean;
}

/** `removed` is no longer in the list; a feed that is paused is not judged. */
export function feedState({ configured, paused, status, silent }: FeedHealth): FeedState {
  if (!configured) return "removed";
  if (paused) return "paused";
  if (status === "ok") return silent ? "silent" : "ok";
  return status;
}
