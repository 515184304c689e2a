import { sql } from "kysely";
import { type KeyScope, type LiveKey, noteUse } from "./api-keys.ts";
import type { Database, LedgerId } from "./schema.ts";

/** Keeps a browser's session by the hash of its cookie; sessions that have ended are forgotten on the way. */
export async function createSession(
  db: Database,
  { hash, keyId, now, expiresAt }: { hash: Buffer; keyId: LedgerId; now: Date; expiresAt: Date },
): Promise<void> {
  await sql`delete from sessions where expires_at <= ${now}`.execute(db);
  await sql`insert into sessions (hash, key_id, created_at, expires_at) values (${hash}, ${keyId}, ${now}, ${expiresAt})`.execute(
    db,
  );
}

/** The key behind a session, unless the session has ended or the key was revoked; notes the key's use. */
export async function useSession(db: Database, { hash, now }: { hash: Buffer; now: Date }): Promise<LiveKey | null> {
  const found = await sql<{ id: LedgerId; scopes: KeyScope[]; last_used_at: Date | null }>`
    select k.id, k.scopes, k.last_used_at from sessions s join api_keys k on k.id = s.key_id
    where s.hash = ${hash} and s.expires_at > ${now} and k.revoked_at is null`.execute(db);
  const [key] = found.rows;
  if (key === undefined) return null;
  await noteUse(db, { id: key.id, before: key.last_used_at, now });
  return { id: key.id, scopes: key.scopes };
}

/** Ends a session. Returns the id of the key behind it; null when there was none. */
export async function endSession(db: Database, hash: Buffer): Promise<LedgerId | null> {
  const ended = await sql<{
    keyId: LedgerId;
  }>`delete from sessions where hash = ${hash} returning key_id as "keyId"`.execute(db);
  return ended.rows[0]?.keyId ?? null;
}

/** How many browsers are signed in with each key that has any, by the key's id. */
export async function countSessions(db: Database, now: Date): Promise<Map<LedgerId, number>> {
  const counts = await sql<{ keyId: LedgerId; count: number }>`
    select s.key_id as "keyId", count(*)::int as count from sessions s join api_keys k on k.id = s.key_id
    where s.expires_at > ${now} and k.revoked_at is null group by s.key_id`.execute(db);
  return new Map(counts.rows.map(({ keyId, count }) => [keyId, count]));
}
