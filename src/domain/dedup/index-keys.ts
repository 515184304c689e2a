import { hashText, hashThree, hashTwo } from "./hashing.ts";
import { type Sketch, sampleOf } from "./sketch.ts";
import { isTelling, type StreamWord } from "./stream.ts";

const SEQUENCE_KEYS = 12;
const PAIR_KEYS = 8;
/** Of one figure with so many words; of so many words each with each other where there is no figure. */
const WORDS_PER_FIGURE = 5;

/**
 * The keys under which an item is stored and looked up: sampled sequences find verbatim copies, cut ones too (the samples
 * of a part and of the whole are the same hashes); pairs of words and figures find reworded ones. Languages share no key.
 */
export function indexKeys(sketch: Sketch, stream: readonly StreamWord[]): number[] {
  const language = hashText(sketch.lang);
  const keys = new Set<number>();
  const add = (kind: number, one: number, two = 0): unknown => keys.add(hashThree(language + kind, one, two) | 0);
  for (const sequence of sketch.sequences.hashes.subarray(0, SEQUENCE_KEYS)) add(1, sequence);
  for (const pair of sampleOf(neighbours(stream), PAIR_KEYS).hashes) add(2, pair);
  if (sketch.title !== 0) add(3, sketch.title);
  const words = sketch.words.hashes.subarray(0, WORDS_PER_FIGURE);
  if (sketch.figures.length > 1) add(4, sketch.figures[0]!, sketch.figures[1]!);
  else if (sketch.figures.length === 1) for (const word of words) add(5, sketch.figures[0]!, word);
  else for (const [at, one] of words.entries()) for (const other of words.subarray(at + 1)) add(6, one, other);
  return [...keys];
}

/** Telling words that follow each other, the frequent ones between them left out. */
function neighbours(stream: readonly StreamWord[]): number[] {
  const telling = stream.filter(isTelling);
  return telling.slice(1).map((word, index) => hashTwo(telling[index]!.key, word.key));
}
