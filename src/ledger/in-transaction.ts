import type { Database } from "./schema.ts";

/** Runs work in a transaction: the caller's if it has one, else one of its own. */
export function inTransaction<T>(db: Database, work: (trx: Database) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
