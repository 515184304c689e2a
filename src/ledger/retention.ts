import { sql } from "kysely";
import { z } from "zod";
import { inTransaction } from "./in-transaction.ts";
import { readMeta, writeMeta } from "./meta.ts";
import type { Database, LedgerId } from "./schema.ts";

/** One step of forgetting: how many rows it took, and whether there may be more. */
export interface Forgotten {
  readonly rows: number;
  readonly more: boolean;
}

export interface ForgetOptions {
  readonly before: Date;
  /** Rows looked at in a step. */
  readonly limit: number;
}

const TEXTS_REACHED = "forgotten-texts";

/**
 * Forgets texts of revisions seen before `before`, of items from which nothing was ever read: what an observation
 * quotes stays, with all revisions of its item. Goes over the revisions once, in their order, and remembers how far.
 */
export function forgetTexts(db: Database, { before, limit, now }: ForgetOptions & { now: Date }): Promise<Forgotten> {
  return inTransaction(db, async (trx) => {
    const reached = (await readMeta(trx, TEXTS_REACHED, z.string())) ?? "0";
    const { rows: batch } = await sql<{ id: LedgerId; old: boolean }>`
      select id, seen_at < ${before} as old from revisions where id > ${reached} order by id limit ${limit}`.execute(
      trx,
    );
    const young = batch.findIndex(({ old }) => !old);
    const old = young === -1 ? batch : batch.slice(0, young);
    const last = old.at(-1);
    if (last === undefined) return { rows: 0, more: false };
    const forgotten = await sql<{ id: LedgerId; item_id: LedgerId }>`
      update revisions r set text = '', reading = null, relevance = null, text_forgotten_at = ${now}
      where r.id = any(${old.map(({ id }) => id)}::bigint[]) and r.stage = 'done' and r.text_forgotten_at is null
        and not exists (select from observations o where o.item_id = r.item_id)
      returning r.id, r.item_id`.execute(trx);
    // What a later revision says goes on being found.
    await sql`
      delete from item_search where item_id = any(${forgotten.rows.map(({ item_id }) => item_id)}::bigint[])
        and revision_id = any(${forgotten.rows.map(({ id }) => id)}::bigint[])`.execute(trx);
    await writeMeta(trx, TEXTS_REACHED, last.id);
    return { rows: forgotten.rows.length, more: young === -1 && batch.length === limit };
  });
}

/** Forgets headers and bodies of attempts made before `before`; time, status and error stay. */
export async function forgetBodies(db: Database, { before, limit }: ForgetOptions): Promise<Forgotten> {
  const done = await sql`
    update attempts a set request_headers = null, response_headers = null, response_body = null
    from (
      select delivery_id, number from attempts where request_headers is not null and started_at < ${before} order by started_at limit ${limit}
    ) old
    where a.delivery_id = old.delivery_id and a.number = old.number`.execute(db);
  return step(done.numAffectedRows, limit);
}

/** Forgets attempts made before `before`, of deliveries that are over. */
export async function forgetAttempts(db: Database, { before, limit }: ForgetOptions): Promise<Forgotten> {
  const done = await sql`
    delete from attempts a using (
      select t.delivery_id, t.number from attempts t join deliveries d on d.id = t.delivery_id
      where t.started_at < ${before} and d.state in ('delivered', 'dead') limit ${limit}
    ) old
    where a.delivery_id = old.delivery_id and a.number = old.number`.execute(db);
  return step(done.numAffectedRows, limit);
}

/** Forgets entries of the audit log made before `before`. */
export function forgetAudit(db: Database, { before, limit }: ForgetOptions): Promise<Forgotten> {
  return inTransaction(db, async (trx) => {
    await sql`select set_config('rasid.retention', 'on', true)`.execute(trx);
    const done = await sql`
      delete from audit_log where id in (
        select id from (select id, at from audit_log order by id limit ${limit}) oldest where at < ${before}
      )`.execute(trx);
    return step(done.numAffectedRows, limit);
  });
}

/** Forgets browsers' sessions that have ended. */
export async function forgetSessions(db: Database, { before, limit }: ForgetOptions): Promise<Forgotten> {
  const done = await sql`
    delete from sessions where hash in (select hash from sessions where expires_at <= ${before} limit ${limit})`.execute(
    db,
  );
  return step(done.numAffectedRows, limit);
}

function step(affected: bigint | undefined, limit: number): Forgotten {
  const rows = Number(affected ?? 0n);
  return { rows, more: rows === limit };
}
