/**
 * What is kept of an item to tell later whether another is its copy. Without the text it suffices to measure likeness
 * and to find conflicting facts. All numbers are 32-bit hashes (0 to 2^32 - 1).
 */
export interface Sketch {
  /** ISO 639-1. */
  readonly lang: string;
  /** Hash of the canonical URL; 0 when the item has none that names it. */
  readonly url: number;
  /** Hash of the title, of the text without credit lines; 0 where empty or too short to identify. */
  readonly title: number;
  readonly text: number;
  /** Sequences of three words: the smallest hashes, ascending, and how many there are in all. */
  readonly sequences: Sample;
  /** Words that tell reports apart (`wordCode`), title included. */
  readonly words: Sample;
  /** The first sequence of the text; 0 where it has none. */
  readonly opening: number;
  /** Names written in the text (`nameCode`), ascending; empty where words or names are too many to keep them all. */
  readonly names: Uint32Array;
  /** All numbers of title and text, ascending, and those of them that are values reports can disagree about. */
  readonly numbers: Uint32Array;
  readonly figures: Uint32Array;
  /** Figures that stand in the title alone. */
  readonly titleFigures: Uint32Array;
  /** Quadruples: the place by the words before, behind and around it (0: none), and what stands there (`factCode`). */
  readonly facts: Uint32Array;
  /** Pairs: hash of a sequence of three words that holds the marked one, sum of its `MARKS`. */
  readonly marks: Uint32Array;
  /** Pairs: hash of measure and party, hash of the current value. */
  readonly tolls: Uint32Array;
  /** Persons of the story that the text names, and the sides for which they and others named stand, ascending. */
  readonly persons: Uint32Array;
  readonly sides: Uint32Array;
}

/** The smallest hashes of a set, ascending, and the size of the whole set. */
export interface Sample {
  readonly hashes: Uint32Array;
  readonly size: number;
}

const FACT_KINDS = ["figure", "side", "person", "opposite"] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** A fact's value with its kind in the two lowest bits. */
export function factCode(kind: FactKind, value: number): number {
  return ((value & ~3) | FACT_KINDS.indexOf(kind)) >>> 0;
}

export function factKind(code: number): FactKind {
  return FACT_KINDS[code & 3]!;
}

/** A word's key with its lowest bit free for `nameCode`. */
export function wordCode(key: number): number {
  return (key & ~1) >>> 0;
}

/** A name's key, the lowest bit set where it surely is one. */
export function nameCode(key: number, sure: boolean): number {
  return (wordCode(key) | (sure ? 1 : 0)) >>> 0;
}

/** Joined to `MARKS` where the marked word is the first of its sequence: a text cut there has lost the mark. */
export const SEQUENCE_OPENS = 8;

/** Takes the `limit` smallest of the different hashes in a list. */
export function sampleOf(hashes: readonly number[], limit: number): Sample {
  const sorted = Uint32Array.from(hashes).sort();
  let size = 0;
  for (const hash of sorted) {
    if (size === 0 || hash !== sorted[size - 1]) sorted[size++] = hash;
  }
  return { hashes: sorted.slice(0, Math.min(size, limit)), size };
}
