import { type RawBuilder, sql } from "kysely";

const isFree = (now: Date) => sql`(pages.lease_until is null or pages.lease_until <= ${now})`;

/** Rows of `pages` that are to be read for the first time, now. What was found is owed, whatever became of its feed. */
export function firstVisitDue(now: Date): RawBuilder<boolean> {
  return sql`pages.item is not null and pages.due_at <= ${now} and ${isFree(now)}`;
}

/** Rows of `pages` that are to be read again, now: those of feeds that are polled. */
export function nextVisitDue(now: Date): RawBuilder<boolean> {
  return sql`pages.item is null and pages.revisit_at <= ${now} and ${isFree(now)}
    and exists (select from feeds where feeds.id = pages.feed_id and feeds.configured and not feeds.paused)`;
}
