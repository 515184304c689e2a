import type { Token } from "../language/tokens.ts";
import { addDays, type DayRange, isoDay, wholeMonth, wholeYear, yearOf } from "./days.ts";
import { byToken } from "./places.ts";
import type { TimeCue } from "./time-cues.ts";
import type { FoundCue, TimeMention, TimeReading } from "./time-mention.ts";

type MonthCue = FoundCue<Extract<TimeCue, { kind: "month" }>>;
const YEAR = /^(?:19\d\d|20[0-4]\d)$/;
/** How far past the day of publication a date without a year may lie. */
const AHEAD_DAYS = 45;

/** The dates of a field: with a month by name, in figures, and bare years. */
export function readDates(reading: TimeReading): TimeMention[] {
  const months = reading.found.filter((cue): cue is MonthCue => cue.payload.kind === "month");
  const named = yearsFilledIn(monthDates(months, reading), reading.today);
  return [...named, ...figureDates(reading, byToken(named))];
}

interface MonthDate {
  readonly first: number;
  readonly last: number;
  readonly month: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly year: number | null;
  /** Years from that of publication («in May of last year»). */
  readonly yearOffset: number | null;
}

function monthDates(months: readonly MonthCue[], reading: TimeReading): MonthDate[] {
  const dates: MonthDate[] = [];
  for (const cue of months) {
    const before = dates.at(-1);
    if (before && cue.first < before.last) continue;
    const date = monthDate(cue, reading, before?.last ?? 0);
    if (!date) continue;
    // «مايو/أيار»: the same month in its two names
    if (before && before.month === date.month && onlySlash(reading.field.tokens, before.last, cue.first)) {
      dates[dates.length - 1] = {
        ...before,
        last: date.last,
        year: before.year ?? date.year,
        yearOffset: before.yearOffset ?? date.yearOffset,
      };
      continue;
    }
    dates.push(date);
  }
  return dates;
}

function onlySlash(tokens: readonly Token[], from: number, to: number): boolean {
  return to - from === 1 && tokens[from]!.folded === "/";
}

function monthDate(cue: MonthCue, reading: TimeReading, floor: number): MonthDate | null {
  const { tokens } = reading.field;
  const { joins, dayAfterMonth } = reading.cues;
  const days = daysBefore(tokens, cue.first, joins) ?? (dayAfterMonth ? daysAfter(tokens, cue.last, joins) : null);
  const first = Math.min(cue.first, days?.first ?? cue.first);
  const last = Math.max(cue.last, days?.last ?? cue.last);
  const year = yearBeside(first, last, floor, reading);
  if (cue.payload.unsure && !days && !year) return null;
  return {
    first: Math.min(first, year?.first ?? first),
    last: Math.max(last, year?.last ?? last),
    month: cue.payload.month,
    from: days?.from ?? null,
    to: days?.to ?? null,
    year: year?.year ?? null,
    yearOffset: year?.offset ?? null,
  };
}

interface Days {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

function dayAt(token: Token | undefined): number | null {
  if (token?.kind !== "digits" || !/^\d{1,2}$/.test(token.folded)) return null;
  const day = Number(token.folded);
  return day >= 1 && day <= 31 ? day : null;
}

/** "13–14 September", "с 13 на 14 сентября", "13th of September". */
function daysBefore(tokens: readonly Token[], month: number, joins: ReadonlySet<string>): Days | null {
  let at = month - 1;
  while (at >= 0 && at >= month - 2 && (joins.has(tokens[at]!.folded) || isOrdinalEnding(tokens, at))) at -= 1;
  const to = dayAt(tokens[at]);
  if (to === null) return null;
  const earlier = tokens[at]!.gap === "-" ? at - 1 : joins.has(tokens[at - 1]?.folded ?? "") ? at - 2 : -1;
  const from = dayAt(tokens[earlier]);
  return { first: from !== null ? earlier : at, last: month, from: from !== null && from < to ? from : to, to };
}

/** "September 13-14", "sentyabrın 12-dən 13-nə". */
function daysAfter(tokens: readonly Token[], behind: number, joins: ReadonlySet<string>): Days | null {
  const isAbbreviated = tokens[behind]?.folded === "." && tokens[behind]!.gap === "";
  const month = isAbbreviated ? behind + 1 : behind;
  const from = dayAt(tokens[month]);
  if (from === null) return null;
  let next = month + 1;
  if (isOrdinalEnding(tokens, next)) next += 1;
  const later =
    tokens[next]?.gap === "-" || tokens[next]?.kind === "digits"
      ? next
      : joins.has(tokens[next]?.folded ?? "")
        ? next + 1
        : -1;
  const to = dayAt(tokens[later]);
  // a bare number behind the day is a count of something, unless a range is written
  const isRange =
    to !== null && to > from && (tokens[later]!.gap === "-" || later > next || tokens[month]!.suffix !== "");
  return { first: month, last: isRange ? later + 1 : month + 1, from, to: isRange ? to : from };
}

function isOrdinalEnding(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  return token?.kind === "word" && token.gap === "" && tokens[at - 1]?.kind === "digits" && token.folded.length <= 3;
}

/** A year or «of last year» on either side, over a comma or a word for year. */
function yearBeside(
  first: number,
  last: number,
  floor: number,
  reading: TimeReading,
): { first: number; last: number; year: number | null; offset: number | null } | null {
  const { tokens } = reading.field;
  const isFiller = (at: number) =>
    [",", ".", "(", "/"].includes(tokens[at]?.folded ?? "") ||
    reading.cues.joins.has(tokens[at]?.folded ?? "") ||
    isYearWord(at, reading);
  for (let after = last; after < Math.min(last + 3, tokens.length); after += 1) {
    const found = yearAt(after, reading);
    if (found) return { first, last: found.last, ...found.said };
    if (!isFiller(after)) break;
  }
  for (let before = first - 1; before >= Math.max(first - 3, floor); before -= 1) {
    const found = yearAt(before, reading);
    if (found) return { first: found.first, last, ...found.said };
    if (!isFiller(before)) break;
  }
  return null;
}

function yearAt(
  at: number,
  reading: TimeReading,
): { first: number; last: number; said: { year: number | null; offset: number | null } } | null {
  const token = reading.field.tokens[at];
  if (token?.kind === "digits" && YEAR.test(token.folded))
    return { first: at, last: at + 1, said: { year: Number(token.folded), offset: null } };
  const span = reading.years.get(at);
  if (span?.payload.kind !== "span" || span.payload.unit !== "year") return null;
  return { first: span.first, last: span.last, said: { year: null, offset: span.payload.offset } };
}

function isYearWord(at: number, reading: TimeReading): boolean {
  return reading.years.get(at)?.payload.kind === "yearWord";
}

/** A month without a year takes that of the date right before it, else the latest that publication allows. */
function yearsFilledIn(dates: readonly MonthDate[], today: string | null): TimeMention[] {
  const mentions: TimeMention[] = [];
  let said: { year: number; month: number; last: number } | null = null;
  for (const date of dates) {
    const own = date.year ?? (date.yearOffset !== null && today !== null ? yearOf(today) + date.yearOffset : null);
    const inherited = said !== null && date.first - said.last < 25 && date.month >= said.month ? said.year : null;
    const year = own ?? inherited ?? latestYear(date, today);
    if (year === null) continue;
    if (own !== null) said = { year: own, month: date.month, last: date.last };
    const range = rangeOf(date, year);
    mentions.push({
      first: date.first,
      last: date.last,
      ...range,
      precision: date.to === null ? "month" : "day",
      absolute: date.year !== null,
    });
  }
  return mentions;
}

function latestYear(date: MonthDate, today: string | null): number | null {
  if (today === null) return null;
  const limit = addDays(today, AHEAD_DAYS);
  const year = yearOf(today);
  for (const candidate of [year + 1, year]) {
    const { from } = rangeOf(date, candidate);
    if (from !== null && from <= limit) return candidate;
  }
  return year - 1;
}

function rangeOf(date: MonthDate, year: number): DayRange {
  const whole = wholeMonth(year, date.month);
  if (date.from === null || date.to === null) return whole;
  return { from: isoDay(year, date.month, date.from) ?? whole.from, to: isoDay(year, date.month, date.to) ?? whole.to };
}

/** "13.09.2022", "2022-09-13", "13/9/2022", and years that stand alone. */
function figureDates(reading: TimeReading, taken: ReadonlyMap<number, unknown>): TimeMention[] {
  const { tokens } = reading.field;
  const mentions: TimeMention[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (taken.has(at) || tokens[at]!.kind !== "digits") continue;
    const date = dottedDate(tokens, at) ?? partedDate(tokens, at);
    if (date) {
      mentions.push({ first: at, last: date.last, from: date.day, to: date.day, precision: "day", absolute: true });
      at = date.last - 1;
      continue;
    }
    const years = yearsAt(at, reading);
    if (!years) continue;
    mentions.push(years);
    at = years.last - 1;
  }
  return mentions;
}

function dottedDate(tokens: readonly Token[], at: number): { last: number; day: string } | null {
  const match = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(tokens[at]!.folded);
  const day = match && isoDay(Number(match[3]), Number(match[2]), Number(match[1]));
  return day ? { last: at + 1, day } : null;
}

function partedDate(tokens: readonly Token[], at: number): { last: number; day: string } | null {
  const [a, b, c] = partsOf(tokens, at);
  if (a === undefined || b === undefined || c === undefined) return null;
  const day = a > 31 ? isoDay(a, b, c) : c > 1900 ? (isoDay(c, b, a) ?? isoDay(c, a, b)) : null;
  if (!day) return null;
  return { last: at + (tokens[at + 1]!.folded === "/" ? 5 : 3), day };
}

function partsOf(tokens: readonly Token[], at: number): number[] {
  const step = tokens[at + 1]?.folded === "/" ? 2 : 1;
  const parts = [tokens[at], tokens[at + step], tokens[at + 2 * step]];
  const joined = step === 2 ? tokens[at + 3]?.folded === "/" : parts[1]?.gap === "-" && parts[2]?.gap === "-";
  if (!joined || !parts.every((part) => part?.kind === "digits" && /^\d{1,4}$/.test(part.folded))) return [];
  return parts.map((part) => Number(part!.folded));
}

function yearsAt(at: number, reading: TimeReading): TimeMention | null {
  const { tokens } = reading.field;
  if (!isYear(at, reading)) return null;
  const year = Number(tokens[at]!.folded);
  const next = tokens[at + 1];
  const until =
    next?.kind === "digits" && next.gap === "-" && YEAR.test(next.folded) && Number(next.folded) > year
      ? Number(next.folded)
      : null;
  return {
    first: at,
    last: until === null ? at + 1 : at + 2,
    from: wholeYear(year).from,
    to: wholeYear(until ?? year).to,
    precision: "year",
    absolute: true,
  };
}

/** A number is a year when the reading of numbers says so, or nothing is known of it that speaks against. */
function isYear(at: number, reading: TimeReading): boolean {
  const token = reading.field.tokens[at]!;
  if (!YEAR.test(token.folded)) return false;
  const number = reading.numbers.get(at);
  if (number) return number.notFigure === "year" || number.notFigure === "date" || number.notFigure === "name";
  return token.folded !== "2000";
}
