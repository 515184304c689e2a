import { foldPhrase } from "../domain/language/folding.ts";
import type { NumberEntry, NumberRoles } from "../domain/language/number-lexicon.ts";

type FormsByValue = Readonly<Record<string, readonly string[]>>;

/** The parts of `numbers.yaml` that list forms. */
export interface ListedForms {
  readonly words: FormsByValue;
  readonly rooms: Readonly<Record<string, number>>;
  readonly collectives: FormsByValue;
  readonly scales: FormsByValue;
  readonly parts: FormsByValue;
  readonly plus: FormsByValue;
  readonly over: FormsByValue;
  readonly ordinals: FormsByValue;
  readonly ordinalStems: FormsByValue;
  readonly vague: readonly {
    readonly words: readonly string[];
    readonly low?: number | undefined;
    readonly high?: number | undefined;
  }[];
  readonly glue: boolean;
  readonly persons: {
    readonly dual: readonly string[];
    readonly dualNominative: readonly string[];
    readonly dualForms: readonly string[];
    readonly dualDuration: readonly string[];
    readonly dualEndings: readonly string[];
  };
  readonly ordinalStemEndings: readonly string[];
  readonly ordinalSuffixes: readonly string[];
  readonly endings: readonly string[];
  readonly minus: readonly string[];
  readonly skip: readonly string[];
  readonly inside: readonly string[];
  readonly articles: readonly string[];
  readonly pronouns: readonly string[];
  readonly never: readonly string[];
}

/** Forms by their first word; a later role of a form does not displace an earlier one. */
type Forms = Map<string, { rest: readonly string[]; roles: NumberRoles }[]>;

/** All forms that the number words of a language take, with endings, by first folded word, longest first. */
export function compileForms(data: ListedForms): {
  readonly entries: ReadonlyMap<string, readonly NumberEntry[]>;
  readonly glued: ReadonlyMap<string, NumberRoles>;
} {
  const forms: Forms = new Map();
  const glued = new Map<string, NumberRoles>();
  const endings = [...new Set(data.endings.map(foldPhrase))];
  const ordinalSuffixes = [...new Set(data.ordinalSuffixes.map(foldPhrase))];
  for (const [form, roles] of baseForms(data)) {
    addForm(forms, form, roles);
    if (form.includes(" ")) continue;
    const word = foldPhrase(form);
    if (data.glue) glued.set(word, roles);
    for (const ending of endings) addWord(forms, word + ending, [], roles);
    const ordinal: NumberRoles = { ordinal: roles.add?.value ?? roles.times ?? 0 };
    for (const ending of ordinalSuffixes) addWord(forms, word + ending, [], ordinal);
  }
  for (const [form, roles] of otherForms(data)) addForm(forms, form, roles);
  for (const form of data.inside) mark(forms, form, { inside: true });
  for (const form of data.articles) mark(forms, form, { article: true });
  for (const form of data.pronouns) mark(forms, form, { pronoun: true });
  for (const form of data.never) forms.delete(foldPhrase(form));
  for (const list of forms.values()) if (list.length > 1) list.sort((a, b) => b.rest.length - a.rest.length);
  return { entries: forms, glued };
}

function addForm(forms: Forms, form: string, roles: NumberRoles): void {
  const [first = "", ...rest] = foldPhrase(form).split(/[\s'-]+/);
  addWord(forms, first, rest, roles);
}

function addWord(forms: Forms, first: string, rest: readonly string[], roles: NumberRoles): void {
  const known = forms.get(first);
  if (known === undefined) {
    forms.set(first, [{ rest, roles }]);
    return;
  }
  const same = known.find(
    (entry) => entry.rest.length === rest.length && entry.rest.every((word, index) => word === rest[index]),
  );
  if (same) same.roles = { ...roles, ...same.roles };
  else known.push({ rest, roles });
}

function mark(forms: Forms, form: string, role: NumberRoles): void {
  const entry = forms.get(foldPhrase(form))?.find(({ rest }) => rest.length === 0);
  if (entry) entry.roles = { ...entry.roles, ...role };
}

/** How much may be added behind a value: 10 behind 20, 100 behind 300, nothing behind 13. */
function roomBehind(value: number): number {
  if (value === 0 || !Number.isInteger(value)) return 0;
  let room = 1;
  while (value % (room * 10) === 0) room *= 10;
  return value === 10 ? 1 : room;
}

/** Values and multipliers: the forms that take endings. */
function* baseForms(data: ListedForms): Generator<[string, NumberRoles]> {
  for (const [key, list] of Object.entries(data.words)) {
    const add = { value: Number(key), room: data.rooms[key] ?? roomBehind(Number(key)), form: "words" } as const;
    for (const form of list) yield [form, { add }];
  }
  for (const [key, list] of Object.entries(data.scales)) for (const form of list) yield [form, { times: Number(key) }];
}

function* otherForms(data: ListedForms): Generator<[string, NumberRoles]> {
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
  const { dualEndings, dualNominative, dualForms, dualDuration } = data.persons;
  const span: NumberRoles = { add: { value: 2, room: 0, form: "dual" }, reason: "duration" };
  for (const noun of dualDuration) for (const ending of dualEndings) yield [dualOf(noun, ending), span];
  for (const noun of data.persons.dual) for (const ending of dualEndings) yield [dualOf(noun, ending), dual];
  // The other ending of these nouns is their plural's too.
  for (const noun of dualNominative) yield [dualOf(noun, dualEndings[0] ?? ""), dual];
  for (const form of dualForms) yield [form, dual];
}

/** The feminine ending opens before a dual ending: «مدرسة» → «مدرستين». */
function dualOf(noun: string, ending: string): string {
  return (noun.endsWith("ة") ? `${noun.slice(0, -1)}ت` : noun) + ending;
}
