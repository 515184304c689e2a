import { sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import type { Database, LedgerId } from "./schema.ts";

/** What is asked of a publisher, and holds its host meanwhile. */
export type Claim = { readonly feedId: string } | { readonly pageId: LedgerId };

/** Goes on holding a claimed feed or page, and its host. One that was given back stays so. */
export async function renewClaim(
  db: Database,
  claim: Claim,
  { now, leaseMs }: { now: Date; leaseMs: number },
): Promise<void> {
  const [table, id, holder] =
    "feedId" in claim ? ["feeds", claim.feedId, claim.feedId] : ["pages", claim.pageId, `page:${claim.pageId}`];
  const leaseUntil = new Date(now.getTime() + leaseMs);
  await inTransaction(db, async (trx) => {
    await sql`
      update hosts set lease_until = ${leaseUntil}
      where feed_id = ${holder} and lease_until is not null
        and exists (select from ${sql.table(table)} where id = ${id} and lease_until is not null)`.execute(trx);
    await sql`
      update ${sql.table(table)} set lease_until = ${leaseUntil} where id = ${id} and lease_until is not null`.execute(
      trx,
    );
  });
}

/**
 * Gives everything free that a process had taken and not finished. Only for a database of which no other process can
 * have taken anything: the embedded one, at the start of its owner.
 */
export async function releaseAllLeases(db: Database, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    await sql`update revisions set lease_until = null, queued_at = '-infinity'
      where stage in ('deduplicate', 'classify', 'match')`.execute(trx);
    await sql`update feeds set lease_until = null where lease_until is not null`.execute(trx);
    await sql`update pages set lease_until = null where lease_until is not null`.execute(trx);
    await sql`update hosts set lease_until = null, feed_id = null where lease_until is not null`.execute(trx);
    await sql`update deliveries set state = case when tries = 0 then 'pending' else 'failed' end, next_attempt_at = ${now}, queued_at = '-infinity'
      where state = 'delivering'`.execute(trx);
  });
}
