import { sql } from "kysely";
import type { Database } from "./schema.ts";

/** How many items a feed brought on one day. */
export interface FeedDay {
  readonly feedId: string;
  /** ISO date in the zone asked for. */
  readonly day: string;
  readonly items: number;
}

/** Items by feed and day of first sight since `since`, of all feeds in one look; days without items are left out. */
export async function countItemsByDay(
  db: Database,
  { since, timezone, feedId }: { since: Date; timezone: string; feedId?: string | undefined },
): Promise<FeedDay[]> {
  const one = feedId === undefined ? sql`` : sql`and feed_id = ${feedId}`;
  const { rows } = await sql<FeedDay>`
    select feed_id as "feedId", to_char(first_seen_at at time zone ${timezone}, 'YYYY-MM-DD') as day, count(*)::int as items
    from items where first_seen_at >= ${since} ${one}
    group by 1, 2`.execute(db);
  return rows;
}
