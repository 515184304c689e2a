import type { Sentence } from "./reading.ts";
import type { Token } from "./tokens.ts";
import type { Writing } from "./writing.ts";

const ENDS = new Set([".", "!", "?", "։", "…", "؟"]);

/** Splits a field into sentences: at stops that end one, and at every line break. Linear in the number of tokens. */
export function splitSentences(tokens: readonly Token[], writing: Writing): Sentence[] {
  const sentences: Sentence[] = [];
  let first = 0;
  const close = (last: number): void => {
    if (last <= first) return;
    sentences.push({ first, last, start: tokens[first]!.start, end: tokens[last - 1]!.end });
    first = last;
  };
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    if (token.gap === "\n") close(index);
    if (ENDS.has(token.folded) && endsHere(tokens, index, writing)) close(index + 1);
  }
  close(tokens.length);
  return sentences;
}

function endsHere(tokens: readonly Token[], index: number, writing: Writing): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (!after) return true;
  if (tokens[index]!.folded !== ".") return true;
  if (after.gap === "") return false;
  return !before || !writing.abbreviations.has(before.folded);
}
