import type { FoundNumber } from "./found-number.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import { lookUp } from "./number-lookup.ts";
import { type ReadNumber, readNumber } from "./number-parts.ts";
import { tidy } from "./number-sum.ts";
import type { Token } from "./tokens.ts";

/** A field while its numbers are looked for. */
export interface Scan {
  readonly tokens: readonly Token[];
  readonly original: string;
  readonly lexicon: NumberLexicon;
  readonly found: FoundNumber[];
}

/** A number over tokens `first` to `last`. Case endings behind an apostrophe stay out of its span, those of ordinals in. */
export function foundNumber(
  { tokens }: Scan,
  first: number,
  last: number,
  value: number | null,
  form: FoundNumber["form"],
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

/** Notes a number that begins at `first`, divided by what stands behind it (two "thirds"); the token behind all. */
export function noteNumber(scan: Scan, first: number, number: ReadNumber): number {
  const over = number.form === "ordinal" ? null : lookUp(scan.tokens, number.last, scan.lexicon);
  const by = over?.roles.over;
  if (by === undefined) {
    scan.found.push(foundNumber(scan, first, number.last, number.value, number.form, number.unit));
    return number.last;
  }
  // A fraction of something is no count of it.
  const last = number.last + over!.length;
  scan.found.push(foundNumber(scan, first, last, tidy(number.value / by), number.form, number.unit, "list"));
  return last;
}

/**
 * Reads the number at a token. Behind "between" a joining word may end it: "between a hundred and two hundred thousand"
 * are two numbers unless another "and" follows.
 */
export function readWhole({ tokens, lexicon }: Scan, at: number): ReadNumber | null {
  const number = readNumber(tokens, at, lexicon);
  const before = tokens[at - 1];
  if (number === null || before === undefined || tokens[at]!.gap === "\n") return number;
  if (!before.forms.some((form) => lexicon.ranges.between.has(form)) || opensWithAnd(tokens[number.last], lexicon))
    return number;
  const first = readNumber(tokens, at, lexicon, false);
  return first !== null && opensWithAnd(tokens[first.last], lexicon) ? first : number;
}

function opensWithAnd(token: Token | undefined, { ranges }: NumberLexicon): boolean {
  if (token === undefined) return false;
  return (
    ranges.and.has(token.folded) ||
    token.forms.some((form) => form !== token.folded && ranges.and.has(token.folded.slice(0, -form.length)))
  );
}
