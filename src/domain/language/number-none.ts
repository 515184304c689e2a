import type { FoundNumber } from "./found-number.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import type { Token } from "./tokens.ts";

/** Tokens that words of "none" may take before a number. */
const REACH = 4;

/** "Not a single soldier was killed", «ни один», «لم يسقط أي قتيل», "tek bir asker bile": nobody is counted. */
export function countsNobody(number: FoundNumber, tokens: readonly Token[], { none }: NumberLexicon): boolean {
  const { value, first, last } = number;
  if (value !== 1 || number.form === "ordinal") return false;
  if (tokens[first]!.gap !== "\n") {
    const before = none.before(tokens, Math.max(0, first - REACH), first);
    if (before.some((hit) => hit.last === first)) return true;
  }
  return (
    tokens[last] !== undefined && tokens[last].gap !== "\n" && none.after(tokens, last, undefined, last + 1).length > 0
  );
}
