import type { FoundNumber, NumberContext } from "./found-number.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";

/** Contexts that a comma carries on: "13, 14 and 15 September". Others need an "and". */
const OVER_COMMA: ReadonlySet<NumberContext> = new Set(["date", "age", "article", "hour"]);
/** Contexts that belong to every number of a list. */
const SHARED: ReadonlySet<NumberContext> = new Set([
  ...OVER_COMMA,
  "duration",
  "distance",
  "percentage",
  "money",
  "unit-name",
]);

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
  for (let index = numbers.length - 2; index >= 0; index -= 1) share(index, index + 1);
  for (let index = 1; index < numbers.length; index += 1) share(index, index - 1);

  function share(to: number, from: number): void {
    const context = contexts[from] ?? null;
    if (contexts[to] !== null || !SHARED.has(context)) return;
    const link = linkBetween(numbers[Math.min(to, from)]!, numbers[Math.max(to, from)]!, tokens, lexicon);
    if (link === "and" || (link === "comma" && OVER_COMMA.has(context))) contexts[to] = context;
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
