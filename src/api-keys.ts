import { readFileSync, statSync } from "node:fs";
import { audited } from "./api/api-context.ts";
import { hashOfKey, type KeyStore, SCOPES } from "./api/authentication.ts";
import { InputError } from "./input-error.ts";
import { anyApiKey, createApiKey, knowsApiKey, useApiKey } from "./ledger/api-keys.ts";
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

export interface AdmitOptions {
  readonly now: Date;
  /** Told what should be mended, and how. */
  readonly warn: (told: string) => void;
}

/**
 * Admits the key of RASID_ADMIN_KEY_FILE: the first key where there is no terminal to make one. A key that was revoked
 * stays so, and one that is known already is left as it is.
 * @throws InputError that names the file when it cannot be read or holds no key.
 */
export async function admitFirstKey(db: Database, file: string | null, { now, warn }: AdmitOptions): Promise<void> {
  if (file === null) return;
  let key: string;
  try {
    key = readFileSync(file, "utf8").trim();
  } catch {
    throw new InputError(`RASID_ADMIN_KEY_FILE: the file ${file} cannot be read`);
  }
  if (!/^rsd_[A-Za-z0-9_-]{43}$/.test(key))
    throw new InputError(
      `RASID_ADMIN_KEY_FILE: the file ${file} holds no key; it must be rsd_ and 32 random bytes in base64url`,
    );
  if (othersMayRead(file))
    warn(`RASID_ADMIN_KEY_FILE: every user of this machine may read the file ${file}; \`chmod 600 ${file}\` ends that`);
  const hash = hashOfKey(key);
  if (await knowsApiKey(db, hash)) return;
  await audited(
    { db, now: () => now },
    "start",
    (trx) => createApiKey(trx, { hash, name: "admin key file", scopes: SCOPES, now }),
    ({ id }) => ({ action: "key.create", target: `key:${id}`, detail: { from: "RASID_ADMIN_KEY_FILE" } }),
  );
}

/** Where container engines mount secrets, with the mode that the file has on the host. */
const MOUNTED_SECRETS = "/run/secrets/";

/** Windows has no such modes. */
function othersMayRead(file: string): boolean {
  if (process.platform === "win32" || file.startsWith(MOUNTED_SECRETS)) return false;
  return (statSync(file).mode & 0o004) !== 0;
}
