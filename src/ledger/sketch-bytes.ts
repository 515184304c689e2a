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
  sides: "list",
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

/** A sketch as the ledger keeps it: 32-bit words as this machine orders their bytes, every list after its length. */
export function encodeSketch(sketch: Sketch): Buffer {
  const words: number[] = [FORMAT];
  for (const [name] of PARTS) {
    const part: string | number | Uint32Array | Sample = sketch[name];
    if (typeof part === "string") for (let at = 0; at < NAME_UNITS; at += 1) words.push(part.charCodeAt(at) || 0);
    else if (typeof part === "number") words.push(part);
    else if ("hashes" in part) words.push(part.size, part.hashes.length, ...part.hashes);
    else words.push(part.length, ...part);
  }
  return Buffer.from(Uint32Array.from(words).buffer);
}

/** Reads it back, lists as views of one copy; null when it was made in another way than today's, or on another machine. */
export function decodeSketch(bytes: Buffer): Sketch | null {
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  let at = 0;
  const one = (): number => words[at++] ?? 0;
  const list = (): Uint32Array => {
    const length = one();
    at += length;
    return words.subarray(at - length, at);
  };
  const read: { readonly [P in Part]: () => string | number | Uint32Array | Sample } = {
    name: () => String.fromCharCode(...list4().filter((unit) => unit !== 0)),
    word: one,
    list,
    sample: () => ({ size: one(), hashes: list() }),
  };
  const list4 = (): number[] => [one(), one(), one(), one()];
  if (one() !== FORMAT) return null;
  const sketch: Record<string, string | number | Uint32Array | Sample> = {};
  for (const [name, part] of PARTS) sketch[name] = read[part]();
  return sketch as unknown as Sketch;
}

const KEY_BYTES = 4;

/** An item's keys as the ledger holds them: 32-bit integers, the highest byte first. */
export function encodeKeys(keys: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(keys.length * KEY_BYTES);
  for (const [index, key] of keys.entries()) bytes.writeInt32BE(key, index * KEY_BYTES);
  return bytes;
}

/** Reads them back. */
export function decodeKeys(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / KEY_BYTES }, (_, index) => bytes.readInt32BE(index * KEY_BYTES));
}
