import { createHash } from "node:crypto";
import type { Sample, Sketch } from "../domain/dedup/sketch.ts";

/** `name`: at most four UTF-16 units; `word`: one 32-bit hash; `list`: many; `sample`: many and the size of the whole. */
type Part = "name" | "word" | "list" | "sample";

const LAYOUT = {
  lang: "name",
  url: "word",
  title: "word",
  text: "word",
  sequences: "sample",
  words: "sample",
  opening: "word",
  names: "list",
  numbers: "list",
  figures: "list",
  titleFigures: "list",
  facts: "list",
  marks: "list",
  tolls: "list",
  persons: "list",
} as const satisfies { readonly [K in keyof Sketch]: PartOf<Sketch[K]> };

type PartOf<T> = T extends string ? "name" : T extends number ? "word" : T extends Sample ? "sample" : "list";

/** Raise it when the hashes in a sketch are made another way: sketches from before are then no candidates any more. */
const HASHES = 1;
const NAME_UNITS = 4;
const FORMAT = createHash("sha256")
  .update(`${HASHES} ${JSON.stringify(LAYOUT)}`)
  .digest()
  .readUInt32LE();

const PARTS = Object.entries(LAYOUT) as [keyof Sketch, Part][];

/** A sketch as the ledger keeps it: 32-bit words, little-endian, every list after its length. */
export function encodeSketch(sketch: Sketch): Buffer {
  const words: number[] = [FORMAT];
  for (const [name] of PARTS) {
    const part: string | number | Uint32Array | Sample = sketch[name];
    if (typeof part === "string") for (let at = 0; at < NAME_UNITS; at += 1) words.push(part.charCodeAt(at) || 0);
    else if (typeof part === "number") words.push(part);
    else if ("hashes" in part) words.push(part.size, part.hashes.length, ...part.hashes);
    else words.push(part.length, ...part);
  }
  const bytes = Buffer.alloc(words.length * 4);
  for (const [at, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, at * 4);
  return bytes;
}

/** Reads it back; null when it was made in another way than today's. */
export function decodeSketch(bytes: Buffer): Sketch | null {
  let at = 0;
  const one = (): number => {
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const list = (): Uint32Array => Uint32Array.from({ length: one() }, one);
  const read: { readonly [P in Part]: () => string | number | Uint32Array | Sample } = {
    name: () => String.fromCharCode(...Array.from({ length: NAME_UNITS }, one).filter((unit) => unit !== 0)),
    word: one,
    list,
    sample: () => ({ size: one(), hashes: list() }),
  };
  if (bytes.length < 4 || one() !== FORMAT) return null;
  return Object.fromEntries(PARTS.map(([name, part]) => [name, read[part]()])) as unknown as Sketch;
}
