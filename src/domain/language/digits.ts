import type { NumberLexicon } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";

/** More digits than these are no quantity. */
const LONGEST = 21;

/** Digits as one number, or as several that only share a token or a hyphen (a date, an hour, an address). */
export interface DigitRun {
  readonly value: number | null;
  /** Each single number where `value` is null: value and place in the token's folded spelling. */
  readonly pieces: readonly { readonly value: number; readonly at: number; readonly length: number }[];
  readonly sort: "number" | "hour" | "date" | "address" | "list" | "none";
  readonly last: number;
}

/** Reads the digits at a token: separators, groups of three behind spaces, powers of ten ("1e10"). */
export function readDigits(tokens: readonly Token[], at: number, lexicon: NumberLexicon): DigitRun {
  const token = tokens[at]!;
  const { folded } = token;
  if (folded.length <= 3) {
    const last = groupsEnd(tokens, at);
    if (last > at + 1) {
      let joined = "";
      for (let index = at; index < last; index += 1) joined += tokens[index]!.folded;
      return plain(Number(joined), last);
    }
  }
  if (isDigitsOnly(folded))
    return folded.length > LONGEST
      ? { value: null, pieces: [], sort: "none", last: at + 1 }
      : plain(Number(folded), at + 1);
  const value = separated(folded, lexicon);
  if (value !== null) return plain(value, at + 1);
  return severalNumbers(folded, at);
}

function plain(value: number, last: number): DigitRun {
  return { value, pieces: [], sort: "number", last };
}

function isDigitsOnly(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** "61 207", "1 414 021 100": where the groups of three behind spaces end; the token after `at` where there are none. */
function groupsEnd(tokens: readonly Token[], at: number): number {
  const first = tokens[at]!;
  if (first.suffix !== "" || first.folded.startsWith("0") || !isDigitsOnly(first.folded)) return at + 1;
  let last = at + 1;
  while (last - at < 6) {
    const group = tokens[last];
    if (group?.kind !== "digits" || group.gap !== " " || group.folded.length !== 3 || !isDigitsOnly(group.folded))
      break;
    if (tokens[last - 1]!.suffix !== "") break;
    last += 1;
  }
  // "423 0000" and "12 345 67" are several numbers, not one that goes on.
  const next = tokens[last];
  return last > at + 1 && next?.kind === "digits" && next.gap === " " && isDigitsOnly(next.folded) ? at + 1 : last;
}

/**
 * One number written with separators, or null. The last mark is the decimal one where another kind of mark precedes it
 * or where it stands alone and does not group three digits.
 */
function separated(digits: string, { decimal, thousands }: NumberLexicon): number | null {
  if (digits.includes(":") || digits.length > LONGEST * 2) return null;
  const groups = digits.split(/[.,]/);
  const marks = digits.replace(/\d/g, "");
  const last = marks.at(-1)!;
  const fraction = isFraction(groups, marks, last, thousands, decimal);
  const whole = fraction ? groups.slice(0, -1) : groups;
  const wholeMarks = new Set(fraction ? marks.slice(0, -1) : marks);
  if (wholeMarks.size > 1 || (fraction && wholeMarks.has(last))) return null;
  if (
    whole.length > 1 &&
    (whole[0]!.length > 3 || whole[0] === "0" || whole.slice(1).some((group) => group.length !== 3))
  )
    return null;
  return Number(whole.join("") + (fraction ? `.${groups.at(-1)}` : ""));
}

function isFraction(
  groups: readonly string[],
  marks: string,
  last: string,
  thousands: string,
  decimal: string,
): boolean {
  if (marks.length > 1) return marks.at(-2) !== last;
  if (groups[1]!.length !== 3 || groups[0] === "0" || groups[0]!.length > 3) return true;
  return last === decimal && !thousands.includes(last);
}

/** "20:00", "13.09.2022", "192.168.1.2", "22,24,26": the numbers one by one. */
function severalNumbers(folded: string, at: number): DigitRun {
  const pieces: { value: number; at: number; length: number }[] = [];
  for (const match of folded.matchAll(/\d+/g)) {
    if (match[0].length <= LONGEST) pieces.push({ value: Number(match[0]), at: match.index, length: match[0].length });
  }
  return {
    value: null,
    pieces,
    sort: sortOf(
      folded,
      pieces.map((piece) => piece.value),
    ),
    last: at + 1,
  };
}

function sortOf(folded: string, values: readonly number[]): DigitRun["sort"] {
  if (folded.includes(":")) return "hour";
  if (folded.includes(",") || !folded.includes(".")) return "list";
  const [first = 0, second = 0] = values;
  if (values.length === 3 && first <= 31 && second <= 12) return "date";
  if (values.length === 2) return "hour";
  return "address";
}
