import { sql } from "kysely";
import type { Database } from "./schema.ts";

/** Runs work in a transaction: the caller's if it has one, else one of its own. */
export function inTransaction<T>(db: Database, work: (trx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** Lets this transaction wait for whoever reads or writes outside the database: the ledger's connections else end those that rest. */
export async function allowPauses(trx: Database): Promise<void> {
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
}

/**
 * For the list of a select: the transaction ends without waiting for the disk. Only for what a crash of PostgreSQL may
 * undo, since it is owed still and done again: leases, and stages before alerts. Whatever builds on it and does wait
 * takes it to the disk too, as the log is written in its order.
 */
export const withoutWaiting = sql`set_config('synchronous_commit', 'off', true)`;
