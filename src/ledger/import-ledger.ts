import { sql } from "kysely";
import { z } from "zod";
import { type ExportedTable, listExportedTables } from "./exported-tables.ts";
import { allowPauses } from "./in-transaction.ts";
import type { Database } from "./schema.ts";

const headerSchema = z.object({
  rasid: z.literal("ledger"),
  migrations: z.array(z.string()),
  /** Those of the first builds have no last line. */
  counted: z.boolean().default(false),
});
const endSchema = z.object({ rasid: z.literal("end"), rows: z.number() });

const END = '{"rasid":"end"';

/** Rows of one insert: as many as there are, or fewer when they are long. */
const ROWS_AN_INSERT = 500;
const CHARACTERS_AN_INSERT = 4_000_000;

/**
 * Reads an export into a ledger that is empty and migrated, all of it or, on any error, nothing. Returns the number of rows.
 * @throws Error when the ledger is not empty, the export is of another version or not whole, or a line is no row.
 */
export async function importLedger(db: Database, lines: AsyncIterable<string>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await allowPauses(trx);
    const tables = new Map((await listExportedTables(trx)).map((table) => [table.name, table]));
    await makeEmpty(trx, [...tables.keys()]);
    let count = 0;
    let number = 0;
    let table: ExportedTable | null = null;
    let rows: string[] = [];
    let length = 0;
    let end: number | null = null;
    let counted = false;
    const flush = async (): Promise<void> => {
      if (table !== null && rows.length > 0) await insertRows(trx, table, { rows, before: number });
      count += rows.length;
      rows = [];
      length = 0;
    };
    for await (const line of lines) {
      if (number === 0) ({ counted } = await checkHeader(trx, line));
      else if (line.startsWith(END)) end = endSchema.parse(parse(line, number + 1)).rows;
      else if (line.trim() !== "") {
        const { table: next, row } = rowOf(line, number + 1, tables);
        if (next !== table || rows.length === ROWS_AN_INSERT || length > CHARACTERS_AN_INSERT) await flush();
        table = next;
        rows.push(row);
        length += row.length;
      }
      number += 1;
    }
    await flush();
    if (number === 0) throw new Error("the export is empty");
    if (counted && end !== count)
      throw new Error(`the export is not whole: it has ${count} rows ${end === null ? "and no end" : `of ${end}`}`);
    await advanceIdentities(trx);
    return count;
  });
}

/** What a new ledger is given at its making goes: the export has its own. */
async function makeEmpty(trx: Database, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    if (table === "meta") continue;
    const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(trx);
    if (rows.length > 0)
      throw new Error(
        `this ledger holds data already (${table}): import into a new one (another RASID_DATA folder or database)`,
      );
  }
  await sql`delete from meta`.execute(trx);
}

async function checkHeader(trx: Database, line: string): Promise<z.output<typeof headerSchema>> {
  const header = headerSchema.safeParse(parse(line, 1));
  if (!header.success) throw new Error("line 1: this is no export of a ledger");
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(trx);
  const ours = rows.map(({ name }) => name);
  if (JSON.stringify(ours) !== JSON.stringify(header.data.migrations))
    throw new Error(
      `the export was written at ${header.data.migrations.at(-1)}, this Rasid stands at ${ours.at(-1)}: export it with the version that you import it with`,
    );
  return header.data;
}

/** The row is passed on as it was written: reading numbers of 64 bits into JavaScript would round them. */
function rowOf(
  line: string,
  number: number,
  tables: ReadonlyMap<string, ExportedTable>,
): { table: ExportedTable; row: string } {
  const table = tables.get(/^\{"(\w+)":\{/.exec(line)?.[1] ?? "");
  if (table !== undefined && line.endsWith("}}"))
    return { table, row: line.slice(line.indexOf(":") + 1, line.length - 1) };
  parse(line, number);
  throw new Error(`line ${number}: this is no row of the ledger`);
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`line ${number}: this is no JSON: the file broke off there, or is no export`);
  }
}

async function insertRows(
  trx: Database,
  { name, columns }: ExportedTable,
  { rows, before }: { rows: readonly string[]; before: number },
): Promise<void> {
  const wanted = sql.join(columns.map((column) => sql.ref(column)));
  try {
    await sql`
      insert into ${sql.table(name)} (${wanted}) overriding system value
      select ${wanted} from json_populate_recordset(null::${sql.table(name)}, ${`[${rows.join(",")}]`}::json)`.execute(
      trx,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`lines ${before - rows.length + 1} to ${before} (${name}) were refused: ${reason}`, {
      cause: error,
    });
  }
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
