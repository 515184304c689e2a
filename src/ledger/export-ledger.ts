import { sql } from "kysely";
import { inTransaction } from "./in-transaction.ts";
import type { Database, LedgerSchema } from "./schema.ts";

/** The tables in an order in which rows only refer to rows before them. */
export const EXPORTED_TABLES = [
  "meta",
  "hosts",
  "feeds",
  "pages",
  "items",
  "clusters",
  "revisions",
  "fingerprints",
  "fingerprint_keys",
  "observations",
  "standings",
  "alerts",
  "endpoints",
  "deliveries",
  "attempts",
  "api_keys",
  "audit_log",
  "idempotency_keys",
] as const satisfies readonly (keyof LedgerSchema)[];

/** The first line of an export: which ledger the rows fit. */
export interface ExportHeader {
  readonly rasid: "ledger";
  readonly migrations: readonly string[];
}

const ROWS_A_FETCH = 500;

/**
 * Writes the whole ledger as JSON Lines, as it stood at one moment: a header, then `{"<table>": row}` for each row.
 * What the queues hold is left out: it is made again from what the rows owe.
 */
export async function exportLedger(db: Database, write: (lines: string) => Promise<void>): Promise<void> {
  await inTransaction(db, async (trx) => {
    await sql`set transaction isolation level repeatable read read only`.execute(trx);
    const applied = await sql<{ name: string }>`select name from migrations order by name`.execute(trx);
    const header: ExportHeader = { rasid: "ledger", migrations: applied.rows.map(({ name }) => name) };
    await write(`${JSON.stringify(header)}\n`);
    for (const table of EXPORTED_TABLES) await exportTable(trx, table, write);
  });
}

async function exportTable(
  trx: Database,
  table: keyof LedgerSchema,
  write: (lines: string) => Promise<void>,
): Promise<void> {
  const order = table === "alerts" ? sql`order by seq` : sql``;
  await sql`declare exported no scroll cursor for select row_to_json(t)::text as line from ${sql.table(table)} t ${order}`.execute(
    trx,
  );
  while (true) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(ROWS_A_FETCH)} from exported`.execute(trx);
    if (rows.length === 0) break;
    await write(rows.map(({ line }) => `{"${table}":${line.replaceAll("\n", " ")}}\n`).join(""));
  }
  await sql`close exported`.execute(trx);
}
