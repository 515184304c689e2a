import { readDigits } from "./digits.ts";
import { foldText, originalStart } from "./folding.ts";
import { foundNumber, noteNumber, readWhole, type Scan } from "./number-scan.ts";
import { tidy } from "./number-sum.ts";

/** Reads the number that begins with the digits at a token; the token behind it. */
export function readFromDigits(scan: Scan, at: number): number {
  const number = readWhole(scan, at);
  if (number === null) return readPieces(scan, at);
  const power = number.last === at + 1 ? powerOfTen(scan, at, number.value) : null;
  const ordinal = number.form === "digits" && power === null ? ordinalEnd(scan, at, number.last) : null;
  if (ordinal !== null) {
    scan.found.push(foundNumber(scan, at, ordinal, number.value, "ordinal"));
    return ordinal;
  }
  const read = power === null ? number : { ...number, ...power };
  return isNegative(scan, at) && !isCounted(scan, read.last)
    ? noteNumber(scan, at - 1, { ...read, value: -read.value })
    : noteNumber(scan, at, read);
}

/** The single numbers of an hour, a date, an address or a list without spaces, each with its own span. */
function readPieces(scan: Scan, at: number): number {
  const run = readDigits(scan.tokens, at, scan.lexicon);
  if (run.sort === "none" || run.sort === "number") return run.last;
  const { start, stemEnd } = scan.tokens[at]!;
  const text = foldText(scan.original.slice(start, stemEnd));
  for (const { value, at: from, length } of run.pieces) {
    const span = { start: start + originalStart(text, from), end: start + originalStart(text, from + length - 1) + 1 };
    scan.found.push({ value, form: "digits", unit: 1, sort: run.sort, first: at, last: run.last, ...span });
  }
  return run.last;
}

/** "1e10", "12.32e+14", "1.3x10^6". */
function powerOfTen({ tokens }: Scan, at: number, value: number): { value: number; last: number } | null {
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
function isNegative({ tokens, original }: Scan, at: number): boolean {
  const sign = tokens[at - 1];
  if (sign?.folded !== "-" || tokens[at]!.gap !== "") return false;
  if (original[sign.start] !== "-" && original[sign.start] !== "−") return false;
  return (at === 1 || sign.gap === " ") && tokens[at - 2]?.kind !== "digits";
}

/** "-10 soldiers" is a dash of a list: nobody counts people below nothing. */
function isCounted({ tokens, lexicon }: Scan, at: number): boolean {
  return lexicon
    .after(tokens, at, Math.min(tokens.length, at + 3), at + 1)
    .some(({ payload }) => payload.reason === "counted");
}

/** The token behind an ordinal in digits ("63-й", "22nd", "20. yüzyıl"); null where the digits are none. */
function ordinalEnd({ tokens, lexicon, original }: Scan, at: number, last: number): number | null {
  if (last !== at + 1) return null;
  const { suffix, folded } = tokens[at]!;
  if (suffix !== "") return lexicon.ordinalEndings.has(suffix) ? last : null;
  const next = tokens[last];
  if (lexicon.ordinalStop && next?.folded === "." && next.gap === "" && folded.length < 4) {
    const noun = tokens[last + 1];
    return noun?.kind === "word" &&
      noun.gap === " " &&
      /\p{L}/u.test(original[noun.start]!) &&
      !/\p{Lu}/u.test(original[noun.start]!)
      ? last + 1
      : null;
  }
  return next?.gap === "" && next.kind === "word" && lexicon.ordinalEndings.has(next.folded) ? last + 1 : null;
}
