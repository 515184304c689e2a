import type { StoryReading } from "../revision-reader.ts";

/**
 * How far from an item its copies are looked for, in milliseconds: the longest window of the stories it belongs to; of an
 * item that belongs to none, the shortest there is, because nothing comes of its copies.
 * @throws Error when no story is configured.
 */
export function copyWindow(readings: readonly Pick<StoryReading, "story" | "analysis">[]): number {
  if (readings.length === 0) throw new Error("no story is configured");
  const windows = (some: typeof readings): number[] => some.map(({ story }) => story.copyWindowMs);
  const own = windows(readings.filter(({ analysis }) => analysis.relevance.relevant));
  return own.length > 0 ? Math.max(...own) : Math.min(...windows(readings));
}
