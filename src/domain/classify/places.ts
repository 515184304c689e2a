/** A range of tokens, `first` to `last` (exclusive). */
export interface Place {
  readonly first: number;
  readonly last: number;
}

/** What covers each token; where several do, the one that stands first in the list. */
export function byToken<T extends Place>(places: Iterable<T>): Map<number, T> {
  const covering = new Map<number, T>();
  for (const place of places)
    for (let at = place.first; at < place.last; at += 1) if (!covering.has(at)) covering.set(at, place);
  return covering;
}

/** Whether a place shares a token with what is covered, or comes within `margin` tokens of it. */
export function touches(place: Place, covered: ReadonlyMap<number, unknown>, margin = 0): boolean {
  for (let at = place.first - margin; at < place.last + margin; at += 1) if (covered.has(at)) return true;
  return false;
}

/** Of places in order, those that begin from `from` on and before `to`. */
export function beginningIn<T extends Place>(ordered: readonly T[], from: number, to: number): T[] {
  const begin = firstFrom(ordered, from);
  let end = begin;
  while (end < ordered.length && ordered[end]!.first < to) end += 1;
  return ordered.slice(begin, end);
}

/** The index of the first place that begins at `from` or later. */
export function firstFrom(ordered: readonly Place[], from: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ordered[middle]!.first < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The longest of places that overlap, in order of place. */
export function longest<T extends Place>(places: readonly T[]): T[] {
  const sorted = [...places].sort((a, b) => b.last - b.first - (a.last - a.first) || a.first - b.first);
  const covered = new Map<number, T>();
  const kept: T[] = [];
  for (const place of sorted) {
    if (touches(place, covered)) continue;
    for (let at = place.first; at < place.last; at += 1) covered.set(at, place);
    kept.push(place);
  }
  return kept.sort((a, b) => a.first - b.first);
}
