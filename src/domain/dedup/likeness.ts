import type { Sample, Sketch } from "./sketch.ts";

/** How alike two items are, by what their sketches hold. */
export interface Likeness {
  /** Share of the shorter text's sequences of three words that the other has too, 0 to 1. */
  readonly contained: number;
  /** How many sequences the shares are counted over. */
  readonly shared: number;
  readonly counted: number;
  /** Shared part of all telling words of both (Jaccard), 0 to 1. */
  readonly words: number;
}

/** Measures two sketches. Where a text is long, on a sample of the same hashes of both. */
export function likeness(one: Sketch, other: Sketch): Likeness {
  const sequences = overlap(one.sequences, other.sequences);
  const words = overlap(one.words, other.words);
  const counted = Math.min(sequences.ofOne, sequences.ofOther);
  const union = words.ofOne + words.ofOther - words.shared;
  return {
    contained: counted === 0 ? 0 : sequences.shared / counted,
    shared: sequences.shared,
    counted,
    words: union === 0 ? 0 : words.shared / union,
  };
}

interface Overlap {
  readonly shared: number;
  readonly ofOne: number;
  readonly ofOther: number;
}

/** Counts below the smaller limit up to which both samples are complete, so that equal parts of both sets are compared. */
function overlap(one: Sample, other: Sample): Overlap {
  const limit = Math.min(limitOf(one), limitOf(other));
  let shared = 0;
  let left = 0;
  let right = 0;
  while (left < one.hashes.length || right < other.hashes.length) {
    const a = one.hashes[left] ?? Number.POSITIVE_INFINITY;
    const b = other.hashes[right] ?? Number.POSITIVE_INFINITY;
    if (Math.min(a, b) > limit) break;
    if (a === b) shared += 1;
    if (a <= b) left += 1;
    if (b <= a) right += 1;
  }
  return { shared, ofOne: left, ofOther: right };
}

function limitOf(sample: Sample): number {
  return sample.hashes.length < sample.size ? (sample.hashes.at(-1) ?? 0) : 0xffffffff;
}

/** Whether a value stands in an ascending list. */
export function holds(ascending: Uint32Array, value: number): boolean {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ascending[middle]!;
    if (found === value) return true;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
