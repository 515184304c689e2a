import type { Language } from "../../words/language.ts";

const DAY = 86_400_000;
/** Days between two marks: the first that leaves them room. */
const STEPS = [1, 2, 3, 5, 7, 14, 28, 56, 112, 365];
const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", ar: "ar-u-nu-latn-ca-gregory" };

/** A stretch of time, in milliseconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The beginnings of days (in the reader's zone) that are marked where there is room for so many marks. */
export function dayMarks({ from, to }: Range, room: number): number[] {
  const days = (to - from) / DAY;
  const step = STEPS.find((one) => days / one <= Math.max(1, room)) ?? 365;
  const first = new Date(from);
  first.setHours(24, 0, 0, 0);
  const marks: number[] = [];
  for (const day = first; day.getTime() <= to; day.setDate(day.getDate() + step)) marks.push(day.getTime());
  return marks;
}

/** "14 Sep" */
export function dayMark(language: Language, at: number): string {
  return new Intl.DateTimeFormat(LOCALES[language], { day: "numeric", month: "short" }).format(at);
}
