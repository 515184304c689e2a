import { type Frame, framed, type SentenceCues } from "./sentence-cues.ts";

/** How much lies between two tokens of a sentence: words weigh by how likely they part a number from its cue. */
export type Distance = (from: number, to: number) => number;

const FRAME_WEIGHTS: readonly (readonly [Frame, number])[] = [
  ["light", 0.2],
  ["change", 0.2],
  ["side", 0.3],
  ["own", 0.3],
  ["from", 0.3],
  ["to", 0.2],
  ["both", 0.3],
  ["give", 0.3],
  ["receive", 0.3],
  ["and", 1],
];
/** A word that opens another clause. */
const BREAK_WEIGHT = 4;
const ENTITY_WEIGHT = 0.4;
/** "clashes with": no new clause, whatever its last word else opens. */
const AGAINST_WEIGHT = 0.5;
const PEOPLE_WEIGHT = 0.5;
const NUMBER_WEIGHT = 2.5;
const PUNCTUATION_WEIGHT = new Map([
  [",", 1.5],
  ["(", 1],
  [")", 1],
  [";", 4],
  [":", 0.8],
  ["-", 3],
  ["՝", 0.2],
  [".", 2],
  ["։", 6],
]);

/** Measures the tokens of a sentence once; the distance between two of them is then read off. */
export function measureDistances(sentence: SentenceCues): Distance {
  const weights = baseWeights(sentence);
  const lower = (first: number, last: number, weight: number): void => {
    for (let at = first; at < last; at += 1)
      weights[at - sentence.first] = Math.min(weights[at - sentence.first]!, weight);
  };
  for (const { first, last } of sentence.entities) lower(first, last, ENTITY_WEIGHT);
  for (const { first, last } of sentence.people) lower(first, last, PEOPLE_WEIGHT);
  for (const { first, last } of sentence.qualifiers) lower(first, last, 0);
  for (const [frame, weight] of FRAME_WEIGHTS) {
    for (const { first, last } of framed(sentence, frame)) lower(first, last, weight);
  }
  for (const { first } of framed(sentence, "break")) weights[first - sentence.first] = BREAK_WEIGHT;
  for (const { first, last } of framed(sentence, "against")) lower(first, last, AGAINST_WEIGHT);
  for (const { first, last, notFigure } of sentence.numbers) {
    for (let at = first; at < last; at += 1) weights[at - sentence.first] = 0;
    weights[first - sentence.first] = notFigure === null ? NUMBER_WEIGHT : 0.4;
  }
  discountAsides(sentence, weights);
  const sums = prefixSums(weights);
  return (from, to) => (to <= from ? 0 : sums[to - sentence.first]! - sums[from - sentence.first]!);
}

function baseWeights(sentence: SentenceCues): Float64Array {
  const weights = new Float64Array(sentence.last - sentence.first);
  for (let at = sentence.first; at < sentence.last; at += 1) {
    const token = sentence.tokens[at]!;
    weights[at - sentence.first] =
      (token.kind === "punctuation" ? (PUNCTUATION_WEIGHT.get(token.folded) ?? 0.2) : 1) + (token.gap === "\n" ? 3 : 0);
  }
  return weights;
}

/** What stands between brackets or spaced dashes parts a number from its cue less. */
const ASIDE_SHARE = 0.3;
const LONGEST_ASIDE = 14;

function discountAsides(sentence: SentenceCues, weights: Float64Array): void {
  let open = -1;
  for (let at = sentence.first; at < sentence.last; at += 1) {
    const { folded } = sentence.tokens[at]!;
    const closes =
      open >= 0 && at - open <= LONGEST_ASIDE && folded === (sentence.tokens[open]!.folded === "(" ? ")" : "-");
    if (closes) {
      for (let inside = open; inside <= at; inside += 1) weights[inside - sentence.first]! *= ASIDE_SHARE;
      open = -1;
    } else if (folded === "(" || folded === "-") open = at;
  }
}

function prefixSums(weights: Float64Array): Float64Array {
  const sums = new Float64Array(weights.length + 1);
  for (let at = 0; at < weights.length; at += 1) sums[at + 1] = sums[at]! + weights[at]!;
  return sums;
}
