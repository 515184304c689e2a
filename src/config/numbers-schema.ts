import { z } from "zod";
import { foldPhrase } from "../domain/language/folding.ts";
import type { ContextCue, NumberLexicon, NumberRoles } from "../domain/language/number-lexicon.ts";
import { compilePhrases, type Phrase } from "../domain/language/phrases.ts";

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
  decimal: z.enum([".", ","]).default("."),
  thousands: z
    .string()
    .regex(/^[.,]*$/)
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
  skip: words,
  inside: words,
  never: words,
  endings: words,
  ordinalSuffixes: words,
  glue: z.boolean().default(false),
  attached: formsByValue,
  ordinalEndings: words,
  ranges: z
    .strictObject({ to: words, between: words, and: words, behind: words, changeFrom: words, change: words })
    .prefault({}),
  persons: z
    .strictObject({
      articles: words,
      definite: words,
      singular: words,
      dual: words,
      dualEndings: words,
      dualNominative: words,
      dualForms: words,
    })
    .prefault({}),
  before: z.partialRecord(reasons, words).default({}),
  after: z.partialRecord(reasons, words).default({}),
});

type NumbersFile = z.output<typeof numbersSchema>;

/** How much may be added behind a value: 10 behind 20, 100 behind 300, nothing behind 13. */
function roomBehind(value: number): number {
  if (value === 0 || !Number.isInteger(value)) return 0;
  let room = 1;
  while (value % (room * 10) === 0) room *= 10;
  return value === 10 ? 1 : room;
}

/** Compiles the file into look-up tables keyed by folded words. */
export function compileNumbers(data: NumbersFile): NumberLexicon {
  const table = new Map<string, { rest: readonly string[]; roles: NumberRoles }[]>();
  const glued = new Map<string, NumberRoles>();
  const put = (form: string, roles: NumberRoles): void => addEntry(table, form, roles);
  for (const [form, roles] of baseForms(data)) {
    put(form, roles);
    if (data.glue && !form.includes(" ") && (roles.add || roles.times)) glued.set(foldPhrase(form), roles);
    if (form.includes(" ") || !(roles.add || roles.times)) continue;
    for (const ending of data.endings) put(form + ending, roles);
    const value = roles.add?.value ?? roles.times;
    for (const ending of data.ordinalSuffixes) put(form + ending, { ordinal: value! });
  }
  for (const [form, roles] of otherForms(data)) put(form, roles);
  for (const form of data.inside) addRole(table, form, { inside: true });
  for (const form of data.articles) addRole(table, form, { article: true });
  for (const form of data.pronouns) addRole(table, form, { pronoun: true });
  for (const form of data.never) table.delete(foldPhrase(form));
  return {
    decimal: data.decimal,
    thousands: data.thousands,
    entries: table,
    glued,
    gluedStarts: new Set([...glued.keys()].map((stem) => stem.slice(0, 2))),
    joiners: folded(data.joiners),
    joining: data.joining,
    abbreviated: folded(data.abbreviated),
    joinedSmall: new Set(data.joinedSmall),
    unitsFirst: data.unitsFirst,
    attached: new Map(
      Object.entries(data.attached).flatMap(([value, list]) => list.map((form) => [foldPhrase(form), Number(value)])),
    ),
    ordinalEndings: folded(data.ordinalEndings),
    pronounAfter: folded(data.pronounAfter),
    vagueLinks: folded(data.vagueLinks),
    ranges: {
      to: folded(data.ranges.to),
      between: folded(data.ranges.between),
      and: folded(data.ranges.and),
      behind: folded(data.ranges.behind),
      changeFrom: folded(data.ranges.changeFrom),
      change: compilePhrases(data.ranges.change.map((phrase) => ({ phrase, payload: true as const }))),
    },
    persons: {
      articles: folded(data.persons.articles),
      definite: data.persons.definite.map(foldPhrase),
      singular: folded(data.persons.singular),
    },
    before: compilePhrases(cues(data.before)),
    after: compilePhrases(cues(data.after)),
  };
}

function folded(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(foldPhrase));
}

function* cues(lists: NumbersFile["before"]): Generator<Phrase<ContextCue>> {
  for (const [reason, phrases] of Object.entries(lists))
    for (const phrase of phrases ?? []) yield { phrase, payload: { reason: reason as ContextCue["reason"] } };
}

/** Values and multipliers: the forms that take endings. */
function* baseForms(data: NumbersFile): Generator<[string, NumberRoles]> {
  for (const [key, list] of Object.entries(data.words)) {
    const add = { value: Number(key), room: data.rooms[key] ?? roomBehind(Number(key)), form: "words" } as const;
    for (const form of list) yield [form, { add }];
  }
  for (const [key, list] of Object.entries(data.scales)) for (const form of list) yield [form, { times: Number(key) }];
}

function* otherForms(data: NumbersFile): Generator<[string, NumberRoles]> {
  for (const [key, list] of Object.entries(data.collectives))
    for (const form of list) yield [form, { add: { value: Number(key), room: 0, form: "collective" } }];
  for (const role of ["parts", "plus", "ordinals", "over"] as const) {
    const name = ({ parts: "part", plus: "plus", ordinals: "ordinal", over: "over" } as const)[role];
    for (const [key, list] of Object.entries(data[role]))
      for (const form of list) yield [form, { [name]: Number(key) }];
  }
  for (const [key, list] of Object.entries(data.ordinalStems))
    for (const stem of list)
      for (const ending of data.ordinalStemEndings) yield [stem + ending, { ordinal: Number(key) }];
  for (const { words: list, low, high } of data.vague)
    for (const form of list)
      yield [form, { vague: { ...(low === undefined ? {} : { low }), ...(high === undefined ? {} : { high }) } }];
  for (const form of data.skip) yield [form, { skip: true }];
  for (const form of data.minus) yield [form, { minus: true }];
  const dual: NumberRoles = { add: { value: 2, room: 0, form: "dual" } };
  const { dualEndings, dualNominative, dualForms } = data.persons;
  for (const noun of data.persons.dual) for (const ending of dualEndings) yield [dualOf(noun, ending), dual];
  // The other ending of these nouns is their plural's too.
  for (const noun of dualNominative) yield [dualOf(noun, dualEndings[0] ?? ""), dual];
  for (const form of dualForms) yield [form, dual];
}

/** The feminine ending opens before a dual ending: «مدرسة» → «مدرستين». */
function dualOf(noun: string, ending: string): string {
  return (noun.endsWith("ة") ? `${noun.slice(0, -1)}ت` : noun) + ending;
}

function addEntry(
  table: Map<string, { rest: readonly string[]; roles: NumberRoles }[]>,
  form: string,
  roles: NumberRoles,
): void {
  const [first = "", ...rest] = foldPhrase(form).split(/[\s'-]+/);
  const entries = table.get(first) ?? [];
  const same = entries.find((entry) => entry.rest.join(" ") === rest.join(" "));
  if (same) same.roles = { ...roles, ...same.roles };
  else entries.push({ rest, roles });
  entries.sort((a, b) => b.rest.length - a.rest.length);
  table.set(first, entries);
}

function addRole(
  table: Map<string, { rest: readonly string[]; roles: NumberRoles }[]>,
  form: string,
  roles: NumberRoles,
): void {
  const entry = table.get(foldPhrase(form))?.find(({ rest }) => rest.length === 0);
  if (entry) entry.roles = { ...entry.roles, ...roles };
}
