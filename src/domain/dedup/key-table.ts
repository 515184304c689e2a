import { createPostings } from "./postings.ts";

/**
 * Which items carry a key, newest first, for a million items and more: the latest ones in a hash table, the others in
 * sorted runs of flat arrays, some six bytes a key. Runs are merged as they fill up (two of one size make one of twice the
 * size), so that there are few of them; the oldest are dropped whole. Newer means added later; places count additions.
 */
export interface KeyTable {
  readonly add: (item: KeyedItem) => void;
  /** Calls `visit` with the items under a key, newest first, until it answers false. */
  readonly visit: (key: number, visit: (place: number, at: number) => boolean) => void;
  readonly idAt: (place: number) => number;
  /** Drops the oldest runs, as long as all items of one were kept until before `at`. Returns the first place that is left. */
  readonly forget: (at: number) => number;
  readonly size: () => number;
}

/** An item to be found by its keys. */
export interface KeyedItem {
  /** What is answered for it. */
  readonly id: number;
  /** Its time, and how long it is worth finding, in milliseconds. */
  readonly at: number;
  readonly until: number;
  /** 32-bit integers, all different. */
  readonly keys: readonly number[];
}

/** Items in the hash table before they become a run. */
const FRESH = 1024;
/** A merge of larger runs would hold up the process, and an owner could not be told in sixteen bits. */
const LARGEST = FRESH * 64;
const KEYS_PER_HEAD_BITS = 3;
const MARKS_PER_KEY_BITS = 3;

interface Items {
  /** The place of the first item. */
  readonly first: number;
  readonly ids: Float64Array;
  readonly at: Float64Array;
  /** Until when the last of them is kept. */
  readonly until: number;
}

/** Items of consecutive places; their keys in ascending order, of one key the newest first. */
interface Run extends Items {
  /** What a key has below the bits of its head: two bytes in a larger run. */
  readonly keys: Uint16Array | Uint32Array;
  /** Which item, counted from `first`. */
  readonly owners: Uint16Array;
  /** Where the keys begin whose highest bits are this index; the last one is their end. */
  readonly heads: Uint32Array;
  readonly shift: number;
  /** A bit for each beginning that some key has: most keys asked for are in no run, and one look is enough to tell. */
  readonly marks: Uint32Array;
  readonly marksShift: number;
}

/** Creates an empty table. */
export function createKeyTable(): KeyTable {
  let runs: Run[] = [];
  let fresh = createFresh(0);

  const settle = (): void => {
    runs.push(fresh.toRun());
    fresh = createFresh(fresh.first + FRESH);
    while (runs.length > 1) {
      const [older, newer] = runs.slice(-2) as [Run, Run];
      if (older.ids.length !== newer.ids.length || older.ids.length >= LARGEST) return;
      runs = [...runs.slice(0, -2), merge(older, newer)];
    }
  };
  return {
    add: (item) => {
      fresh.add(item);
      if (fresh.size() === FRESH) settle();
    },
    visit: (key, visit) => {
      if (!fresh.visit(key, visit)) return;
      for (let at = runs.length - 1; at >= 0; at -= 1) if (!visitRun(runs[at]!, key, visit)) return;
    },
    idAt: (place) => {
      if (place >= fresh.first) return fresh.idAt(place);
      const run = runs.findLast(({ first }) => first <= place)!;
      return run.ids[place - run.first]!;
    },
    forget: (at) => {
      const kept = runs.findIndex(({ until }) => until >= at);
      runs = kept === -1 ? [] : runs.slice(kept);
      return runs[0]?.first ?? fresh.first;
    },
    size: () => fresh.size() + runs.reduce((sum, { ids }) => sum + ids.length, 0),
  };
}

type Visit = (place: number, at: number) => boolean;

function visitRun(run: Run, signed: number, visit: Visit): boolean {
  const { first, keys, owners, heads, shift, marks, marksShift, at } = run;
  const key = signed >>> 0;
  const mark = key >>> marksShift;
  if ((marks[mark >>> 5]! & (1 << (mark & 31))) === 0) return true;
  const head = key >>> shift;
  const end = heads[head + 1]!;
  const rest = belowHead(key, shift);
  let next = heads[head]!;
  while (next < end && keys[next]! < rest) next += 1;
  for (; next < end && keys[next] === rest; next += 1) {
    const owner = owners[next]!;
    if (!visit(first + owner, at[owner]!)) return false;
  }
  return true;
}

function createFresh(first: number) {
  const postings = createPostings();
  const ids = new Float64Array(FRESH);
  const times = new Float64Array(FRESH);
  const pairs: number[] = [];
  let size = 0;
  let until = Number.NEGATIVE_INFINITY;
  return {
    first,
    size: () => size,
    idAt: (place: number) => ids[place - first]!,
    add: (item: KeyedItem): void => {
      ids[size] = item.id;
      times[size] = item.at;
      until = Math.max(until, item.until);
      for (const key of item.keys) {
        postings.add(key, size);
        // Both in one number that sorts by key and, under one key, the newest first.
        pairs.push((key >>> 0) * FRESH + (FRESH - 1 - size));
      }
      size += 1;
    },
    /** False when `visit` wants no more. */
    visit: (key: number, visit: Visit): boolean => {
      let more = true;
      postings.visit(key, (entry) => {
        more = visit(first + entry, times[entry]!);
        return more;
      });
      return more;
    },
    toRun: (): Run => {
      const sorted = Float64Array.from(pairs).sort();
      const keys = new Uint32Array(sorted.length);
      const owners = new Uint16Array(sorted.length);
      for (let at = 0; at < sorted.length; at += 1) {
        keys[at] = Math.floor(sorted[at]! / FRESH);
        owners[at] = FRESH - 1 - (sorted[at]! % FRESH);
      }
      return runOf({ first, ids, at: times, until }, keys, owners);
    },
  };
}

function merge(older: Run, newer: Run): Run {
  const shift = older.ids.length;
  const [left, right] = [keysOf(older), keysOf(newer)];
  const keys = new Uint32Array(left.length + right.length);
  const owners = new Uint16Array(keys.length);
  let fromLeft = 0;
  let fromRight = 0;
  for (let at = 0; at < keys.length; at += 1) {
    const takeNewer = fromLeft === left.length || (fromRight < right.length && right[fromRight]! <= left[fromLeft]!);
    keys[at] = takeNewer ? right[fromRight]! : left[fromLeft]!;
    owners[at] = takeNewer ? newer.owners[fromRight]! + shift : older.owners[fromLeft]!;
    if (takeNewer) fromRight += 1;
    else fromLeft += 1;
  }
  const items = {
    first: older.first,
    ids: joined(older.ids, newer.ids),
    at: joined(older.at, newer.at),
    until: Math.max(older.until, newer.until),
  };
  return runOf(items, keys, owners);
}

function runOf(items: Items, whole: Uint32Array, owners: Uint16Array): Run {
  const size = Math.ceil(Math.log2(whole.length + 1));
  const shift = 32 - Math.max(1, size - KEYS_PER_HEAD_BITS);
  const heads = new Uint32Array(2 ** (32 - shift) + 1);
  let at = 0;
  for (let head = 0; head < heads.length - 1; head += 1) {
    while (at < whole.length && whole[at]! >>> shift < head) at += 1;
    heads[head] = at;
  }
  heads[heads.length - 1] = whole.length;
  const marksShift = 32 - Math.min(32, Math.max(5, size + MARKS_PER_KEY_BITS));
  const marks = new Uint32Array(2 ** (32 - marksShift - 5));
  const keys = shift <= 16 ? new Uint16Array(whole.length) : new Uint32Array(whole.length);
  for (let place = 0; place < whole.length; place += 1) {
    const key = whole[place]!;
    const mark = key >>> marksShift;
    marks[mark >>> 5]! |= 1 << (mark & 31);
    keys[place] = belowHead(key, shift);
  }
  return { ...items, keys, owners, heads, shift, marks, marksShift };
}

function belowHead(key: number, shift: number): number {
  return key & (2 ** shift - 1);
}

function keysOf({ keys, heads, shift }: Run): Uint32Array {
  const whole = new Uint32Array(keys.length);
  for (let head = 0; head < heads.length - 1; head += 1) {
    for (let at = heads[head]!; at < heads[head + 1]!; at += 1) whole[at] = ((head << shift) | keys[at]!) >>> 0;
  }
  return whole;
}

function joined(one: Float64Array, other: Float64Array): Float64Array {
  const both = new Float64Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
