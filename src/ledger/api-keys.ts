import type { Selectable } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import { lockKeys } from "./locks.ts";
import type { ApiKeysTable, Database, LedgerId } from "./schema.ts";

export type ApiKeyRow = Selectable<ApiKeysTable>;
export type KeyScope = "read" | "write" | "admin";

/** A key that may be used. */
export interface LiveKey {
  readonly id: LedgerId;
  readonly scopes: readonly KeyScope[];
}

/** How exact "last used" is: each use would else be a write. */
const LAST_USE_STEP_MS = 60_000;

/** Keeps a new key by its hash; the key itself is never stored. A hash that is known already gives that key. */
export async function createApiKey(
  db: Database,
  { hash, name, scopes, now }: { hash: Buffer; name: string; scopes: readonly KeyScope[]; now: Date },
): Promise<ApiKeyRow> {
  return db
    .insertInto("api_keys")
    .values({ hash, name, scopes: [...scopes], created_at: now })
    .onConflict((on) => on.column("hash").doUpdateSet({ name }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Whether there is a key with this hash, in force or revoked. */
export async function knowsApiKey(db: Database, hash: Buffer): Promise<boolean> {
  const row = await db.selectFrom("api_keys").select("id").where("hash", "=", hash).executeTakeFirst();
  return row !== undefined;
}

/** Whether any key is in force; without one only callers on this machine are served. */
export async function anyApiKey(db: Database): Promise<boolean> {
  const row = await db.selectFrom("api_keys").select("id").where("revoked_at", "is", null).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** The key with this hash, unless it was revoked; notes its use. */
export async function useApiKey(db: Database, { hash, now }: { hash: Buffer; now: Date }): Promise<LiveKey | null> {
  const row = await db
    .selectFrom("api_keys")
    .selectAll()
    .where("hash", "=", hash)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  await noteUse(db, { id: row.id, before: row.last_used_at, now });
  return { id: row.id, scopes: row.scopes as KeyScope[] };
}

/** Notes that a key is used now; `before` is the use that is noted. */
export async function noteUse(
  db: Database,
  { id, before, now }: { id: LedgerId; before: Date | null; now: Date },
): Promise<void> {
  if (now.getTime() - (before?.getTime() ?? 0) < LAST_USE_STEP_MS) return;
  await db.updateTable("api_keys").set({ last_used_at: now }).where("id", "=", id).execute();
}

/** All keys, those revoked too, oldest first. */
export function listApiKeys(db: Database): Promise<ApiKeyRow[]> {
  return db.selectFrom("api_keys").selectAll().orderBy("id").execute();
}

/** What came of revoking: `last` is a key that was kept, because no other one in force has the scope admin. */
export type Revocation = "revoked" | "unknown" | "last";

/**
 * Revokes a key for good, unless nobody could make or revoke keys any more. Two at the same moment are judged one after
 * the other.
 * @param lastToo revokes even the last key with the scope admin.
 */
export function revokeApiKey(
  db: Database,
  { id, now, lastToo = false }: { id: LedgerId; now: Date; lastToo?: boolean },
): Promise<Revocation> {
  return inTransaction(db, async (trx) => {
    await lockKeys(trx);
    const inForce = await trx.selectFrom("api_keys").select(["id", "scopes"]).where("revoked_at", "is", null).execute();
    if (!inForce.some((key) => key.id === id)) return "unknown";
    if (!lastToo && !inForce.some((key) => key.id !== id && key.scopes.includes("admin"))) return "last";
    await trx.updateTable("api_keys").set({ revoked_at: now }).where("id", "=", id).execute();
    return "revoked";
  });
}
