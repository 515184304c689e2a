/**
 * The id of what is named by `parts`: the same parts give the same id in every run and on every machine.
 * Two 53-bit hashes of the joined parts, so that a clash among millions of ids is out of the question.
 */
export function stableId(prefix: string, parts: readonly (string | number)[]): string {
  const text = parts.map((part) => `${String(part).length}:${part}`).join("");
  return `${prefix}${word(hash53(text, 0x9e3779b9))}${word(hash53(text, 0x85ebca6b))}`;
}

function word(hash: number): string {
  return hash.toString(36).padStart(11, "0");
}

/** cyrb53 by bryc (public domain): a fast, well-mixed 53-bit string hash. */
function hash53(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
