const HOUR_MS = 3_600_000;
/** When an article page is read again, counted from its publication: corrections come early or not at all. */
const VISITS_MS = [HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS] as const;

/** An article page that was read just now. */
export interface VisitedPage {
  readonly published: Date | null;
  /** How often it was read again before. */
  readonly visits: number;
  readonly now: Date;
}

/** When a page is to be read again; null when it is old enough to be left alone. */
export function nextVisit({ published, visits, now }: VisitedPage): Date | null {
  if (visits >= VISITS_MS.length) return null;
  // A date to come is a wrong one.
  if (published !== null && published <= now) {
    const due = VISITS_MS.slice(visits).find((after) => published.getTime() + after > now.getTime());
    return due === undefined ? null : new Date(published.getTime() + due);
  }
  const since = visits === 0 ? 0 : (VISITS_MS[visits - 1] as number);
  return new Date(now.getTime() + (VISITS_MS[visits] as number) - since);
}

/** A text that shrank so far is no edit but something else under the address: a paywall, a consent form. */
const LEAST_LEFT = 0.5;

/** Whether what is read on a page now can be a later state of the article that stood there. */
export function isSameArticle(before: { readonly length: number }, now: { readonly length: number }): boolean {
  return now.length >= before.length * LEAST_LEFT;
}
