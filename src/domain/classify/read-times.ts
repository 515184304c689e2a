import type { PhraseMatcher } from "../language/phrases.ts";
import type { FieldReading } from "../language/reading.ts";
import { readDates } from "./dates.ts";
import { addDays, type DayRange, dayIn, monthOf, weekdayOf, wholeMonth, wholeYear, yearOf } from "./days.ts";
import { byToken, longest, touches } from "./places.ts";
import type { TimeCue, TimeCues, TimeUnit } from "./time-cues.ts";
import type { FoundCue, TimeMention, TimeReading } from "./time-mention.ts";

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
  return timesOf(timeReading(field, pack.times, today), periods);
}

/** Looks for the cues of a field, leaving out those inside a phrase that only looks like one («on the same day»). */
export function timeReading(field: FieldReading, cues: TimeCues, today: string | null): TimeReading {
  const all = cues.find(field.tokens);
  const masked = byToken(all.filter(({ payload }) => payload.kind === "mask"));
  const found = masked.size === 0 ? all : all.filter((cue) => !touches(cue, masked));
  const years = found.filter(({ payload }) => payload.kind === "yearWord" || payload.kind === "span");
  return { field, cues, found, years: byToken(years), numbers: byToken(field.numbers), today };
}

/** The times of a field in order of place: the longest wording where several overlap, a period that takes in a date. */
export function timesOf(reading: TimeReading, periods?: PhraseMatcher<DayRange>): TimeMention[] {
  const named = (periods?.(reading.field.tokens) ?? []).map(
    ({ first, last, payload }): TimeMention => ({ first, last, ...payload, precision: "period", absolute: true }),
  );
  const dates = readDates(reading);
  const dated = byToken(dates.filter(({ precision }) => precision !== "year"));
  const relative = reading.found
    .flatMap((cue) => relativeTime(cue, reading) ?? [])
    .filter((mention) => !touches(mention, dated, mention.precision === "day" ? BESIDE : 0));
  return longest([...named, ...dates, ...relative]);
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
  const range = rangeOf(payload, today, () => numberIn(first, last, reading));
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

function numberIn(first: number, last: number, { field, numbers }: TimeReading): number | null {
  for (let at = first; at < last; at += 1) {
    const said = numbers.get(at)?.value ?? null;
    if (said !== null) return said;
  }
  const digits = field.tokens.slice(first, last).find((token) => token.kind === "digits");
  return digits ? Number(digits.folded) : null;
}
