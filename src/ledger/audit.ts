import type { Selectable } from "kysely";
import { toJson } from "./json-text.ts";
import type { AuditLogTable, Database } from "./schema.ts";

export type AuditRow = Selectable<AuditLogTable>;

/** A write that somebody asked for. */
export interface AuditEntry {
  readonly at: Date;
  /** `key:<id>`, `cli`, `start` (by the settings of a start), or `local` where the ledger holds no key. */
  readonly actor: string;
  /** What was done, as `endpoint.create`. */
  readonly action: string;
  /** What it was done to, as `endpoint:7`. */
  readonly target: string;
  /** Never a secret. */
  readonly detail?: unknown;
}

/** Enters a write in the audit log, in the transaction of the write itself. */
export async function recordAudit(db: Database, { at, actor, action, target, detail }: AuditEntry): Promise<void> {
  await db
    .insertInto("audit_log")
    .values({ at, actor, action, target, detail: detail === undefined ? null : toJson(detail) })
    .execute();
}

/** The audit log, newest first; `before` is the id of the last one seen. */
export function listAudit(db: Database, { before, limit }: { before?: string; limit: number }): Promise<AuditRow[]> {
  let rows = db.selectFrom("audit_log").selectAll().orderBy("id", "desc").limit(limit);
  if (before !== undefined) rows = rows.where("id", "<", before);
  return rows.execute();
}
