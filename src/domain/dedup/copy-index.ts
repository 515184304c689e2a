import { type CopyCandidate, type CopyDecision, decideCopy, type NewItem } from "./decide-copy.ts";
import { hashText } from "./hashing.ts";
import { createPostings } from "./postings.ts";

/**
 * The items among which copies are looked for, in memory. The ledger's index answers the same lookup: of each key, of the
 * exact hash and of the URL the `NEWEST_PER_KEY` newest items within the window, then the `CANDIDATES` that share most.
 */
export interface CopyIndex {
  readonly lookUp: (item: NewItem) => CopyCandidate[];
  readonly insert: (item: NewItem, cluster: string) => void;
  readonly size: () => number;
}

/** Bounds that keep a lookup as quick at a million items as at ten thousand. */
export const NEWEST_PER_KEY = 12;
export const CANDIDATES = 20;
/** Copies of a report follow it within days; what looks alike a month later is another report. */
export const DEFAULT_WINDOW_MS = 14 * 86_400_000;

/** Items fewer than this are never worth rebuilding the table for. */
const LEAST_TO_DROP = 4096;

/** Creates an empty index that knows items of the last `windowMs` before the newest one. */
export function createCopyIndex({ windowMs = DEFAULT_WINDOW_MS }: { readonly windowMs?: number } = {}): CopyIndex {
  let postings = createPostings();
  let entries: { candidate: CopyCandidate; keys: readonly number[] }[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  let sinceDrop = 0;

  const add = (candidate: CopyCandidate, keys: readonly number[]): void => {
    for (const key of keys) postings.add(key, entries.length);
    entries.push({ candidate, keys });
  };
  const dropOld = (): void => {
    sinceDrop = 0;
    const kept = entries.filter(({ candidate }) => candidate.at >= newest - windowMs);
    if (kept.length > entries.length / 2) return;
    postings = createPostings();
    entries = [];
    for (const { candidate, keys } of kept) add(candidate, keys);
  };
  return {
    lookUp: (item) => {
      const shared = new Map<number, number>();
      for (const { key, weight } of allKeys(item)) {
        let seen = 0;
        postings.visit(key, (entry) => {
          if (Math.abs(entries[entry]!.candidate.at - item.at) <= windowMs)
            shared.set(entry, (shared.get(entry) ?? 0) + weight);
          seen += 1;
          return seen < NEWEST_PER_KEY;
        });
      }
      return mostShared(shared).map((entry) => entries[entry]!.candidate);
    },
    insert: (item, cluster) => {
      const { exact, sketch } = item.fingerprint;
      add(
        { id: item.id, cluster, at: item.at, exact, sketch },
        allKeys(item).map(({ key }) => key),
      );
      newest = Math.max(newest, item.at);
      sinceDrop += 1;
      if (sinceDrop >= LEAST_TO_DROP && sinceDrop > entries.length / 2) dropOld();
    },
    size: () => entries.length,
  };
}

/** The same text or address outranks whatever shares keys. */
export const WHOLE = 1000;

/** The index entries of an item; the exact hash and the URL count as keys here, columns of their own in the ledger. */
function allKeys({ fingerprint }: NewItem): readonly { key: number; weight: number }[] {
  const keys = fingerprint.keys.map((key) => ({ key, weight: 1 }));
  if (fingerprint.exact !== null) keys.push({ key: hashText(`exact ${fingerprint.exact}`) | 0, weight: WHOLE });
  if (fingerprint.url !== null) keys.push({ key: hashText(`url ${fingerprint.url}`) | 0, weight: WHOLE });
  return keys;
}

/** The entries that share most keys; among equals the newer. */
function mostShared(shared: ReadonlyMap<number, number>): number[] {
  const ranked = [...shared].sort(([a, countA], [b, countB]) => countB - countA || b - a);
  return ranked.slice(0, CANDIDATES).map(([entry]) => entry);
}

/** Places an item and remembers it. */
export function clusterItem(index: CopyIndex, item: NewItem): CopyDecision {
  const decision = decideCopy(item, index.lookUp(item));
  index.insert(item, decision.cluster);
  return decision;
}
