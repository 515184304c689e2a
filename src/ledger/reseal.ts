import { sql } from "kysely";
import { z } from "zod";
import { endpointHeadersSchema } from "./endpoints.ts";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Database } from "./schema.ts";
import { sealHeaders, unsealHeaders } from "./sealed-headers.ts";
import { type SealingKey, seal, unseal } from "./sealed-secret.ts";

const KEY_IN_USE = "sealing-key";

/**
 * Seals everything that is sealed in the ledger with another key, all of it or nothing. Answers kept for repeated writes
 * are forgotten: they may hold a secret too. Returns the number of endpoints.
 * @throws Error when the old key is not the ledger's, or a value was sealed with neither.
 */
export function resealLedger(db: Database, { from, to }: { from: SealingKey; to: SealingKey }): Promise<number> {
  return inTransaction(db, async (trx) => {
    const known = await readMeta(trx, KEY_IN_USE, z.string());
    if (known !== undefined && known !== from.id)
      throw new Error(`the key does not fit the ledger: it has the fingerprint ${from.id}, the ledger's is ${known}`);
    const again = (sealed: Buffer | null) => (sealed === null ? null : seal(unseal(sealed, from), to));
    const endpoints = await trx.selectFrom("endpoints").selectAll().orderBy("id").forUpdate().execute();
    for (const { id, secret_sealed, previous_secret_sealed, headers } of endpoints)
      await trx
        .updateTable("endpoints")
        .set({
          secret_sealed: seal(unseal(secret_sealed, from), to),
          secret_key_id: to.id,
          previous_secret_sealed: again(previous_secret_sealed),
          previous_secret_key_id: previous_secret_sealed === null ? null : to.id,
          headers: toJson(sealHeaders(unsealHeaders(endpointHeadersSchema.parse(headers), from), to)),
        })
        .where("id", "=", id)
        .execute();
    await trx.deleteFrom("idempotency_keys").execute();
    await writeMeta(trx, KEY_IN_USE, to.id);
    return endpoints.length;
  });
}

/** Connections of other Rasids to the ledger's database: they hold the key that they were started with. */
export async function countOtherProcesses(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name like 'rasid%' and pid <> pg_backend_pid()`.execute(db);
  return rows[0]?.count ?? 0;
}
