/** Which entries carry a key: newest first, in flat arrays, so that a million entries need no million objects. */
export interface Postings {
  readonly add: (key: number, entry: number) => void;
  /** Calls `visit` with the entries under a key, newest first, until it answers false. */
  readonly visit: (key: number, visit: (entry: number) => boolean) => void;
}

const FIRST_SLOTS = 1 << 12;
const FIRST_NODES = 1 << 13;
const FULLEST = 0.6;

/** Creates an empty table from 32-bit keys to entry numbers (open addressing, linked lists in arrays). */
export function createPostings(): Postings {
  let keys = new Int32Array(FIRST_SLOTS);
  let heads = new Int32Array(FIRST_SLOTS);
  let used = 0;
  let entries = new Int32Array(FIRST_NODES);
  let next = new Int32Array(FIRST_NODES);
  let nodes = 1;

  /** The slot of a key, or the free one where it belongs. A head of 0 marks a free slot. */
  const slotOf = (key: number): number => {
    const mask = keys.length - 1;
    let slot = Math.imul(key, 0x9e3779b1) & mask;
    while (heads[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };
  const growSlots = (): void => {
    const [oldKeys, oldHeads] = [keys, heads];
    keys = new Int32Array(oldKeys.length * 2);
    heads = new Int32Array(oldHeads.length * 2);
    for (let old = 0; old < oldHeads.length; old += 1) {
      if (oldHeads[old] === 0) continue;
      const slot = slotOf(oldKeys[old]!);
      keys[slot] = oldKeys[old]!;
      heads[slot] = oldHeads[old]!;
    }
  };
  const growNodes = (): void => {
    entries = doubled(entries);
    next = doubled(next);
  };
  return {
    add: (key, entry) => {
      if (used > heads.length * FULLEST) growSlots();
      if (nodes >= entries.length) growNodes();
      const slot = slotOf(key);
      if (heads[slot] === 0) used += 1;
      keys[slot] = key;
      entries[nodes] = entry;
      next[nodes] = heads[slot]!;
      heads[slot] = nodes;
      nodes += 1;
    },
    visit: (key, visit) => {
      for (let node = heads[slotOf(key)]!; node !== 0; node = next[node]!) if (!visit(entries[node]!)) return;
    },
  };
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
