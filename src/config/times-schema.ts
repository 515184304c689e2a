import { z } from "zod";
import { TIME_UNITS, type TimeCue, type TimeCues } from "../domain/classify/time-cues.ts";
import { foldPhrase } from "../domain/language/folding.ts";
import { compilePhrases, type Phrase } from "../domain/language/phrases.ts";
import { phraseList } from "./phrase-list.ts";

const none = () => [] as string[];
const list = phraseList.optional().transform((phrases) => phrases ?? none());
const numbered = z.record(z.string().regex(/^-?\d+$/, "a whole number"), phraseList).default({});
const units = z.partialRecord(z.enum(TIME_UNITS), phraseList).default({});

/** `config/languages/<iso>/times.yaml` */
export const timesSchema = z.strictObject({
  months: numbered,
  unsure: list,
  dayAfterMonth: z.boolean().default(false),
  joins: list,
  yearWords: list,
  weekdays: numbered,
  days: numbered,
  spans: z.strictObject({ week: numbered, month: numbered, year: numbered }).partial().default({}),
  ago: units,
  now: list,
  past: list,
  since: list,
  sinceEndings: list,
  after: list,
  most: list,
  relative: list,
  named: list,
  asOf: list,
  reports: list,
  rites: list,
  notTimes: list,
});

type TimesFile = z.output<typeof timesSchema>;

/** Compiles a language's words of time. Throws an Error that names a malformed phrase. */
export function compileTimes(file: TimesFile): TimeCues {
  return {
    find: compilePhrases(cuesOf(file)),
    dayAfterMonth: file.dayAfterMonth,
    joins: new Set(file.joins.map(foldPhrase)),
    sinceEndings: file.sinceEndings.map(foldPhrase),
    compares: file.since.length > 0 && file.most.length > 0,
  };
}

function cuesOf(file: TimesFile): Phrase<TimeCue>[] {
  const unsure = new Set(file.unsure);
  return [
    ...eachNumbered(file.months, (month, phrase) => ({ kind: "month", month, unsure: unsure.has(phrase) })),
    ...eachNumbered(file.weekdays, (day) => ({ kind: "weekday", day })),
    ...eachNumbered(file.days, (offset) => ({ kind: "day", offset })),
    ...(["week", "month", "year"] as const).flatMap((unit) =>
      eachNumbered(file.spans[unit] ?? {}, (offset) => ({ kind: "span", unit, offset })),
    ),
    ...TIME_UNITS.flatMap((unit) => tagged(file.ago[unit] ?? [], { kind: "ago", unit })),
    ...tagged(file.now, { kind: "now" }),
    ...tagged(file.past, { kind: "past" }),
    ...tagged(file.since, { kind: "since" }),
    ...tagged(file.after, { kind: "after" }),
    ...tagged(file.most, { kind: "most" }),
    ...tagged(file.relative, { kind: "relative" }),
    ...tagged(file.named, { kind: "named" }),
    ...tagged([...file.asOf, ...file.reports], { kind: "report" }),
    ...tagged(file.rites, { kind: "rite" }),
    ...tagged(file.notTimes, { kind: "mask" }),
    ...tagged(file.yearWords, { kind: "yearWord" }),
  ];
}

function tagged(phrases: readonly string[], payload: TimeCue): Phrase<TimeCue>[] {
  return phrases.map((phrase) => ({ phrase, payload }));
}

function eachNumbered(
  table: Record<string, string[]>,
  cue: (value: number, phrase: string) => TimeCue,
): Phrase<TimeCue>[] {
  return Object.entries(table).flatMap(([value, phrases]) =>
    phrases.map((phrase) => ({ phrase, payload: cue(Number(value), phrase) })),
  );
}
