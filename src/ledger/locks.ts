import { sql } from "kysely";
import { withoutWaiting } from "./in-transaction.ts";
import type { Database } from "./schema.ts";

/** Keys of PostgreSQL's advisory locks. The first number is ours, the second names the lock or is a hash of a name. */
export const LOCK_SPACE = { ledger: 0x7261_7364, story: 0x7261_7365, clusters: 0x7261_7366 } as const;
export const LEDGER_LOCKS = { migrate: 1, alerts: 2, reachability: 3, search: 4, keys: 5, feeds: 6 } as const;

/** Until the transaction ends no other one judges claims of this story. */
export async function lockStory(trx: Database, story: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE.story}::int, hashtext(${story}))`.execute(trx);
}

/**
 * Until the transaction ends no other one looks for copies in this index, so that two copies cannot miss each other. The
 * lock is not held while the disk writes: what a crash of PostgreSQL undoes here is owed still and done again, and
 * whatever builds on it waits for the disk itself.
 */
export async function lockClusters(trx: Database, story: string): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(${LOCK_SPACE.clusters}::int, hashtext(${story})), ${withoutWaiting}`.execute(trx);
}

/** Until the transaction ends no other one adds alerts: so their order is the order in which they become visible. */
export async function lockAlerts(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE.ledger}::int, ${LEDGER_LOCKS.alerts}::int)`.execute(trx);
}

/** Until the transaction ends no other one records that a host cannot be reached: those that fail together see each other. */
export async function lockReachability(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE.ledger}::int, ${LEDGER_LOCKS.reachability}::int)`.execute(trx);
}

/** Until the transaction ends no other one revokes a key: two that are the last ones see each other. */
export async function lockKeys(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE.ledger}::int, ${LEDGER_LOCKS.keys}::int)`.execute(trx);
}

/** Until the transaction ends no other one changes the list of feeds: each begins with what the one before it made. */
export async function lockFeedList(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_SPACE.ledger}::int, ${LEDGER_LOCKS.feeds}::int)`.execute(trx);
}

/**
 * Takes the rows of feeds for this transaction, and of the hosts that they hold: hosts first, each kind in its order.
 * Whoever writes a feed and its host, or several feeds, begins with this or keeps to this order; two in another one
 * would wait for each other. Null: all feeds, and no host.
 */
export async function lockFeeds(trx: Database, feedIds: readonly string[] | null): Promise<void> {
  if (feedIds === null) return void (await sql`select from feeds order by id for no key update`.execute(trx));
  await sql`select from hosts where feed_id = any(${feedIds}::text[]) order by host for no key update`.execute(trx);
  await sql`select from feeds where id = any(${feedIds}::text[]) order by id for no key update`.execute(trx);
}
