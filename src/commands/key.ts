import type { Command } from "commander";
import { audited } from "../api/api-context.ts";
import { newApiKey } from "../api/authentication.ts";
import { newKey, showKey } from "../api/key-routes.ts";
import { InputError } from "../input-error.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../ledger/api-keys.ts";
import { replaceLostKey, resealKey } from "./key-reseal.ts";
import { CLI_ACTOR, checkedId, listed, type Output, print, shortTime, withLedger } from "./ledger-command.ts";
import { textTable } from "./text-table.ts";

const now = () => new Date();

/** `rasid key create|list|revoke`: API keys, also beside a running daemon. */
export function registerKey(program: Command): void {
  const key = program.command("key").description("make, list and revoke API keys, also beside a running daemon");
  addCreation(key);
  addList(key);
  key
    .command("reseal")
    .description("seal the endpoints' secrets with another key (RASID_SECRET_KEY); every daemon must be stopped")
    .argument("<file>", "where the new key is, 32 bytes in base64; it is made where there is none")
    .option("--lost", "the key before is lost: every endpoint gets another signing secret, and loses its headers")
    .action((file: string, { lost }: { lost?: boolean }) => (lost ? replaceLostKey(file) : resealKey(file)));
  addRevocation(key);
}

function addCreation(key: Command): void {
  key
    .command("create")
    .description("make a key; it is shown this once")
    .argument("<name>", "who will use it")
    .option("--scopes <scopes>", "read, write (reads too) or admin (all)", "read")
    .option("--json", "JSON for programs")
    .action((name: string, { scopes, ...output }: Output & { scopes: string }) =>
      withLedger(async ({ db }) => {
        const wanted = newKey.parse({ name, scopes: listed(scopes) });
        const { key: made, hash } = newApiKey();
        const row = await audited(
          { db, now },
          CLI_ACTOR,
          (trx) => createApiKey(trx, { hash, ...wanted, now: now() }),
          ({ id }) => ({ action: "key.create", target: `key:${id}`, detail: wanted }),
        );
        print({ ...showKey(row), key: made }, output, () => `${made}\n\nIt is shown this once. Its id is ${row.id}.`);
      }),
    );
}

function addList(key: Command): void {
  key
    .command("list", { isDefault: true })
    .description("list the keys with their last use")
    .option("--json", "JSON for programs")
    .action((output: Output) =>
      withLedger(async ({ db }) => {
        const keys = (await listApiKeys(db)).map(showKey);
        print({ keys }, output, () =>
          textTable([
            ["id", "name", "scopes", "made", "last used", "revoked"],
            ...keys.map(({ id, name, scopes, createdAt, lastUsedAt, revokedAt }) => [
              ...[id, name, scopes.join(","), shortTime(createdAt), shortTime(lastUsedAt), shortTime(revokedAt)],
            ]),
          ]),
        );
      }),
    );
}

function addRevocation(key: Command): void {
  key
    .command("revoke")
    .description("revoke a key for good, with the sessions that were begun with it")
    .argument("<id>", "the key's id")
    .option("--last", "even the last key with the scope admin: then every program on this machine may do everything")
    .option("--json", "JSON for programs")
    .action((id: string, { last, ...output }: Output & { last?: boolean }) =>
      withLedger(async ({ db }) => {
        checkedId(id);
        await audited(
          { db, now },
          CLI_ACTOR,
          async (trx) => {
            const revocation = await revokeApiKey(trx, { id, now: now(), lastToo: last === true });
            if (revocation === "unknown") throw new InputError(`there is no key ${id} in force`);
            if (revocation === "last")
              throw new InputError("this is the last key with the scope admin; make another one first, or say --last");
          },
          () => ({ action: "key.revoke", target: `key:${id}` }),
        );
        print({ id }, output, () => `revoked key ${id}`);
      }),
    );
}
