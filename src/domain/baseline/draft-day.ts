import type { Span } from "../claims/claim.ts";
import { addDays, dayIn, weekdayOf } from "../classify/days.ts";
import { readTimes, timeReading } from "../classify/read-times.ts";
import type { FoundCue } from "../classify/time-mention.ts";
import type { ItemContext } from "../item-context.ts";

/** The day on which an article appeared, and what it was taken from. */
export interface ArticleDay {
  readonly day: string;
  readonly because: string;
}

interface Anchor {
  readonly offset: number;
  readonly weekday: number;
  readonly words: string;
}

/** A day that a sentence names, for a claim in it. */
export interface SaidOn {
  readonly day: string;
  readonly words: string;
}

/** Tells of a span the day that its sentence names for it, not later than the day of publication. */
export type SaidOnReader = (span: Pick<Span, "field" | "start">) => SaidOn | null;

/** Reads the days of an article once: of those in a claim's sentence the latest, for one speaks after what happened. */
export function saidOnReader({ reading, pack, story, timezone, item }: ItemContext): SaidOnReader {
  const days = reading.fields.flatMap((field) =>
    readTimes(field, pack, item.published, timezone, story.periods).flatMap(({ precision, from, first, last }) => {
      const [start, end] = [field.tokens[first]?.start ?? 0, field.tokens[last - 1]?.end ?? 0];
      const words = field.original.slice(start, end);
      return precision === "day" && from !== null ? [{ field: field.field, day: from, start, end, words }] : [];
    }),
  );
  const today = item.published === null ? null : dayIn(item.published, timezone);
  return ({ field, start }) => {
    const sentence = reading.fields
      .find((one) => one.field === field)
      ?.sentences.find((one) => start >= one.start && start < one.end);
    if (!sentence || today === null) return null;
    return days
      .filter((one) => one.field === field && one.start >= sentence.start && one.end <= sentence.end)
      .reduce<SaidOn | null>((latest, one) => (one.day <= today && one.day > (latest?.day ?? "") ? one : latest), null);
  };
}

/** A week later every day of the week comes again. */
const WEEK = 7;

/**
 * The day of publication of an article that does not give it: the first day from the latest full date in the text on,
 * or else from the beginning of the story's window, that fits "today, Thursday" and "yesterday, Wednesday". Null where
 * the text has neither such a pair nor a full date within the window.
 */
export function dayFromText({ reading, pack, story, timezone }: ItemContext): ArticleDay | null {
  const { window } = story;
  const anchors = reading.fields.flatMap((field) =>
    anchorsOf(timeReading(field, pack.times, null).found, field.original, field.tokens),
  );
  const dates = reading.fields
    .flatMap((field) => readTimes(field, pack, null, timezone, story.periods))
    .flatMap(({ precision, from }) => (precision === "day" && from !== null ? [from] : []))
    .filter((day) => day >= window.from && day <= window.to);
  const latest = dates.sort().at(-1);
  if (anchors.length === 0)
    return latest === undefined ? null : { day: latest, because: "the latest full date that the text gives" };
  const from = latest ?? window.from;
  const day = firstThatFits(from, anchors);
  if (day === null) return null;
  const words = [...new Set(anchors.map((anchor) => anchor.words))].map((one) => `«${one}»`).join(", ");
  return { day, because: `${words} from ${from} on` };
}

/** Two cues that touch, of which one counts from today and the other names the day of the week. */
function anchorsOf(
  found: readonly FoundCue[],
  original: string,
  tokens: readonly { readonly start: number; readonly end: number }[],
): Anchor[] {
  return found.flatMap((cue): Anchor[] => {
    if (cue.payload.kind !== "day") return [];
    const beside = found.find(
      (other) => other.payload.kind === "weekday" && distance(cue, other) >= 0 && distance(cue, other) <= 1,
    );
    if (beside?.payload.kind !== "weekday") return [];
    const first = tokens[Math.min(cue.first, beside.first)];
    const last = tokens[Math.max(cue.last, beside.last) - 1];
    if (!first || !last) return [];
    const words = original.slice(first.start, last.end);
    return [{ offset: cue.payload.offset, weekday: beside.payload.day, words }];
  });
}

function distance(one: FoundCue, other: FoundCue): number {
  return one.first < other.first ? other.first - one.last : one.first - other.last;
}

function firstThatFits(from: string, anchors: readonly Anchor[]): string | null {
  for (let step = 0; step < WEEK; step += 1) {
    const day = addDays(from, step);
    if (anchors.every(({ offset, weekday }) => weekdayOf(addDays(day, offset)) === weekday)) return day;
  }
  return null;
}
