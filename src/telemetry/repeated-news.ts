/** How often the same is told again. */
const EVERY_MS = 60_000;
/** Reasons that hold an address or an id are never the same twice. */
const MOST_KEYS = 100;

export interface RepeatedNewsOptions {
  /** A clock that is not set back, ms. */
  readonly monotonic: () => number;
  /** @param repeated how often it came since it was last told, this time not counted. */
  readonly tell: (key: string, repeated: number) => void;
}

/**
 * Tells of what may come many times a second, as errors of a server that is gone: the first time at once, then once a
 * minute with the number of those between.
 */
export function tellSeldom({ monotonic, tell }: RepeatedNewsOptions): (key: string) => void {
  const told = new Map<string, { at: number; since: number }>();
  return (key) => {
    const now = monotonic();
    const last = told.get(key);
    if (last !== undefined && now - last.at < EVERY_MS) {
      last.since += 1;
      return;
    }
    told.delete(key);
    told.set(key, { at: now, since: 0 });
    if (told.size > MOST_KEYS) told.delete(told.keys().next().value as string);
    tell(key, last?.since ?? 0);
  };
}
