import { sql } from "kysely";
import { z } from "zod";
import { EXPORTED_TABLES } from "./export-ledger.ts";
import type { Database, LedgerSchema } from "./schema.ts";

const headerSchema = z.object({ rasid: z.literal("ledger"), migrations: z.array(z.string()) });
const rowSchema = z.partialRecord(z.enum(EXPORTED_TABLES), z.record(z.string(), z.unknown()));

const ROWS_AN_INSERT = 200;

/**
 * Reads an export into a ledger that is empty and migrated, all of it or, on any error, nothing. Returns the number of rows.
 * @throws Error when the ledger is not empty, the export is of another version, or a line is no row.
 */
export async function importLedger(db: Database, lines: AsyncIterable<string>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await refuseUnlessEmpty(trx);
    let count = 0;
    let number = 0;
    let table: keyof LedgerSchema | null = null;
    let rows: string[] = [];
    const flush = async (): Promise<void> => {
      if (table !== null && rows.length > 0) await insertRows(trx, table, rows);
      count += rows.length;
      rows = [];
    };
    for await (const line of lines) {
      number += 1;
      if (number === 1) {
        await checkHeader(trx, line);
        continue;
      }
      if (line.trim() === "") continue;
      const next = tableOf(line, number);
      if (next !== table || rows.length === ROWS_AN_INSERT) await flush();
      table = next;
      rows.push(line.slice(line.indexOf(":") + 1, line.lastIndexOf("}")));
    }
    await flush();
    if (number === 0) throw new Error("the export is empty");
    await advanceIdentities(trx);
    return count;
  });
}

async function refuseUnlessEmpty(trx: Database): Promise<void> {
  for (const table of EXPORTED_TABLES) {
    const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(trx);
    if (rows.length > 0 && table !== "meta")
      throw new Error(
        `this ledger holds data already (${table}): import into a new one (another RASID_DATA folder or database)`,
      );
  }
  await sql`delete from meta`.execute(trx);
}

async function checkHeader(trx: Database, line: string): Promise<void> {
  const header = headerSchema.safeParse(parse(line, 1));
  if (!header.success) throw new Error("line 1: this is no export of a ledger");
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(trx);
  const ours = rows.map(({ name }) => name);
  if (JSON.stringify(ours) !== JSON.stringify(header.data.migrations))
    throw new Error(
      `the export was written at ${header.data.migrations.at(-1)}, this Rasid stands at ${ours.at(-1)}: export it with the version that you import it with`,
    );
}

function tableOf(line: string, number: number): keyof LedgerSchema {
  const row = rowSchema.safeParse(parse(line, number));
  const table = row.success ? (Object.keys(row.data)[0] as keyof LedgerSchema | undefined) : undefined;
  if (table === undefined) throw new Error(`line ${number}: this is no row of the ledger`);
  return table;
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`line ${number}: this is no JSON`);
  }
}

/** The rows go in as they were written: reading numbers of 64 bits into JavaScript would round them. */
async function insertRows(trx: Database, table: keyof LedgerSchema, rows: readonly string[]): Promise<void> {
  await sql`
    insert into ${sql.table(table)} overriding system value
    select * from json_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(",")}]`}::json)`.execute(trx);
}

/** The next ids follow on those that came in. */
async function advanceIdentities(trx: Database): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = current_schema and is_identity = 'YES'`.execute(trx);
  for (const { table, column } of rows)
    await sql`
      select setval(pg_get_serial_sequence(${table}, ${column}), greatest((select max(${sql.ref(column)}) from ${sql.table(table)}), 1),
        exists (select from ${sql.table(table)}))`.execute(trx);
}
