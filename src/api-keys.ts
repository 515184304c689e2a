import { readFileSync } from "node:fs";
import { hashOfKey, type KeyStore } from "./api/authentication.ts";
import { anyApiKey, createApiKey, useApiKey } from "./ledger/api-keys.ts";
import type { Database } from "./ledger/schema.ts";
import { useSession } from "./ledger/sessions.ts";

/** The ledger's keys as authentication takes them. */
export function keyStoreOf(db: Database, now: () => Date): KeyStore {
  return {
    anyKey: () => anyApiKey(db),
    findByHash: (hash) => useApiKey(db, { hash, now: now() }),
    findBySession: (hash) => useSession(db, { hash, now: now() }),
  };
}

/**
 * Admits the key of RASID_ADMIN_KEY_FILE: the first key where there is no terminal to make one.
 * @throws Error that names the file when it cannot be read or holds no key.
 */
export async function admitFirstKey(db: Database, file: string | null, now: Date): Promise<void> {
  if (file === null) return;
  let key: string;
  try {
    key = readFileSync(file, "utf8").trim();
  } catch {
    throw new Error(`RASID_ADMIN_KEY_FILE: the file ${file} cannot be read`);
  }
  if (!/^rsd_[A-Za-z0-9_-]{43}$/.test(key))
    throw new Error(
      `RASID_ADMIN_KEY_FILE: the file ${file} holds no key; it must be rsd_ and 32 random bytes in base64url`,
    );
  await createApiKey(db, { hash: hashOfKey(key), name: "admin key file", scopes: ["read", "write", "admin"], now });
}
