import { foldText, originalStart } from "./folding.ts";
import type { NumberRoles } from "./number-lexicon.ts";
import { type FoundWord, lookUp } from "./number-lookup.ts";
import type { ReadNumber } from "./number-parts.ts";
import { singularAt } from "./number-persons.ts";
import { foundNumber, noteNumber, readWhole, type Scan } from "./number-scan.ts";

/** Reads the number, quantity or single person that begins with the word at a token; the token behind it, or null. */
export function readFromWord(scan: Scan, at: number): number | null {
  const { tokens, lexicon, found } = scan;
  if (!lexicon.opens(tokens[at]!.word)) return null;
  const word = lookUp(tokens, at, lexicon);
  if (word?.roles.skip) return at + word.length;
  const before = found.length;
  const last = readNumberWord(scan, at, word);
  if (last !== null) {
    if (word !== null && word.clitic > 0 && found.length > before) freeOfClitic(scan, before, word.clitic);
    return last;
  }
  const singular = singularAt(tokens, at, found.at(-1)?.last ?? 0, lexicon);
  if (singular === null) return null;
  // between the article and the noun stands an age
  const age = singular.first > at ? readWhole(scan, at + 1) : null;
  if (age !== null) noteNumber(scan, at + 1, age);
  found.push(foundNumber(scan, singular.first, singular.last, 1, "singular"));
  if (singular.clitic > 0) freeOfClitic(scan, before, singular.clitic);
  return singular.last;
}

function readNumberWord(scan: Scan, at: number, word: FoundWord | null): number | null {
  if (word?.roles.minus) return readNegative(scan, at, at + word.length);
  if (word?.roles.pronoun && isPronoun(scan, at)) return at + 1;
  const number = readWhole(scan, at) ?? oneUnit(scan, at, word);
  if (number !== null) return noteNumber(scan, at, number);
  return word?.roles.vague ? readVague(scan, at, at + word.length, word.roles.vague) : null;
}

/** Lets a number begin behind the clitic of its first word: «وجنديان» carries «جنديان». */
function freeOfClitic({ found, original }: Scan, index: number, clitic: number): void {
  const number = found[index]!;
  const text = foldText(original.slice(number.start, number.end));
  found[index] = { ...number, start: number.start + originalStart(text, clitic) };
}

function readNegative(scan: Scan, at: number, from: number): number | null {
  const number = readWhole(scan, from) ?? articleNumber(scan, from);
  return number === null ? null : noteNumber(scan, at, { ...number, value: -number.value });
}

/** Behind "minus" an article is the number one. */
function articleNumber({ tokens, lexicon }: Scan, at: number): ReadNumber | null {
  const word = lookUp(tokens, at, lexicon);
  if (!word?.roles.article || !word.roles.add) return null;
  return { value: word.roles.add.value, form: "words", unit: 1, last: at + word.length };
}

/** «Более тысячи», «около сотни»: a multiplier that is vague alone is one unit behind words that compare. */
function oneUnit({ tokens, lexicon }: Scan, at: number, word: FoundWord | null): ReadNumber | null {
  const { vague, times } = word?.roles ?? {};
  if (!word || !vague || times === undefined || tokens[at]!.gap === "\n") return null;
  if (!lexicon.unitBehind.has(tokens[at - 1]?.folded ?? "")) return null;
  return { value: times, form: "words", unit: times, last: at + word.length };
}

function isPronoun({ tokens, lexicon }: Scan, at: number): boolean {
  const before = tokens[at - 1];
  if (before?.kind !== "word" || tokens[at]!.gap === "\n") return false;
  // "said that one serviceman was wounded"
  if (tokens[at + 1]?.forms.some((form) => lexicon.persons.singular.has(form))) return false;
  return before.forms.some((form) => lexicon.pronounAfter.has(form));
}

/** "dozens", "tens of thousands", «عشرات الآلاف»: bounds, and the multiplier behind them. */
function readVague(scan: Scan, at: number, from: number, { low, high }: NonNullable<NumberRoles["vague"]>): number {
  const { tokens, lexicon } = scan;
  const linked = tokens[from]?.kind === "word" && lexicon.vagueLinks.has(tokens[from]!.folded) ? from + 1 : from;
  const times = tokens[linked]?.gap === "\n" ? null : lookUp(tokens, linked, lexicon);
  const multiplied = times?.roles.times !== undefined && !times.joined;
  const unit = multiplied ? times.roles.times! : 1;
  const last = multiplied ? linked + times.length : from;
  scan.found.push({
    ...foundNumber(scan, at, last, null, "vague", unit),
    ...(low === undefined ? {} : { low: low * unit }),
    ...(high === undefined ? {} : { high: high * unit }),
  });
  return last;
}
