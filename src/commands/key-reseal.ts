import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { audited } from "../api/api-context.ts";
import { InputError } from "../input-error.ts";
import { countOtherProcesses, resealLedger } from "../ledger/reseal.ts";
import { sealingKeyOf } from "../ledger/sealed-secret.ts";
import { openSecretKey } from "../secret-key.ts";
import { CLI_ACTOR, withLedger } from "./ledger-command.ts";

const now = () => new Date();

/** `rasid key reseal FILE`: seals the endpoints' secrets with the key in the file, which is made where there is none. */
export function resealKey(file: string): Promise<void> {
  return withLedger(async ({ db }, settings) => {
    if ((await countOtherProcesses(db)) > 0)
      throw new InputError("stop every daemon first: a running one goes on with the key that it was started with");
    const from = await openSecretKey(db, settings);
    if (!existsSync(file)) writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600, flag: "wx" });
    const to = keyIn(file);
    if (to.id === from.id) throw new InputError(`${file} holds the key that is in use already`);
    const count = await audited(
      { db, now },
      CLI_ACTOR,
      (trx) => resealLedger(trx, { from, to }),
      (endpoints) => ({ action: "key.reseal", target: `key:${to.id}`, detail: { before: from.id, endpoints } }),
    );
    console.error(`${count} endpoints are sealed with the key ${to.id}.`);
    if (settings.secretKey !== null) console.error(`Start with RASID_SECRET_KEY_FILE=${file} from now on.`);
    else takeOver(file, join(settings.dataDir, "secret.key"));
  });
}

/** The embedded database's key lies beside it. The old one is kept until the next time, for exports made before. */
function takeOver(file: string, place: string): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(`${place}.new`, text, { mode: 0o600 });
  renameSync(place, `${place}.before`);
  renameSync(`${place}.new`, place);
  console.error(`It is in ${place} now, the one before in ${place}.before.`);
}

function keyIn(file: string) {
  try {
    return sealingKeyOf(readFileSync(file, "utf8").trim());
  } catch (error) {
    throw new InputError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
