import { z } from "zod";
import { foldPhrase } from "../domain/language/folding.ts";
import type { ContextCue, NumberLexicon, WordLexicon } from "../domain/language/number-lexicon.ts";
import { opensNumber } from "../domain/language/number-lookup.ts";
import { compilePhrases, type Phrase } from "../domain/language/phrases.ts";
import { rememberByWord } from "../domain/language/words.ts";
import { compileForms } from "./number-forms.ts";

const words = z.array(z.string().min(1)).default([]);
const forms = z
  .string()
  .min(1)
  .transform((text) =>
    text
      .split(",")
      .map((form) => form.trim())
      .filter((form) => form !== ""),
  );
const formsByValue = z.record(z.string().regex(/^\d+(\.\d+)?$/, "expected a number as key"), forms).default({});
const reasons = z.enum([
  "date",
  "year",
  "hour",
  "age",
  "duration",
  "ordinal",
  "article",
  "unit-name",
  "weapon",
  "percentage",
  "money",
  "score",
  "distance",
  "coordinate",
  "phone",
  "name",
  "times",
  "summit",
  "other",
  "counted",
]);

/** `config/languages/<iso>/numbers.yaml`. Forms of one value are separated by commas; a form may have several words. */
export const numbersSchema = z.strictObject({
  stopHours: z.boolean().default(false),
  agesInCommas: z.boolean().default(false),
  decimal: z.enum([".", ","]).default("."),
  thousands: z
    .string()
    .regex(/^[.,]*$/, "full stops and commas that part thousands; spaces always may")
    .default(""),
  joiners: words,
  joining: z.enum(["required", "allowed"]).default("allowed"),
  abbreviated: words,
  joinedSmall: z.array(z.number()).default([]),
  unitsFirst: z.boolean().default(false),
  words: formsByValue,
  rooms: z.record(z.string(), z.number().int().positive()).default({}),
  collectives: formsByValue,
  scales: formsByValue,
  parts: formsByValue,
  plus: formsByValue,
  vague: z.array(z.strictObject({ words: forms, low: z.number().optional(), high: z.number().optional() })).default([]),
  vagueLinks: words,
  ordinals: formsByValue,
  ordinalStems: formsByValue,
  ordinalStemEndings: words,
  over: formsByValue,
  minus: words,
  articles: words,
  pronouns: words,
  pronounAfter: words,
  unitBehind: words,
  weekdays: words,
  skip: words,
  inside: words,
  never: words,
  endings: words,
  ordinalSuffixes: words,
  glue: z.boolean().default(false),
  attached: formsByValue,
  countsBefore: words,
  capitalised: words,
  ordinalStop: z.boolean().default(false),
  ordinalEndings: words,
  ranges: z
    .strictObject({ to: words, or: words, between: words, and: words, behind: words, changeFrom: words, change: words })
    .prefault({}),
  persons: z
    .strictObject({
      articles: words,
      bare: z.boolean().default(false),
      definite: words,
      ages: words,
      beside: z.strictObject({ nouns: words, verbs: words }).prefault({}),
      singular: words,
      dual: words,
      dualEndings: words,
      dualNominative: words,
      dualDuration: words,
      dualForms: words,
    })
    .prefault({}),
  none: z.strictObject({ before: words, after: words }).prefault({}),
  before: z.partialRecord(reasons, words).default({}),
  after: z.partialRecord(reasons, words).default({}),
});

export type NumbersFile = z.output<typeof numbersSchema>;

/** Compiles the file into look-up tables keyed by folded words. */
export function compileNumbers(data: NumbersFile): NumberLexicon {
  const words = compileWords(data);
  return {
    ...words,
    opens: rememberByWord((word) => opensNumber(word, words)),
    decimal: data.decimal,
    thousands: data.thousands,
    stopHours: data.stopHours,
    agesInCommas: data.agesInCommas,
    abbreviated: folded(data.abbreviated),
    joinedSmall: new Set(data.joinedSmall),
    unitsFirst: data.unitsFirst,
    attached: new Map(
      Object.entries(data.attached).flatMap(([value, list]) => list.map((form) => [foldPhrase(form), Number(value)])),
    ),
    countsBefore: folded(data.countsBefore),
    capitalised: folded(data.capitalised),
    ordinalStop: data.ordinalStop,
    ordinalEndings: folded(data.ordinalEndings),
    pronounAfter: folded(data.pronounAfter),
    unitBehind: folded(data.unitBehind),
    vagueLinks: folded(data.vagueLinks),
    ranges: {
      to: folded(data.ranges.to),
      or: folded(data.ranges.or),
      between: folded(data.ranges.between),
      and: folded(data.ranges.and),
      behind: folded(data.ranges.behind),
      changeFrom: folded(data.ranges.changeFrom),
      change: compilePhrases(marked(data.ranges.change)),
    },
    none: { before: compilePhrases(marked(data.none.before)), after: compilePhrases(marked(data.none.after)) },
    before: compilePhrases([...cues(data.before), ...data.weekdays.map(weekday)]),
    after: compilePhrases(cues(data.after)),
  };
}

function compileWords(data: NumbersFile): WordLexicon {
  const { entries, glued } = compileForms(data);
  return {
    entries,
    glued,
    gluedStarts: new Set([...glued.keys()].map((stem) => stem.slice(0, 2))),
    joiners: folded(data.joiners),
    joining: data.joining,
    persons: {
      articles: folded(data.persons.articles),
      bare: data.persons.bare,
      definite: data.persons.definite.map(foldPhrase),
      ages: folded(data.persons.ages),
      beside: { nouns: folded(data.persons.beside.nouns), verbs: folded(data.persons.beside.verbs) },
      singular: folded(data.persons.singular),
    },
  };
}

function folded(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(foldPhrase));
}

function marked(phrases: readonly string[]): Phrase<true>[] {
  return phrases.map((phrase) => ({ phrase, payload: true }));
}

function weekday(phrase: string): Phrase<ContextCue> {
  return { phrase, payload: { reason: "date", weekday: true } };
}

function* cues(lists: NumbersFile["before"]): Generator<Phrase<ContextCue>> {
  for (const [reason, phrases] of Object.entries(lists))
    for (const phrase of phrases ?? []) yield { phrase, payload: { reason: reason as ContextCue["reason"] } };
}
