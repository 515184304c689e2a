import { sql } from "kysely";
import { z } from "zod";
import { endpointHeadersSchema } from "./endpoints.ts";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Database } from "./schema.ts";
import { sealHeaders, unsealHeaders } from "./sealed-headers.ts";
import { KEY_IN_USE, type SealingKey, seal, unseal } from "./sealed-secret.ts";

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

/** What an endpoint was given when the key that sealed its secrets was lost. */
export interface Resupplied {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  /** Headers of its own whose values could no longer be opened, and are gone. */
  readonly lostHeaders: readonly string[];
}

/**
 * Where the key is lost: every endpoint gets another secret, sealed with the new key, and loses what else was sealed, all
 * of it or nothing.
 */
export function resupplyEndpoints(
  db: Database,
  { to, newSecret }: { to: SealingKey; newSecret: () => string },
): Promise<Resupplied[]> {
  return inTransaction(db, async (trx) => {
    const endpoints = await trx.selectFrom("endpoints").selectAll().orderBy("id").forUpdate().execute();
    const resupplied: Resupplied[] = [];
    for (const { id, url, headers } of endpoints) {
      const secret = newSecret();
      await trx
        .updateTable("endpoints")
        .set({
          secret_sealed: seal(secret, to),
          secret_key_id: to.id,
          previous_secret_sealed: null,
          previous_secret_key_id: null,
          previous_until: null,
          headers: toJson({}),
        })
        .where("id", "=", id)
        .execute();
      resupplied.push({ id, url, secret, lostHeaders: Object.keys(endpointHeadersSchema.parse(headers)) });
    }
    await trx.deleteFrom("idempotency_keys").execute();
    await writeMeta(trx, KEY_IN_USE, to.id);
    return resupplied;
  });
}

/** Connections of other Rasids to the ledger's database: they hold the key that they were started with. */
export async function countOtherProcesses(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name like 'rasid%' and pid <> pg_backend_pid()`.execute(db);
  return rows[0]?.count ?? 0;
}
