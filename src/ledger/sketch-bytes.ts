import type { Sample, Sketch } from "../domain/dedup/sketch.ts";

/** Raise it when a sketch gains a part or its hashes change: older rows are then no candidates any more. */
const FORMAT = 1;
const LANG_UNITS = 4;

const LISTS = [
  "numbers",
  "figures",
  "titleFigures",
  "facts",
  "marks",
  "tolls",
  "persons",
] as const satisfies readonly (keyof Sketch)[];
const SAMPLES = ["shingles", "words"] as const satisfies readonly (keyof Sketch)[];

/** A sketch as the ledger keeps it: 32-bit words, little-endian, every list after its length. */
export function encodeSketch(sketch: Sketch): Buffer {
  const lang = Array.from({ length: LANG_UNITS }, (_, at) => sketch.lang.charCodeAt(at) || 0);
  const words: number[] = [FORMAT, ...lang, sketch.url, sketch.title, sketch.text];
  for (const name of SAMPLES) words.push(sketch[name].size, sketch[name].hashes.length, ...sketch[name].hashes);
  for (const name of LISTS) words.push(sketch[name].length, ...sketch[name]);
  const bytes = Buffer.alloc(words.length * 4);
  for (const [at, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, at * 4);
  return bytes;
}

/** Reads it back; null when it was written in another format. */
export function decodeSketch(bytes: Buffer): Sketch | null {
  const words = wordsOf(bytes);
  let at = 0;
  const one = (): number => words[at++] ?? 0;
  const list = (): Uint32Array => {
    const length = one();
    at += length;
    return words.slice(at - length, at);
  };
  const sample = (): Sample => {
    const size = one();
    return { size, hashes: list() };
  };
  if (one() !== FORMAT) return null;
  const lang = Array.from({ length: LANG_UNITS }, one).filter((unit) => unit !== 0);
  const [url, title, text] = [one(), one(), one()];
  const [shingles, named] = [sample(), sample()];
  const [numbers, figures, titleFigures, facts, marks, tolls, persons] = [
    list(),
    list(),
    list(),
    list(),
    list(),
    list(),
    list(),
  ];
  return {
    lang: String.fromCharCode(...lang),
    url,
    title,
    text,
    shingles,
    words: named,
    numbers,
    figures,
    titleFigures,
    facts,
    marks,
    tolls,
    persons,
  };
}

function wordsOf(bytes: Buffer): Uint32Array {
  const words = new Uint32Array(bytes.length / 4);
  for (let at = 0; at < words.length; at += 1) words[at] = bytes.readUInt32LE(at * 4);
  return words;
}
