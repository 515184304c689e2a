import type { FoundNumber } from "./found-number.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";

const SENTENCE_ENDS = new Set([".", "!", "?", "։"]);

/** Joins two numbers that are the ends of a range: "13-14", "20 to 30", "between A and B", «من 10 إلى 20». */
export function joinRanges(
  numbers: readonly FoundNumber[],
  tokens: readonly Token[],
  lexicon: NumberLexicon,
): FoundNumber[] {
  const joined: FoundNumber[] = [];
  for (let index = 0; index < numbers.length; index += 1) {
    const from = numbers[index]!;
    const to = numbers[index + 1];
    if (to && mayBound(from) && mayBound(to) && linked(from, to, numbers[index + 2], tokens, lexicon)) {
      const range = rangeOf(from, to);
      if (range) {
        joined.push(range);
        index += 1;
        continue;
      }
    }
    joined.push(from);
  }
  return joined;
}

function mayBound({ value, form, sort }: FoundNumber): boolean {
  return (
    value !== null && value >= 0 && sort === "number" && form !== "ordinal" && form !== "singular" && form !== "dual"
  );
}

function rangeOf(from: FoundNumber, to: FoundNumber): FoundNumber | null {
  const high = to.value!;
  // "10 to 20 thousand": the multiplier belongs to both.
  const shared = from.unit < to.unit && from.value! < high / to.unit;
  const low = shared ? from.value! * to.unit : from.value!;
  if (low >= high) return null;
  return {
    value: null,
    low,
    high,
    form: "range",
    unit: to.unit,
    sort: "number",
    first: from.first,
    last: to.last,
    start: from.start,
    end: to.end,
    ends: [from, to],
  };
}

function linked(
  from: FoundNumber,
  to: FoundNumber,
  third: FoundNumber | undefined,
  tokens: readonly Token[],
  lexicon: NumberLexicon,
): boolean {
  const { ranges } = lexicon;
  const first = tokens[to.first]!;
  const before = tokens[from.first - 1];
  if (first.gap === "\n") return false;
  if (from.last === to.first) {
    if (first.gap === "-") return isPair(from, to, third, tokens);
    const clitic =
      first.folded.length > 0 &&
      ranges.and.has(cliticOf(first)) &&
      before !== undefined &&
      ranges.between.has(before.folded);
    return clitic;
  }
  if (to.first - from.last !== 1) return false;
  const link = tokens[from.last]!;
  if (link.gap === "\n") return false;
  if (link.folded === "-") return isPair(from, to, third, tokens);
  if (ranges.or.has(link.folded)) return true;
  if (ranges.to.has(link.folded)) return !isChange(from, before, tokens, lexicon);
  if (!ranges.and.has(link.folded)) return false;
  if (before?.forms.some((form) => ranges.between.has(form))) return true;
  const behind = tokens[to.last];
  return behind !== undefined && ranges.behind.has(behind.folded);
}

function cliticOf(token: Token): string {
  const bare = token.forms.at(-1) ?? token.folded;
  return token.folded.slice(0, token.folded.length - bare.length);
}

/** Two numbers around a hyphen; not a longer chain (a phone number) nor part of a name ("BM-21-1"). */
function isPair(from: FoundNumber, to: FoundNumber, third: FoundNumber | undefined, tokens: readonly Token[]): boolean {
  const firstGap = tokens[from.first]!.gap;
  if (firstGap === "-" || firstGap === "") return from.first === 0;
  return !(third && third.first === to.last && tokens[third.first]!.gap === "-");
}

/** "rose from 49 to 105", «с 49 до 105»: an old value and a new one. */
function isChange(
  from: FoundNumber,
  before: Token | undefined,
  tokens: readonly Token[],
  { ranges }: NumberLexicon,
): boolean {
  if (before !== undefined && ranges.changeFrom.has(before.folded)) return true;
  let first = from.first;
  while (
    first > 0 &&
    from.first - first < 40 &&
    tokens[first]!.gap !== "\n" &&
    !SENTENCE_ENDS.has(tokens[first - 1]!.folded)
  )
    first -= 1;
  let last = from.last;
  while (
    last < tokens.length &&
    last - from.last < 40 &&
    tokens[last]!.gap !== "\n" &&
    !SENTENCE_ENDS.has(tokens[last]!.folded)
  )
    last += 1;
  return ranges.change(tokens, first, last).length > 0;
}
