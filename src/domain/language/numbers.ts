import { readFromDigits } from "./digit-numbers.ts";
import type { FoundNumber, NumberContext } from "./found-number.ts";
import { contextOf } from "./number-contexts.ts";
import type { NumberLexicon } from "./number-lexicon.ts";
import { shareContexts } from "./number-neighbours.ts";
import { joinRanges } from "./number-ranges.ts";
import type { Scan } from "./number-scan.ts";
import type { NumberMention } from "./reading.ts";
import type { Token } from "./tokens.ts";
import { readFromWord } from "./word-numbers.ts";

/** Finds the numbers of a field and says which of them cannot be a figure. Linear in the number of tokens. */
export function readNumbers(tokens: readonly Token[], original: string, lexicon: NumberLexicon): NumberMention[] {
  const scan: Scan = { tokens, original, lexicon, found: [] };
  for (let at = 0; at < tokens.length; ) at = readAt(scan, at) ?? at + 1;
  const numbers = joinRanges(scan.found, tokens, lexicon);
  const contexts: NumberContext[] = [];
  for (const [index, number] of numbers.entries()) {
    // The month of "15 September 7 died" is taken.
    const taken = contexts[index - 1] === "date" ? numbers[index - 1]!.last : -1;
    contexts.push(contextOf(number, tokens, original, lexicon, taken));
  }
  shareContexts(numbers, contexts, tokens, lexicon);
  return numbers.map((number, index) => mentionOf(number, contexts[index] ?? null));
}

/** Reads what begins at a token; the token behind it, or null where no number begins. */
function readAt(scan: Scan, at: number): number | null {
  const { kind } = scan.tokens[at]!;
  if (kind === "punctuation") return null;
  return kind === "digits" ? readFromDigits(scan, at) : readFromWord(scan, at);
}

/** Fields are named one by one: copying by rest and spread costs more than all the rest of the reading. */
function mentionOf(number: FoundNumber, context: NumberContext): NumberMention {
  const { value, low, high, form, first, last, start, end, ends } = number;
  const reason = context === "counted" ? null : context;
  // "Zero casualties": nobody is counted.
  const notFigure = reason ?? (value === 0 ? "none" : null);
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
