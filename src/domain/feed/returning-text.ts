const HOUR_MS = 3_600_000;
/** How long after its last return an item's text may come back another time, by how often it did; the last one from then on. */
const WAITS_MS = [0, 0, HOUR_MS, 4 * HOUR_MS, 24 * HOUR_MS] as const;

/** How often an item has gone back to a text it had before, and when it last did. */
export interface Returns {
  readonly count: number;
  readonly last: Date | null;
}

/**
 * Whether an item that goes back to an earlier text gets a revision for it now. A publisher who takes a correction back
 * does so once or twice; a feed that is served by two machines with two states flaps for ever. It is believed later and
 * later, but in the end it is: what it says last must not stay untold.
 */
export function mayReturn({ count, last }: Returns, now: Date): boolean {
  const wait = WAITS_MS[Math.min(count, WAITS_MS.length - 1)] as number;
  return last === null || now.getTime() - last.getTime() >= wait;
}
