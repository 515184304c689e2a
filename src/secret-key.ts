import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "./input-error.ts";
import { writeMetaOnce } from "./ledger/meta.ts";
import type { Database } from "./ledger/schema.ts";
import { type SealingKey, sealingKeyOf } from "./ledger/sealed-secret.ts";
import type { Settings } from "./settings.ts";

/**
 * The key under which endpoint secrets are sealed: from the settings; with the embedded database else from a file beside
 * it, made at the first start. Its fingerprint stands in the ledger, so that a wrong key stops the start.
 * @throws InputError that says what to set.
 */
export async function openSecretKey(
  db: Database,
  settings: Pick<Settings, "secretKey" | "databaseUrl" | "dataDir">,
): Promise<SealingKey> {
  const key = sealingKeyOf(settings.secretKey ?? keyBesideLedger(settings));
  const known = await writeMetaOnce(db, "sealing-key", key.id, z.string());
  if (known !== key.id)
    throw new InputError(
      `the secret key does not fit the ledger: it has the fingerprint ${key.id}, the ledger's endpoint secrets were sealed with ${known}. ` +
        "Set RASID_SECRET_KEY (or RASID_SECRET_KEY_FILE) to the key that was used before.",
    );
  return key;
}

function keyBesideLedger({ databaseUrl, dataDir }: Pick<Settings, "databaseUrl" | "dataDir">): string {
  if (databaseUrl !== null)
    throw new InputError(
      "RASID_SECRET_KEY (or RASID_SECRET_KEY_FILE) is needed with DATABASE_URL: `openssl rand -base64 32` makes one",
    );
  const file = join(dataDir, "secret.key");
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
