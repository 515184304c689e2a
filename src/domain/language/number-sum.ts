import type { NumberLexicon, NumberRoles } from "./number-lexicon.ts";

/** One summand of a number being read: "two hundred" and "five" of "two hundred and five". */
export interface Part {
  readonly value: number;
  /** What follows is added while it is smaller. */
  readonly room: number;
  readonly written: "digits" | "words";
  /** What the part was multiplied by last: 1000 of "62 thousand". */
  readonly unit: number;
  /** Where the number ends were this its last part. */
  readonly last: number;
  readonly ordinal: boolean;
  readonly form: "words" | "collective" | "dual";
}

/** A part in words, 1 × `value`, that takes nothing behind it unless said otherwise. */
function wordPart(value: number, last: number, more: Partial<Part> = {}): Part {
  return { value, room: 0, written: "words", unit: 1, last, ordinal: false, form: "words", ...more };
}

/** Takes the noise of binary fractions off: 1.2 × 1,000,000,000. */
export function tidy(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** Adds a value of its own: "five" behind "two hundred". False where it does not fit. */
export function addValue(
  parts: Part[],
  { value, room, form }: NonNullable<NumberRoles["add"]>,
  last: number,
  joined: boolean,
  lexicon: NumberLexicon,
): boolean {
  const open = parts.at(-1);
  if (open === undefined) {
    parts.push(wordPart(value, last, { room, form }));
    return true;
  }
  if (lexicon.unitsFirst && joined && isUnit(open) && value >= 20 && value < 100) {
    parts[parts.length - 1] = wordPart(open.value + value, last, { room: 1, ordinal: open.ordinal });
    return true;
  }
  if (value < 1 || value >= open.room || !mayFollow(open, value, joined, lexicon)) return false;
  parts.push(wordPart(value, last, { room, form }));
  return true;
}

function isUnit({ value, written }: Part): boolean {
  return written === "words" && value >= 1 && value < 10;
}

function mayFollow(open: Part, value: number, joined: boolean, lexicon: NumberLexicon): boolean {
  // "1.7 million four years ago": words go on behind digits only where they are joined («6 آلاف وخمسمئة»).
  if (open.written === "digits" && (open.unit === 1 || (!joined && open.unit !== 100))) return false;
  if (lexicon.joining === "required") return joined;
  return !joined || open.room >= 100 || lexicon.joinedSmall.has(value);
}

/** Adds an ordinal, which ends the number: twenty-"first". */
export function addOrdinal(
  parts: Part[],
  value: number,
  last: number,
  joined: boolean,
  lexicon: NumberLexicon,
): boolean {
  const open = parts.at(-1);
  if (open && (open.written === "digits" || value >= open.room || !mayFollow(open, value, joined, lexicon)))
    return false;
  parts.push(wordPart(value, last, { ordinal: true }));
  return true;
}

/**
 * Multiplies the parts that are smaller than the multiplier ("two hundred and two" thousand). Where the product does not
 * fit behind the parts before, the number ended there: "three hundred and two hundred" are two numbers.
 */
export function multiply(parts: Part[], by: number, last: number, joined: boolean, needsFactor: boolean): boolean {
  let kept = parts.length;
  while (kept > 0 && (parts[kept - 1]!.value < by || isBareDigits(parts, kept - 1))) kept -= 1;
  const bare = kept === parts.length;
  if (bare ? needsFactor : joined) return false;
  let factor = bare ? 1 : 0;
  for (let index = kept; index < parts.length; index += 1) factor += parts[index]!.value;
  const written = parts[kept]?.written ?? "words";
  const value = tidy(factor * by);
  const under = parts[kept - 1];
  parts.length = kept;
  if (under && value >= under.room) return false;
  parts.push(wordPart(value, last, { room: by, written, unit: by }));
  return true;
}

/** Digits right before a multiplier belong to it, however large: "322 hundred". */
function isBareDigits(parts: readonly Part[], index: number): boolean {
  return index === parts.length - 1 && parts[index]!.written === "digits" && parts[index]!.unit === 1;
}

/** Adds a part of a unit that is named with it: "half a" million, a billion and "half a" million. */
export function addPartOf(parts: Part[], value: number, unit: number, last: number): boolean {
  const open = parts.at(-1);
  if (open && value * unit >= open.room) return false;
  parts.push(wordPart(value * unit, last, { unit }));
  return true;
}

/** Adds a part of the unit before it: a million "and a half", "five and a half" million. */
export function addPartOfBefore(parts: Part[], value: number, last: number): void {
  const open = parts.at(-1)!;
  parts[parts.length - 1] = { ...open, value: open.value + value * open.unit, room: 0, last };
}
