import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { audited } from "../api/api-context.ts";
import { newSigningSecret } from "../api/endpoint-schema.ts";
import { InputError } from "../input-error.ts";
import { countOtherProcesses, resealLedger, resupplyEndpoints } from "../ledger/reseal.ts";
import type { Database } from "../ledger/schema.ts";
import { type SealingKey, sealingKeyOf } from "../ledger/sealed-secret.ts";
import { givenKeyId, knownKeyId, openSecretKey } from "../secret-key.ts";
import type { Settings } from "../settings.ts";
import { CLI_ACTOR, withLedger } from "./ledger-command.ts";

const now = () => new Date();

/** `rasid key reseal FILE`: seals the endpoints' secrets with the key in the file, which is made where there is none. */
export function resealKey(file: string): Promise<void> {
  return withStoppedLedger(async (db, settings) => {
    const from = await openSecretKey(db, settings);
    const to = keyIn(file);
    if (to.id === from.id) throw new InputError(`${file} holds the key that is in use already`);
    const count = await audited(
      { db, now },
      CLI_ACTOR,
      (trx) => resealLedger(trx, { from, to }),
      (endpoints) => ({ action: "key.reseal", target: `key:${to.id}`, detail: { before: from.id, endpoints } }),
    );
    console.error(`${count} endpoints are sealed with the key ${to.id}.`);
    putInUse(file, settings);
  });
}

/** `rasid key reseal --lost FILE`: every endpoint gets another secret under the key in the file, as none can be opened. */
export function replaceLostKey(file: string): Promise<void> {
  return withStoppedLedger(async (db, settings) => {
    const before = await knownKeyId(db);
    if (before !== null && before === givenKeyId(settings))
      throw new InputError("the key is not lost: the one that is set fits the ledger. Leave --lost out.");
    const to = keyIn(file);
    const resupplied = await audited(
      { db, now },
      CLI_ACTOR,
      (trx) => resupplyEndpoints(trx, { to, newSecret: newSigningSecret }),
      ({ length }) => ({
        action: "key.reseal",
        target: `key:${to.id}`,
        detail: { before, endpoints: length, lost: true },
      }),
    );
    for (const { id, url, secret, lostHeaders } of resupplied) {
      console.log(`${id}  ${url}  ${secret}`);
      if (lostHeaders.length > 0) console.error(`endpoint ${id} has lost its headers: ${lostHeaders.join(", ")}`);
    }
    console.error("Give each subscriber its secret: what it had before signs no longer.");
    putInUse(file, settings);
  });
}

function withStoppedLedger(work: (db: Database, settings: Settings) => Promise<void>): Promise<void> {
  return withLedger(async ({ db }, settings) => {
    if ((await countOtherProcesses(db)) > 0)
      throw new InputError("stop every daemon first: a running one goes on with the key that it was started with");
    await work(db, settings);
  });
}

function putInUse(file: string, { secretKey, databaseUrl, dataDir }: Settings): void {
  if (secretKey !== null || databaseUrl !== null)
    console.error(`Start with RASID_SECRET_KEY_FILE=${file} from now on.`);
  else takeOver(file, join(dataDir, "secret.key"));
}

/** The embedded database's key lies beside it. The old one is kept until the next time, for exports made before. */
function takeOver(file: string, place: string): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(`${place}.new`, text, { mode: 0o600 });
  const before = existsSync(place);
  if (before) renameSync(place, `${place}.before`);
  renameSync(`${place}.new`, place);
  console.error(`It is in ${place} now${before ? `, the one before in ${place}.before` : ""}.`);
}

function keyIn(file: string): SealingKey {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  try {
    return sealingKeyOf(readFileSync(file, "utf8").trim());
  } catch (error) {
    throw new InputError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
