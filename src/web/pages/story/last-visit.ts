/** A visit ends when the page was not open for so long. */
const SAME_VISIT_MS = 30 * 60_000;

/** What this browser remembers of a story; times are of the ledger's clock. */
interface Visit {
  /** The end of the visit before; null on the first one. */
  readonly since: string | null;
  /** When the page was last open. */
  readonly seen: string | null;
}

const keyOf = (story: string) => `rasid.visit.${story}`;

function read(story: string): Visit {
  try {
    const visit = JSON.parse(localStorage.getItem(keyOf(story)) ?? "null") as Partial<Visit> | null;
    return { since: visit?.since ?? null, seen: visit?.seen ?? null };
  } catch {
    return { since: null, seen: null };
  }
}

function write(story: string, visit: Visit): void {
  try {
    localStorage.setItem(keyOf(story), JSON.stringify(visit));
  } catch {
    // Without a place to remember, every visit is the first one.
  }
}

/** Since when alerts are new to the reader: the end of the visit before; null when there was none. */
export function beginVisit(story: string): string | null {
  const { since, seen } = read(story);
  const away = seen === null || Date.now() - Date.parse(seen) > SAME_VISIT_MS;
  const begins = away ? seen : since;
  write(story, { since: begins, seen });
  return begins;
}

/** Notes that the page is open. @param now the ledger's clock. */
export function noteVisit(story: string, now: string): void {
  write(story, { since: read(story).since, seen: now });
}

/** Takes all that there is as seen. */
export function endVisit(story: string, now: string): void {
  write(story, { since: now, seen: now });
}
