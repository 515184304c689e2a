/** 32-bit hashes of words and of sequences of words: not for secrets, only to compare and to index. */

const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

/** Spreads the bits of a number over all 32 (the last step of MurmurHash3). */
function spread(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The hash of a text (FNV-1a over UTF-16 units, bits spread), 0 to 2^32 - 1. */
export function hashText(text: string): number {
  let hash = BASIS;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  return spread(hash);
}

/** The hash of two numbers in their order, 0 to 2^32 - 1. */
export function hashTwo(one: number, two: number): number {
  return join(join(BASIS, one), two);
}

/** The hash of three numbers in their order, 0 to 2^32 - 1. */
export function hashThree(one: number, two: number, three: number): number {
  return join(join(join(BASIS, one), two), three);
}

function join(hash: number, next: number): number {
  return spread(Math.imul(hash ^ next, PRIME));
}

/** The hash of a whole text in 64 bits, as 16 hexadecimal digits: equal only for equal texts, for all that matters here. */
export function hashLong(parts: readonly string[]): string {
  let one = BASIS;
  let two = 0x9747b28c;
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 1) {
      const unit = part.charCodeAt(index);
      one = Math.imul(one ^ unit, PRIME);
      two = Math.imul(two ^ unit, 0x5bd1e995) + (two >>> 15);
    }
    one = Math.imul(one ^ 0x20, PRIME);
    two = Math.imul(two ^ 0x20, 0x5bd1e995);
  }
  return hex(spread(one)) + hex(spread(two));
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
