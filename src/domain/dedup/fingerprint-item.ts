import type { EntityMention } from "../classify/entities.ts";
import type { StoryReading } from "../revision-reader.ts";
import type { CopyRules } from "./copy-rules.ts";
import { type Fingerprint, fingerprint } from "./fingerprint.ts";

/**
 * The fingerprint of an item that was read for every story: its names and figures are those of all stories together.
 * @param canonical the canonical URL; null where the item has none.
 * @throws Error when no story is configured.
 */
export function fingerprintItem(
  readings: readonly StoryReading[],
  canonical: string | null,
  rules: CopyRules,
): Fingerprint {
  const reading = readings[0]?.context.reading;
  if (!reading) throw new Error("no story is configured");
  const fields = reading.fields.map((field, place) => ({ reading: field, entities: namesIn(readings, place) }));
  const tolls = readings.flatMap(({ analysis }) => analysis.figures);
  return fingerprint({ lang: reading.lang, fields, url: namesItem(canonical) ? canonical : null, tolls }, rules);
}

/** The names of all stories in one field, in order of place. */
function namesIn(readings: readonly StoryReading[], place: number): readonly EntityMention[] {
  const mentions = readings.flatMap(({ context }) => context.fields[place]?.entities ?? []);
  return readings.length > 1 ? mentions.sort((one, other) => one.first - other.first) : mentions;
}

/** A site's front page is the address of many items. */
function namesItem(canonical: string | null): boolean {
  return canonical !== null && !/^[a-z]+:\/\/[^/]*\/?$/.test(canonical);
}
