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
  const ofOne = countUpTo(one.hashes, limit);
  const ofOther = countUpTo(other.hashes, limit);
  let shared = 0;
  let left = 0;
  let right = 0;
  // Never past an end: one undefined value makes V8 put every number of this loop on the heap.
  while (left < ofOne && right < ofOther) {
    const a = one.hashes[left]!;
    const b = other.hashes[right]!;
    if (a === b) shared += 1;
    if (a <= b) left += 1;
    if (b <= a) right += 1;
  }
  return { shared, ofOne, ofOther };
}

function limitOf(sample: Sample): number {
  return sample.hashes.length < sample.size ? (sample.hashes.at(-1) ?? 0) : 0xffffffff;
}

/** Whether a value stands in an ascending list. */
export function holds(ascending: Uint32Array, value: number): boolean {
  const upTo = countUpTo(ascending, value);
  return upTo > 0 && ascending[upTo - 1] === value;
}

/** How many values of an ascending list are at most `limit`. */
function countUpTo(ascending: Uint32Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
