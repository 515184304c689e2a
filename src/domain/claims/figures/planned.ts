import type { Link } from "./pairs.ts";
import { type Frame, framed, type SentenceCues } from "./sentence-cues.ts";

/** "…, and a further 95 are to follow", "another 60 will be handed over": more that is still to come is no increment yet. */
export function isPlanned(sentence: SentenceCues, { counted, hit }: Link): boolean {
  const { measure } = hit.cue;
  if (counted.role !== "increment" || (measure !== "bodies" && measure !== "captured")) return false;
  const { from, to } = clauseOf(sentence, counted);
  return framed(sentence, "ahead").some(({ first, last }) => first >= from && last <= to);
}

const CLAUSE_MARK = /^[,;:]$/;
const PARTING: readonly Frame[] = ["and", "break"];

/** The tokens between the marks and joining words around a number, end exclusive. */
function clauseOf(
  sentence: SentenceCues,
  { first, last }: { first: number; last: number },
): { from: number; to: number } {
  const parts = (at: number): boolean =>
    CLAUSE_MARK.test(sentence.tokens[at]!.folded) ||
    PARTING.some((frame) => framed(sentence, frame).some((hit) => hit.first === at));
  let from = first;
  let to = last;
  while (from > sentence.first && !parts(from - 1)) from -= 1;
  while (to < sentence.last && !parts(to)) to += 1;
  return { from, to };
}
