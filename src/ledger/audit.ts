import { type Selectable, sql } from "kysely";
import type { AuditedAction } from "../domain/audited-action.ts";
import { toJson } from "./json-text.ts";
import type { AuditLogTable, Database, LedgerId } from "./schema.ts";

export type AuditRow = Selectable<AuditLogTable>;

/** A write that somebody asked for. */
export interface AuditEntry {
  readonly at: Date;
  /** `key:<id>`, `cli`, `start` (by the settings of a start), or `local` where the ledger holds no key. */
  readonly actor: string;
  readonly action: AuditedAction;
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

/** What entries are asked for by; `before` is the id of the last one seen. */
export interface AuditQuery {
  readonly actors?: readonly string[];
  /** Whole (`key.revoke`), or what they are about (`key`). */
  readonly actions?: readonly string[];
  /** From this time on, and before that one. */
  readonly since?: Date;
  readonly until?: Date;
  readonly before?: LedgerId;
  readonly limit: number;
}

/** The audit log, newest first. */
export function listAudit(db: Database, query: AuditQuery): Promise<AuditRow[]> {
  const { actors, actions, since, until, before, limit } = query;
  let rows = db.selectFrom("audit_log").selectAll().orderBy("id", "desc").limit(limit);
  if (actors !== undefined) rows = rows.where("actor", "in", [...actors]);
  if (actions !== undefined)
    rows = rows.where((on) =>
      on.or([on("action", "in", [...actions]), on(sql`split_part(action, '.', 1)`, "in", [...actions])]),
    );
  if (since !== undefined) rows = rows.where("at", ">=", since);
  if (until !== undefined) rows = rows.where("at", "<", until);
  if (before !== undefined) rows = rows.where("id", "<", before);
  return rows.execute();
}
