import { sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import type { Database } from "./schema.ts";

/** How many rows waited for a time that the clock will not reach for long. */
export interface Setback {
  readonly feeds: number;
  readonly hosts: number;
  readonly revisions: number;
  readonly deliveries: number;
}

/** Longer than any lease, so that no live one is taken. */
const LONGEST_LEASE_SECONDS = 60;

/**
 * Brings back what would wait too long because the clock was set back. A row that was last touched after `now` proves
 * it: its next time keeps the distance it had to that touch. Deliveries tried meanwhile are due at once, as receivers
 * refuse a signature of another hour. Leases and queue marks in the future end soon. Rows of a clock that went right
 * are left alone, so it can be called at any time, by any process.
 */
export async function takeBackFutureTimes(db: Database, now: Date): Promise<Setback> {
  return inTransaction(db, async (trx) => {
    const changed = async (statement: ReturnType<typeof sql>): Promise<number> =>
      Number((await statement.execute(trx)).numAffectedRows ?? 0n);
    const lease = sql`${now}::timestamptz + ${LONGEST_LEASE_SECONDS} * interval '1 second'`;
    const shortenLeases = (table: "hosts" | "feeds" | "pages") =>
      sql`update ${sql.table(table)} set lease_until = ${lease} where lease_until > ${lease}`.execute(trx);
    const hosts = await changed(sql`
      update hosts set next_request_at = ${now}::timestamptz + (next_request_at - greatest(answered_at, unreachable_at)),
        answered_at = least(answered_at, ${now}), unreachable_at = least(unreachable_at, ${now})
      where greatest(answered_at, unreachable_at) > ${lease}`);
    await shortenLeases("hosts");
    const feeds = await changed(sql`
      update feeds set next_fetch_at = ${now}::timestamptz + (next_fetch_at - last_fetched_at), last_fetched_at = ${now},
        not_before = ${now}::timestamptz + (not_before - last_fetched_at)
      where last_fetched_at > ${lease}`);
    await shortenLeases("feeds");
    await shortenLeases("pages");
    const revisions = await changed(sql`
      update revisions set queued_at = '-infinity', lease_until = least(lease_until, ${lease})
      where stage in ('deduplicate', 'classify', 'match') and (queued_at > ${lease} or lease_until > ${lease})`);
    const deliveries = await changed(sql`
      update deliveries set queued_at = '-infinity', taken_at = least(taken_at, ${now}),
        next_attempt_at = case when state = 'delivering' then least(next_attempt_at, ${lease})
          when state = 'pending' or taken_at > ${now} then ${now} else next_attempt_at end
      where state in ('pending', 'failed', 'delivering')
        and (queued_at > ${lease} or taken_at > ${lease} or (state = 'pending' and next_attempt_at > ${lease}))`);
    return { feeds, hosts, revisions, deliveries };
  });
}
