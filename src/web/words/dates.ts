import type { Language } from "./language.ts";

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", ar: "ar-u-nu-latn-ca-gregory" };

type Style = "time" | "timeWithYear" | "day" | "full" | "utc";

const TIME: Intl.DateTimeFormatOptions = {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};
const TIME_WITH_YEAR: Intl.DateTimeFormatOptions = { ...TIME, year: "numeric" };

const OPTIONS: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  time: TIME,
  timeWithYear: TIME_WITH_YEAR,
  day: { day: "numeric", month: "short", year: "numeric" },
  full: { dateStyle: "full", timeStyle: "long" },
  utc: { ...TIME_WITH_YEAR, timeZone: "UTC" },
};
const formats = new Map<string, Intl.DateTimeFormat>();

/** A date in the reader's zone ("time": with the year where it is not this one, "day", "full") or in UTC ("utc"). */
export function dateText(language: Language, at: Date, style: Style): string {
  const known = formatOf(language, style === "time" && isOfAnotherYear(at) ? "timeWithYear" : style);
  const text = known.format(at);
  return style === "utc" ? `${text} UTC` : text;
}

/** "16 Sept, 08:10" would be taken for a time of this year. */
const isOfAnotherYear = (at: Date): boolean => at.getFullYear() !== new Date().getFullYear();

function formatOf(language: Language, style: Style): Intl.DateTimeFormat {
  const key = `${language} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(LOCALES[language], OPTIONS[style]);
  formats.set(key, format);
  return format;
}

/** A day that is given as such («2022-09-14»), the same in every zone. */
export function dayText(language: Language, day: string): string {
  return dateText(language, new Date(`${day}T12:00:00`), "day");
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
];

/** How long ago, or in how long: "3 minutes ago". */
export function agoText(language: Language, at: Date, now: Date): string {
  let amount = (at.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(language === "ar" ? "ar-u-nu-latn" : "en", { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) return format.format(Math.round(amount), unit);
    amount /= size;
  }
  return dateText(language, at, "day");
}

/** The beginning of a day («2022-09-14») in the reader's zone, or of one after it, as a moment; undefined of anything else. */
export function dayAt(day: string, later: number): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(day))
    return undefined;
  return new Date(year, month - 1, date + later).toISOString();
}
