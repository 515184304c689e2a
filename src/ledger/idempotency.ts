import { sql } from "kysely";
import { toJson } from "./json-text.ts";
import type { Database } from "./schema.ts";

/** What is known of a write that carries an Idempotency-Key. */
export type KnownWrite =
  /** First seen now: do it, then `finishWrite`. */
  | { readonly state: "new" }
  /** The first one is still at work. */
  | { readonly state: "running" }
  /** The key came with another request before. */
  | { readonly state: "mismatch" }
  | { readonly state: "done"; readonly status: number; readonly response: unknown };

/** How long an answer is given again, and after which a write that never finished counts as lost. */
const KEPT_MS = 24 * 3600_000;
const LOST_AFTER_MS = 60_000;

/** Reserves an Idempotency-Key of a caller for a request, or tells what became of it before. */
export async function beginWrite(
  db: Database,
  { caller, key, requestHash, now }: { caller: string; key: string; requestHash: Buffer; now: Date },
): Promise<KnownWrite> {
  const reserved = await sql`
    insert into idempotency_keys as k (caller, key, request_hash, created_at) values (${caller}, ${key}, ${requestHash}, ${now})
    on conflict (caller, key) do update set request_hash = excluded.request_hash, status = null, response = null, created_at = excluded.created_at
    where k.created_at <= ${new Date(now.getTime() - KEPT_MS)}
      or (k.status is null and k.request_hash = excluded.request_hash and k.created_at <= ${new Date(now.getTime() - LOST_AFTER_MS)})`.execute(
    db,
  );
  if ((reserved.numAffectedRows ?? 0n) > 0n) return { state: "new" };
  const row = await db
    .selectFrom("idempotency_keys")
    .selectAll()
    .where("caller", "=", caller)
    .where("key", "=", key)
    .executeTakeFirst();
  if (row === undefined) return beginWrite(db, { caller, key, requestHash, now });
  if (!row.request_hash.equals(requestHash)) return { state: "mismatch" };
  return row.status === null ? { state: "running" } : { state: "done", status: row.status, response: row.response };
}

/** Keeps the answer to a write, to be given again when the same request comes again. */
export async function finishWrite(
  db: Database,
  { caller, key, status, response }: { caller: string; key: string; status: number; response: unknown },
): Promise<void> {
  await db
    .updateTable("idempotency_keys")
    .set({ status, response: toJson(response ?? null) })
    .where("caller", "=", caller)
    .where("key", "=", key)
    .execute();
}

/** Forgets a reserved key whose write failed, so that it can be tried again. */
export async function abandonWrite(db: Database, { caller, key }: { caller: string; key: string }): Promise<void> {
  await db
    .deleteFrom("idempotency_keys")
    .where("caller", "=", caller)
    .where("key", "=", key)
    .where("status", "is", null)
    .execute();
}

/** Forgets answers that are not given again any more. Returns how many. */
export async function dropOldWrites(db: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS);
  const dropped = await sql`delete from idempotency_keys where created_at <= ${before}`.execute(db);
  return Number(dropped.numAffectedRows ?? 0n);
}
