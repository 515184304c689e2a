import { type CopyCandidate, type CopyDecision, decideCopy, type NewItem } from "./decide-copy.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { hashText } from "./hashing.ts";
import { createKeyTable, type KeyTable } from "./key-table.ts";

/**
 * The items among which copies are looked for, in memory. The ledger's index answers the same lookup (`findByKeys`): of
 * each key the `NEWEST_PER_KEY` newest items, those of them within the window, the `CANDIDATES` that share most.
 */
export interface CopyIndex {
  /** @param windowMs how far from the item copies may lie, where its story says so; else the index's own window. */
  readonly lookUp: (item: NewItem, windowMs?: number) => CopyCandidate[];
  readonly insert: (item: NewItem, cluster: string) => void;
  readonly size: () => number;
}

/** Bounds that keep a lookup as quick at a million items as at ten thousand. */
export const NEWEST_PER_KEY = 12;
export const CANDIDATES = 20;
/** One shared key is mostly chance: such items fill places up to this one only. */
const WEAK_CANDIDATES = 8;
/** Copies of a report follow it within days; what looks alike a month later is another report. */
export const DEFAULT_WINDOW_MS = 14 * 86_400_000;

/** How often what is past the window is dropped, in items. */
const FORGET_EVERY = 1024;

/** Creates an empty index that knows items of the last `windowMs` before the newest one. */
export function createCopyIndex({ windowMs = DEFAULT_WINDOW_MS }: { readonly windowMs?: number } = {}): CopyIndex {
  const table = createKeyTable();
  const entries = new Map<number, CopyCandidate>();
  let newest = Number.NEGATIVE_INFINITY;
  let count = 0;
  let oldest = 0;
  let longestMs = windowMs;

  const forget = (): void => {
    const first = table.forget(newest);
    for (; oldest < first; oldest += 1) entries.delete(oldest);
  };
  return {
    lookUp: ({ at, fingerprint }, ownMs = windowMs) => {
      longestMs = Math.max(longestMs, ownMs);
      return findByKeys(table, { at, fingerprint, windowMs: ownMs }).map((id) => entries.get(id)!);
    },
    insert: (item, cluster) => {
      const { exact, sketch } = item.fingerprint;
      table.add({ id: count, at: item.at, until: item.at + longestMs, keys: allKeys(item.fingerprint) });
      entries.set(count, { id: item.id, cluster, at: item.at, exact, sketch });
      count += 1;
      newest = Math.max(newest, item.at);
      if (count % FORGET_EVERY === 0) forget();
    },
    size: () => entries.size,
  };
}

/** The same text or address outranks whatever shares keys. */
const WHOLE = 1000;

/** What an item is found by: its keys, then those of the same text and the same address, where it has them. */
export function allKeys({ keys, exact, url }: Pick<Fingerprint, "keys" | "exact" | "url">): number[] {
  const whole = [...(exact === null ? [] : [`exact ${exact}`]), ...(url === null ? [] : [`url ${url}`])];
  return [...keys, ...whole.map((text) => hashText(text) | 0)];
}

/** What is looked up: an item's keys, its time, and how far from it copies may lie. */
export interface CopyLookup {
  readonly at: number;
  readonly fingerprint: Pick<Fingerprint, "keys" | "exact" | "url">;
  readonly windowMs: number;
}

/** The ids of the items that share most with the one looked up, the most first; among equals the newer. */
export function findByKeys(table: KeyTable, { at, fingerprint, windowMs }: CopyLookup): number[] {
  const shared = new Map<number, number>();
  for (const [index, key] of allKeys(fingerprint).entries()) {
    const weight = index < fingerprint.keys.length ? 1 : WHOLE;
    let seen = 0;
    table.visit(key, (place, itemAt) => {
      if (Math.abs(itemAt - at) <= windowMs) shared.set(place, (shared.get(place) ?? 0) + weight);
      seen += 1;
      return seen < NEWEST_PER_KEY;
    });
  }
  return mostShared(shared)
    .filter(({ count }, rank) => count > 1 || rank < WEAK_CANDIDATES)
    .map(({ place }) => table.idAt(place));
}

interface Shared {
  readonly place: number;
  readonly count: number;
}

/** The first `CANDIDATES` in order; sorting the hundreds that share one frequent key would cost more than all else. */
function mostShared(shared: ReadonlyMap<number, number>): Shared[] {
  const best: Shared[] = [];
  for (const [place, count] of shared) {
    if (best.length === CANDIDATES && !comesBefore(place, count, best[CANDIDATES - 1]!)) continue;
    let at = best.length;
    while (at > 0 && comesBefore(place, count, best[at - 1]!)) at -= 1;
    best.splice(at, 0, { place, count });
    if (best.length > CANDIDATES) best.pop();
  }
  return best;
}

function comesBefore(place: number, count: number, other: Shared): boolean {
  return count > other.count || (count === other.count && place > other.place);
}

/** Places an item and remembers it. */
export function clusterItem(index: CopyIndex, item: NewItem, windowMs?: number): CopyDecision {
  const decision = decideCopy(item, index.lookUp(item, windowMs));
  index.insert(item, decision.cluster);
  return decision;
}
