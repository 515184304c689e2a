/** Bounds for the time between two polls of a feed, in seconds. */
export interface PollBounds {
  readonly minimumIntervalSeconds: number;
  readonly maximumIntervalSeconds: number;
}

/** What a poll found. */
export interface PollFinding {
  readonly intervalSeconds: number;
  readonly newItems: number;
  /** The publisher's wish (TTL, Cache-Control, Expires): not sooner than this. */
  readonly notBeforeSeconds?: number | undefined;
}

const FASTER = 0.6;
const SLOWER = 1.25;
/** Failures double the interval up to this many times. */
const MOST_DOUBLINGS = 10;

/** The next interval: shorter while a feed brings something new, longer while it does not, within bounds and the publisher's wish. */
export function nextInterval(finding: PollFinding, bounds: PollBounds): number {
  const wanted = finding.intervalSeconds * (finding.newItems > 0 ? FASTER : SLOWER);
  const bounded = Math.min(Math.max(wanted, bounds.minimumIntervalSeconds), bounds.maximumIntervalSeconds);
  return Math.min(Math.max(bounded, finding.notBeforeSeconds ?? 0), bounds.maximumIntervalSeconds);
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
