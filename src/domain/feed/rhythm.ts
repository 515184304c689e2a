/** How a feed publishes, drawn from when its items appeared. */
export interface Rhythm {
  /** Median seconds between two publications. */
  readonly typicalGapSeconds: number;
  /** A gap that only one publication in twenty exceeds, seconds. */
  readonly longGapSeconds: number;
}

const LEAST_GAPS = 5;
/** Items that share one time with many others (dates without an hour) say nothing of when they appeared. */
const LEAST_SHARE = 1 / 3;
/** Items that appear together are one publication. */
const TOGETHER_MS = 30_000;
const SILENT_GAPS = 4;
const LEAST_SILENCE_SECONDS = 24 * 3600;

/**
 * Draws the rhythm from the times of the latest items.
 * @param times epoch milliseconds, in any order.
 * @returns null where there are too few to tell.
 */
export function rhythmOf(times: readonly number[]): Rhythm | null {
  const sorted = [...times].sort((a, b) => a - b);
  const gaps = sorted
    .slice(1)
    .map((time, index) => time - (sorted[index] ?? time))
    .filter((gap) => gap > TOGETHER_MS)
    .sort((a, b) => a - b);
  if (gaps.length < LEAST_GAPS || gaps.length < sorted.length * LEAST_SHARE) return null;
  const at = (share: number): number => (gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? 0) / 1000;
  return { typicalGapSeconds: at(0.5), longGapSeconds: at(0.95) };
}

/**
 * Seconds without anything new after which a feed counts as silent: four times what is already long for it, and a day
 * at least, so that nights and week-ends are no silence.
 */
export function silentAfterSeconds(rhythm: Rhythm): number {
  return Math.max(LEAST_SILENCE_SECONDS, rhythm.longGapSeconds * SILENT_GAPS);
}

/** The interval that a rhythm asks for: half of its typical gap, so that most items are seen before the next one. */
export function intervalFor(
  rhythm: Pick<Rhythm, "typicalGapSeconds">,
  bounds: { minimumIntervalSeconds: number; maximumIntervalSeconds: number },
): number {
  return Math.min(Math.max(rhythm.typicalGapSeconds / 2, bounds.minimumIntervalSeconds), bounds.maximumIntervalSeconds);
}
