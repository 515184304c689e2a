import type { PhraseMatcher } from "../language/phrases.ts";
import type { FieldReading } from "../language/reading.ts";
import { readDates } from "./dates.ts";
import { addDays, type DayRange, dayIn, monthOf, weekdayOf, wholeMonth, wholeYear, yearOf } from "./days.ts";
import type { TimeCue, TimeCues, TimeUnit } from "./time-cues.ts";

/** A time that a text names: tokens `first` to `last` (exclusive), days inclusive, null where it does not say. */
export interface TimeMention extends DayRange {
  readonly first: number;
  readonly last: number;
  readonly precision: TimeUnit | "period" | "vague" | "now";
  /** It says the year itself, or names a period: it does not hang on the day of publication. */
  readonly absolute: boolean;
}

/** A cue as found: tokens `first` to `last` (exclusive). */
export interface FoundCue<C extends TimeCue = TimeCue> {
  readonly first: number;
  readonly last: number;
  readonly payload: C;
}

/** What reading the times of a field takes. */
export interface TimeReading {
  readonly field: FieldReading;
  readonly cues: TimeCues;
  /** All cues of the field, so that they are looked for once. */
  readonly found: readonly FoundCue[];
  /** The local day of publication, or null. */
  readonly today: string | null;
}

/** «Tuesday, 13 September»: a day of the week this close to a date is the date's. */
const BESIDE = 2;

/** Looks for the cues of a field and reads its times. */
export function readTimes(
  field: FieldReading,
  pack: { readonly times: TimeCues },
  published: string | null,
  timezone: string,
  periods?: PhraseMatcher<DayRange>,
): TimeMention[] {
  const today = published === null ? null : dayIn(published, timezone);
  return timesOf({ field, cues: pack.times, found: findTimeCues(field, pack.times), today }, periods);
}

/** The cues of a field without those inside a phrase that only looks like one («the first day», «on the same day»). */
export function findTimeCues(field: FieldReading, cues: TimeCues): FoundCue[] {
  const found = cues.find(field.tokens);
  const masks = found.filter(({ payload }) => payload.kind === "mask");
  return masks.length === 0 ? found : found.filter((cue) => !masks.some((mask) => overlaps(mask, cue)));
}

/** The times of a field in order of place: the longest wording where several overlap. */
export function timesOf(reading: TimeReading, periods?: PhraseMatcher<DayRange>): TimeMention[] {
  const named = (periods?.(reading.field.tokens) ?? []).map(
    ({ first, last, payload }): TimeMention => ({ first, last, ...payload, precision: "period", absolute: true }),
  );
  const dates = readDates(reading);
  const relative = reading.found.flatMap((cue) => relativeTime(cue, reading) ?? []);
  const beside = (mention: TimeMention) => (mention.precision === "day" ? BESIDE : 0);
  const inDates = (mention: TimeMention) =>
    dates.some(
      (date) =>
        date.precision !== "year" &&
        date.first < mention.last + beside(mention) &&
        mention.first < date.last + beside(mention),
    );
  return withoutOverlaps([...named, ...dates, ...relative.filter((mention) => !inDates(mention))]);
}

/** A period that takes in a date («the 2020 war») stands for it; otherwise what begins first. */
function withoutOverlaps(mentions: TimeMention[]): TimeMention[] {
  const sorted = mentions.sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
  const kept: TimeMention[] = [];
  for (const mention of sorted) if (!kept.some((other) => overlaps(other, mention))) kept.push(mention);
  return kept.sort((a, b) => a.first - b.first);
}

function overlaps(a: { first: number; last: number }, b: { first: number; last: number }): boolean {
  return a.first < b.last && b.first < a.last;
}

function relativeTime({ first, last, payload }: FoundCue, reading: TimeReading): TimeMention | null {
  const { today } = reading;
  if (payload.kind === "past") {
    return {
      first,
      last,
      from: null,
      to: today === null ? null : addDays(today, -730),
      precision: "vague",
      absolute: true,
    };
  }
  if (payload.kind === "now") return { first, last, from: null, to: null, precision: "now", absolute: false };
  if (today === null) return null;
  const range = rangeOf(payload, today, () => numberIn(first, last, reading.field));
  return range && { first, last, ...range, absolute: false };
}

function rangeOf(
  cue: TimeCue,
  today: string,
  count: () => number | null,
): (DayRange & { precision: TimeMention["precision"] }) | null {
  if (cue.kind === "day") return { ...oneDay(addDays(today, cue.offset)), precision: "day" };
  if (cue.kind === "weekday")
    return { ...oneDay(addDays(today, -((weekdayOf(today) - cue.day + 7) % 7))), precision: "day" };
  if (cue.kind === "span") return { ...spanOf(cue.unit, cue.offset, today), precision: cue.unit };
  if (cue.kind === "ago") return { ...agoOf(cue.unit, count(), today), precision: cue.unit };
  return null;
}

function oneDay(day: string): DayRange {
  return { from: day, to: day };
}

function spanOf(unit: "week" | "month" | "year", offset: number, today: string): DayRange {
  if (unit === "year") return wholeYear(yearOf(today) + offset);
  if (unit === "month") return monthsFrom(today, offset);
  const monday = addDays(today, 1 - weekdayOf(today) + 7 * offset);
  return offset === 0 ? { from: addDays(today, -7), to: today } : { from: monday, to: addDays(monday, 6) };
}

function monthsFrom(today: string, offset: number): DayRange {
  const months = yearOf(today) * 12 + monthOf(today) - 1 + offset;
  return wholeMonth(Math.floor(months / 12), (months % 12) + 1);
}

function agoOf(unit: TimeUnit, count: number | null, today: string): DayRange {
  if (unit === "year")
    return count === null ? { from: null, to: addDays(today, -365) } : wholeYear(yearOf(today) - count);
  if (unit === "month") return count === null ? { from: null, to: addDays(today, -31) } : monthsFrom(today, -count);
  const days = (count ?? 2) * (unit === "week" ? 7 : 1);
  return unit === "week"
    ? { from: addDays(today, -days - 3), to: addDays(today, -days + 3) }
    : oneDay(addDays(today, -days));
}

function numberIn(first: number, last: number, field: FieldReading): number | null {
  const said = field.numbers.find((number) => number.value !== null && number.first < last && first < number.last);
  if (said) return said.value;
  const digits = field.tokens.slice(first, last).find((token) => token.kind === "digits");
  return digits ? Number(digits.folded) : null;
}
