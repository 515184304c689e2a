/** Precision, recall and their harmonic mean, rounded to three places; null where there is nothing to divide by. */
export interface Agreement {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number;
  readonly hits: number;
  readonly predicted: number;
  readonly expected: number;
}

/** Counts that add up to an agreement. */
export interface Tally {
  hits: number;
  predicted: number;
  expected: number;
}

export function newTally(): Tally {
  return { hits: 0, predicted: 0, expected: 0 };
}

/** A share rounded to three places, null of nothing. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
}

export function agreementOf({ hits, predicted, expected }: Tally): Agreement {
  const precision = ratio(hits, predicted);
  const recall = ratio(hits, expected);
  const f1 = precision && recall ? Math.round((2000 * precision * recall) / (precision + recall)) / 1000 : 0;
  return { precision, recall, f1, hits, predicted, expected };
}

/** The value of a key, made where it is missing. */
export function valueAt<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
