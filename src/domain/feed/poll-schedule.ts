import { intervalFor } from "./rhythm.ts";

/** Bounds for the time between two polls of a feed, in seconds. */
export interface PollBounds {
  readonly minimumIntervalSeconds: number;
  readonly maximumIntervalSeconds: number;
}

/** What a poll found. */
export interface PollFinding {
  /** The interval up to now: of a new feed, where all begin. */
  readonly intervalSeconds: number;
  /** The first poll of a feed: whatever it brings was there before, so it tells nothing of what comes. */
  readonly first: boolean;
  readonly newItems: number;
  /** Of its rhythm, seconds; null where there are too few items to tell. */
  readonly typicalGapSeconds: number | null;
  /** Since the feed last brought something new. */
  readonly quietSeconds: number;
}

const FASTER = 0.6;
const SLOWER = 1.25;
/** Failures double the interval up to this many times. */
const MOST_DOUBLINGS = 10;
/** While its story moves, a feed is asked after this share of its interval. */
export const IN_MOTION_SHARE = 1 / 3;
/** A feed that has been quiet for long is taken as one that publishes this often in that time. */
const TIMES_IN_QUIET = 24;

/**
 * The next interval, in seconds: what the feed's rhythm asks for; without a known rhythm shorter while the feed brings
 * something new, longer while it does not; always within bounds.
 */
export function nextInterval(finding: PollFinding, bounds: PollBounds): number {
  const { intervalSeconds, first, newItems, typicalGapSeconds, quietSeconds } = finding;
  if (first) return within(intervalSeconds, bounds);
  if (typicalGapSeconds === null) return within(intervalSeconds * (newItems > 0 ? FASTER : SLOWER), bounds);
  return intervalFor({ typicalGapSeconds: Math.max(typicalGapSeconds, quietSeconds / TIMES_IN_QUIET) }, bounds);
}

/** The interval while the feed's story is in motion: a part of its own, and still within bounds. */
export function hastened(intervalSeconds: number, bounds: PollBounds): number {
  return Math.max(Math.min(intervalSeconds, bounds.minimumIntervalSeconds), intervalSeconds * IN_MOTION_SHARE);
}

function within(seconds: number, { minimumIntervalSeconds, maximumIntervalSeconds }: PollBounds): number {
  return Math.min(Math.max(seconds, minimumIntervalSeconds), maximumIntervalSeconds);
}

/** How lasting a failure is: see the failure classes of the HTTP client. */
export type FailureWeight = "hard" | "soft" | "temporary";

const FIRST_WAIT: Record<FailureWeight, number> = { temporary: 1, soft: 2, hard: 8 };

/**
 * Seconds until a failing feed is tried again: exponential from the least interval, heavier for failures that will not
 * pass by themselves, with ±20 % jitter, never above the longest interval: a feed is never given up.
 *
 * @param failures failures in a row before this one
 * @param random a number from 0 to 1
 */
export function failureWait(failures: number, weight: FailureWeight, bounds: PollBounds, random: number): number {
  const doubled = bounds.minimumIntervalSeconds * FIRST_WAIT[weight] * 2 ** Math.min(failures, MOST_DOUBLINGS);
  const jittered = doubled * (0.8 + 0.4 * random);
  return Math.min(jittered, bounds.maximumIntervalSeconds);
}
