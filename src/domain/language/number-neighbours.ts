import type { FoundNumber, NumberContext } from "./found-number.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";

/** Contexts that belong to every number of a list. */
const SHARED: ReadonlySet<NumberContext> = new Set([
  ...(["date", "age", "article", "year", "hour", "duration", "distance", "percentage", "money", "unit-name"] as const),
]);
/** Contexts that a comma carries on to the next number: "aged 4, 5 and 9". A comma behind a date opens something new. */
const OVER_COMMA: ReadonlySet<NumberContext> = new Set(["age", "article"]);
/** Larger numbers are none of the kind: "on 13 September and 105 more". */
const LARGEST: Partial<Record<NonNullable<NumberContext>, number>> = { date: 31, age: 120, hour: 2400, year: 2100 };

/**
 * Gives numbers in a list the context that the words say once: "13 and 14 September", "Articles 4 and 5", "aged 25
 * and 73". Changes `contexts`.
 */
export function shareContexts(
  numbers: readonly FoundNumber[],
  contexts: NumberContext[],
  tokens: readonly Token[],
  lexicon: NumberLexicon,
): void {
  const shared = new Set<number>();
  for (let index = numbers.length - 2; index >= 0; index -= 1) share(index, index + 1);
  for (let index = 1; index < numbers.length; index += 1) share(index, index - 1);

  function share(to: number, from: number): void {
    const context = contexts[from] ?? null;
    if (context === null || contexts[to] !== null || !SHARED.has(context)) return;
    if ((numbers[to]!.value ?? 0) > (LARGEST[context] ?? Number.POSITIVE_INFINITY)) return;
    const link = linkBetween(numbers[Math.min(to, from)]!, numbers[Math.max(to, from)]!, tokens, lexicon);
    // Backwards a comma holds only inside a list that an "and" has shown to be one: "13, 14 and 15 September".
    if (link === "and" || (link === "comma" && (to < from ? shared.has(from) : OVER_COMMA.has(context)))) {
      contexts[to] = context;
      shared.add(to);
    }
  }
}

function linkBetween(
  a: FoundNumber,
  b: FoundNumber,
  tokens: readonly Token[],
  { ranges, joiners }: NumberLexicon,
): "and" | "comma" | null {
  if (tokens[b.first]!.gap === "\n") return null;
  // Cases do the work of a word between: "12-dən 13-nə".
  if (b.first === a.last) return tokens[a.last - 1]!.suffix === "" ? null : "and";
  if (b.first - a.last !== 1) return null;
  const link = tokens[a.last]!;
  if (link.gap === "\n") return null;
  if (link.folded === "," || link.folded === "/") return "comma";
  return joiners.has(link.folded) ||
    ranges.and.has(link.folded) ||
    ranges.to.has(link.folded) ||
    ranges.or.has(link.folded)
    ? "and"
    : null;
}
