import { sql } from "kysely";
import { type ExportedTable, listExportedTables } from "./exported-tables.ts";
import { allowPauses, inTransaction } from "./in-transaction.ts";
import type { Database } from "./schema.ts";

/** The first line of an export: which ledger the rows fit. */
export interface ExportHeader {
  readonly rasid: "ledger";
  readonly migrations: readonly string[];
  /** The last line counts the rows: an export that broke off must not be taken for a whole one. */
  readonly counted: true;
}

/** The last line of an export. */
export interface ExportEnd {
  readonly rasid: "end";
  readonly rows: number;
}

const ROWS_A_FETCH = 500;

/**
 * Writes the whole ledger as JSON Lines, as it stood at one moment: a header, then `{"<table>": row}` for each row,
 * then their number. A cursor keeps it to some hundred rows in memory. What the queues hold is left out: it is made again from what the rows
 * owe.
 */
export async function exportLedger(db: Database, write: (lines: string) => Promise<void>): Promise<void> {
  await inTransaction(db, async (trx) => {
    await sql`set transaction isolation level repeatable read read only`.execute(trx);
    await allowPauses(trx);
    const applied = await sql<{ name: string }>`select name from migrations order by name`.execute(trx);
    const migrations = applied.rows.map(({ name }) => name);
    await write(`${JSON.stringify({ rasid: "ledger", migrations, counted: true } satisfies ExportHeader)}\n`);
    let rows = 0;
    for (const table of await listExportedTables(trx)) rows += await exportTable(trx, table, write);
    await write(`${JSON.stringify({ rasid: "end", rows } satisfies ExportEnd)}\n`);
  });
}

async function exportTable(
  trx: Database,
  { name, columns, orderedBy }: ExportedTable,
  write: (lines: string) => Promise<void>,
): Promise<number> {
  const wanted = sql.join(columns.map((column) => sql.ref(column)));
  const order = orderedBy === null ? sql`` : sql`order by ${sql.ref(orderedBy)}`;
  await sql`
    declare exported no scroll cursor for
    select row_to_json(t)::text as line from (select ${wanted} from ${sql.table(name)} ${order}) t`.execute(trx);
  let count = 0;
  while (true) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(ROWS_A_FETCH)} from exported`.execute(trx);
    if (rows.length === 0) break;
    count += rows.length;
    await write(rows.map(({ line }) => `{"${name}":${line.replaceAll("\n", " ")}}\n`).join(""));
  }
  await sql`close exported`.execute(trx);
  return count;
}
