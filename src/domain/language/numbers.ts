import { readDigits } from "./digits.ts";
import { foldText } from "./folding.ts";
import { contextOf, type NumberContext } from "./number-contexts.ts";
import type { NumberLexicon, NumberRoles } from "./number-lexicon.ts";
import { type FoundWord, lookUp, mayBeGlued } from "./number-lookup.ts";
import { shareContexts } from "./number-neighbours.ts";
import { type ReadNumber, readNumber, tidy } from "./number-parts.ts";
import { singularAt } from "./number-persons.ts";
import { joinRanges } from "./number-ranges.ts";
import type { NumberMention } from "./reading.ts";
import type { Token } from "./tokens.ts";

/** A number before it is known whether it can be a figure. */
export interface FoundNumber extends Omit<NumberMention, "notFigure" | "parts"> {
  /** The two numbers of a range. */
  readonly ends?: readonly FoundNumber[];
  /** The last multiplier: 1000 of "20 thousand"; 1 where there is none. */
  readonly unit: number;
  /** What the writing of the digits says by itself. */
  readonly sort: "number" | "hour" | "date" | "address" | "list";
}

/** Finds the numbers of a field and says which of them cannot be a figure. Linear in the number of tokens. */
export function readNumbers(tokens: readonly Token[], original: string, lexicon: NumberLexicon): NumberMention[] {
  const found: FoundNumber[] = [];
  for (let at = 0; at < tokens.length; ) {
    const last = readAt(found, tokens, at, original, lexicon);
    at = last ?? at + 1;
  }
  const numbers = joinRanges(found, tokens, lexicon);
  const contexts = numbers.map((number) => contextOf(number, tokens, original, lexicon));
  shareContexts(numbers, contexts, tokens, lexicon);
  return numbers.map((number, index) => mentionOf(number, contexts[index] ?? null));
}

/** Fields are named one by one: copying by rest and spread costs more than all the rest of the reading. */
function mentionOf(number: FoundNumber, context: NumberContext): NumberMention {
  const { value, low, high, form, first, last, start, end, ends } = number;
  const notFigure = context === "counted" ? null : context;
  if (ends === undefined && low === undefined && high === undefined)
    return { value, form, notFigure, first, last, start, end };
  return {
    value,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    form,
    notFigure,
    ...(ends === undefined ? {} : { parts: ends.map((part) => mentionOf(part, context)) }),
    first,
    last,
    start,
    end,
  };
}

/** Reads what begins at a token into `found`; the token behind it, or null where no number begins. */
function readAt(
  found: FoundNumber[],
  tokens: readonly Token[],
  at: number,
  original: string,
  lexicon: NumberLexicon,
): number | null {
  const token = tokens[at]!;
  if (token.kind === "punctuation") return null;
  if (token.kind === "digits") return readFromDigits(found, tokens, at, original, lexicon);
  const word = lookUp(tokens, at, lexicon);
  if (word?.roles.skip) return at + word.length;
  const before = found.length;
  const last = readWords(found, tokens, at, word, lexicon);
  if (word !== null && word.clitic > 0 && found.length > before) freeOfClitic(found, before, word.clitic, original);
  if (last !== null) return last;
  const singular = singularAt(tokens, at, found.at(-1)?.last ?? 0, lexicon);
  if (singular === null) return null;
  found.push(mention(tokens, singular.first, singular.last, 1, "singular"));
  if (singular.clitic > 0) freeOfClitic(found, before, singular.clitic, original);
  return singular.last;
}

/** Lets a number begin behind the clitic of its first word: «وجنديان» carries «جنديان». */
function freeOfClitic(found: FoundNumber[], index: number, clitic: number, original: string): void {
  const number = found[index]!;
  const { offsets } = foldText(original.slice(number.start, number.end));
  found[index] = { ...number, start: number.start + (offsets[clitic] ?? 0) };
}

function readWords(
  found: FoundNumber[],
  tokens: readonly Token[],
  at: number,
  word: FoundWord | null,
  lexicon: NumberLexicon,
): number | null {
  const token = tokens[at]!;
  if (word?.roles.minus) return readNegative(found, tokens, at, word.length, lexicon);
  if (word?.roles.pronoun && isPronoun(tokens, at, lexicon)) return at + 1;
  const number = word === null && !mayBeGlued(token.folded, lexicon) ? null : readNumber(tokens, at, lexicon);
  if (number !== null) return pushNumber(found, tokens, at, number, lexicon);
  if (word?.roles.vague) return readVague(found, tokens, at, word.length, word.roles.vague, lexicon);
  return null;
}

function readFromDigits(
  found: FoundNumber[],
  tokens: readonly Token[],
  at: number,
  original: string,
  lexicon: NumberLexicon,
): number | null {
  const number = readNumber(tokens, at, lexicon);
  if (number === null) return readPieces(found, tokens, at, lexicon);
  const power = number.last === at + 1 ? powerOfTen(tokens, at, number.value) : null;
  const ordinal = number.form === "digits" && power === null ? ordinalEnd(tokens, at, number.last, lexicon) : null;
  if (ordinal !== null) {
    found.push(mention(tokens, at, ordinal, number.value, "ordinal"));
    return ordinal;
  }
  const read = power === null ? number : { ...number, ...power };
  const sign = isMinus(tokens, at, original);
  return pushNumber(found, tokens, sign ? at - 1 : at, sign ? { ...read, value: -read.value } : read, lexicon);
}

function readPieces(found: FoundNumber[], tokens: readonly Token[], at: number, lexicon: NumberLexicon): number {
  const run = readDigits(tokens, at, lexicon);
  if (run.sort === "none") return run.last;
  const { start } = tokens[at]!;
  for (const piece of run.pieces) {
    const from = start + piece.at;
    found.push({
      value: piece.value,
      form: "digits",
      unit: 1,
      sort: run.sort,
      first: at,
      last: run.last,
      start: from,
      end: from + piece.length,
    });
  }
  return run.last;
}

/** "1e10", "12.32e+14", "1.3x10^6". */
function powerOfTen(tokens: readonly Token[], at: number, value: number): { value: number; last: number } | null {
  const letter = tokens[at + 1];
  if (letter?.gap !== "" || letter.kind !== "word" || (letter.folded !== "e" && letter.folded !== "x")) return null;
  const by10 = letter.folded === "x";
  if (by10 && (tokens[at + 2]?.folded !== "10" || tokens[at + 3]?.folded !== "^")) return null;
  let next = by10 ? at + 4 : at + 2;
  if (tokens[next]?.folded === "+") next += 1;
  const power = tokens[next];
  if (power?.kind !== "digits" || power.gap !== "" || power.folded.length > 2) return null;
  return { value: tidy(value * 10 ** Number(power.folded)), last: next + 1 };
}

/** A minus sign written onto digits, with nothing before it: "-5", but not "2020-5" nor a dash between words. */
function isMinus(tokens: readonly Token[], at: number, original: string): boolean {
  const sign = tokens[at - 1];
  if (sign?.folded !== "-" || tokens[at]!.gap !== "" || (original[sign.start] !== "-" && original[sign.start] !== "−"))
    return false;
  return (at === 1 || sign.gap === " " || sign.gap === "\n") && tokens[at - 2]?.kind !== "digits";
}

function readNegative(
  found: FoundNumber[],
  tokens: readonly Token[],
  at: number,
  length: number,
  lexicon: NumberLexicon,
): number | null {
  const number = readNumber(tokens, at + length, lexicon) ?? articleNumber(tokens, at + length, lexicon);
  if (number === null) return null;
  return pushNumber(found, tokens, at, { ...number, value: -number.value }, lexicon);
}

/** Behind "minus" an article is the number one. */
function articleNumber(tokens: readonly Token[], at: number, lexicon: NumberLexicon): ReadNumber | null {
  const word = lookUp(tokens, at, lexicon);
  if (!word?.roles.article || !word.roles.add) return null;
  return { value: word.roles.add.value, form: "words", unit: 1, last: at + word.length };
}

function pushNumber(
  found: FoundNumber[],
  tokens: readonly Token[],
  first: number,
  number: { value: number; form: NumberMention["form"]; unit: number; last: number },
  lexicon: NumberLexicon,
): number {
  const over = number.form === "ordinal" ? null : lookUp(tokens, number.last, lexicon);
  const by = over?.roles.over;
  const last = by === undefined ? number.last : number.last + over!.length;
  const value = by === undefined ? number.value : tidy(number.value / by);
  // A fraction of something is no count of it.
  found.push(mention(tokens, first, last, value, number.form, number.unit, by === undefined ? "number" : "list"));
  return last;
}

function mention(
  tokens: readonly Token[],
  first: number,
  last: number,
  value: number | null,
  form: NumberMention["form"],
  unit = 1,
  sort: FoundNumber["sort"] = "number",
): FoundNumber {
  const end = tokens[last - 1]!;
  return {
    value,
    form,
    unit,
    sort,
    first,
    last,
    start: tokens[first]!.start,
    end: form === "ordinal" ? end.end : end.stemEnd,
  };
}

/** The token behind an ordinal in digits ("63-й", "22nd", "20. yüzyıl"); null where the digits are no ordinal. */
function ordinalEnd(tokens: readonly Token[], at: number, last: number, lexicon: NumberLexicon): number | null {
  if (last !== at + 1) return null;
  const { suffix } = tokens[at]!;
  if (suffix !== "") return lexicon.ordinalEndings.has(suffix) ? last : null;
  const next = tokens[last];
  if (next?.gap === "" && next.kind === "word" && lexicon.ordinalEndings.has(next.folded)) return last + 1;
  return null;
}

function isPronoun(tokens: readonly Token[], at: number, lexicon: NumberLexicon): boolean {
  const before = tokens[at - 1];
  return (
    before !== undefined &&
    before.gap !== "\n" &&
    before.kind === "word" &&
    before.forms.some((form) => lexicon.pronounAfter.has(form))
  );
}

/** "dozens", "tens of thousands", «عشرات الآلاف»: bounds, and the multiplier behind them. */
function readVague(
  found: FoundNumber[],
  tokens: readonly Token[],
  at: number,
  length: number,
  vague: NonNullable<NumberRoles["vague"]>,
  lexicon: NumberLexicon,
): number {
  let last = at + length;
  let unit = 1;
  const linked = tokens[last]?.kind === "word" && lexicon.vagueLinks.has(tokens[last]!.folded) ? last + 1 : last;
  const times = tokens[linked]?.gap === "\n" ? null : lookUp(tokens, linked, lexicon);
  if (times?.roles.times !== undefined && !times.joined) {
    unit = times.roles.times;
    last = linked + times.length;
  }
  const { low, high } = vague;
  found.push({
    ...mention(tokens, at, last, null, "vague"),
    ...(low === undefined ? {} : { low: low * unit }),
    ...(high === undefined ? {} : { high: high * unit }),
    unit,
  });
  return last;
}
