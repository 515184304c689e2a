import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "./input-error.ts";
import { readMeta, writeMetaOnce } from "./ledger/meta.ts";
import type { Database } from "./ledger/schema.ts";
import { KEY_IN_USE, type SealingKey, sealingKeyOf } from "./ledger/sealed-secret.ts";
import type { Settings } from "./settings.ts";

type Place = Pick<Settings, "secretKey" | "databaseUrl" | "dataDir">;

/**
 * The key under which endpoint secrets are sealed: from the settings; with the embedded database else from a file beside
 * it, made at the first start. Its fingerprint stands in the ledger, so that a wrong key stops the start.
 * @throws InputError that says what to set.
 */
export async function openSecretKey(db: Database, settings: Place): Promise<SealingKey> {
  const before = await knownKeyId(db);
  if (before !== null && settings.databaseUrl === null && givenKeyId(settings) === null)
    throw new InputError(
      `the secret key is missing: the ledger's endpoint secrets were sealed with ${before}. ${remedy(settings)}`,
    );
  const key = sealingKeyOf(settings.secretKey ?? keyBesideLedger(settings));
  const known = await writeMetaOnce(db, KEY_IN_USE, key.id, z.string());
  if (known !== key.id)
    throw new InputError(
      `the secret key does not fit the ledger: it has the fingerprint ${key.id}, the ledger's endpoint secrets were sealed with ${known}. ${remedy(settings)}`,
    );
  return key;
}

/** The fingerprint of the key that the ledger's secrets are sealed with; null where nothing was sealed yet. */
export async function knownKeyId(db: Database): Promise<string | null> {
  return (await readMeta(db, KEY_IN_USE, z.string())) ?? null;
}

/** The fingerprint of the key that is set or lies beside the embedded database; null where there is none. */
export function givenKeyId({ secretKey, databaseUrl, dataDir }: Place): string | null {
  if (secretKey !== null) return sealingKeyOf(secretKey).id;
  const file = fileBeside(dataDir);
  return databaseUrl === null && existsSync(file) ? sealingKeyOf(readFileSync(file, "utf8").trim()).id : null;
}

function remedy({ secretKey, databaseUrl, dataDir }: Place): string {
  const beside = databaseUrl === null && secretKey === null;
  const place = beside
    ? `Put the key that was used before at ${fileBeside(dataDir)}`
    : "Set RASID_SECRET_KEY (or RASID_SECRET_KEY_FILE) to the key that was used before";
  return `${place}. Where it is lost, \`rasid key reseal --lost FILE\` gives every endpoint another secret.`;
}

const fileBeside = (dataDir: string): string => join(dataDir, "secret.key");

function keyBesideLedger({ databaseUrl, dataDir }: Place): string {
  if (databaseUrl !== null)
    throw new InputError(
      "RASID_SECRET_KEY (or RASID_SECRET_KEY_FILE) is needed with DATABASE_URL: `openssl rand -base64 32` makes one",
    );
  const file = fileBeside(dataDir);
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    // In one step: a start that is killed here leaves no half of a key under the name.
    const fresh = `${file}.new`;
    rmSync(fresh, { force: true });
    writeFileSync(fresh, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx", flush: true });
    renameSync(fresh, file);
  }
  return readFileSync(file, "utf8").trim();
}
