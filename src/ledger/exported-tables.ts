import { sql } from "kysely";
import type { Database } from "./schema.ts";

/** A table as an export carries it. */
export interface ExportedTable {
  readonly name: string;
  /** Its columns but those that the database makes from others. */
  readonly columns: readonly string[];
  /** A column by which rows come after those that they refer to; null where rows do not refer to their own table. */
  readonly orderedBy: string | null;
}

/**
 * What is left out: the record of migrations (the new ledger has its own), browsers' sessions (they end with a move),
 * and the index of the search (it is filled from the revisions).
 */
export const LEFT_OUT: readonly string[] = ["migrations", "sessions", "item_search", "search_progress"];

/** All tables of the ledger with all columns, as the database itself knows them, in an order in which rows only refer to rows before them. */
export async function listExportedTables(db: Database): Promise<ExportedTable[]> {
  const { rows: columns } = await sql<{ table: string; column: string; isIdentity: boolean }>`
    select c.table_name as table, c.column_name as column, c.is_identity = 'YES' as "isIdentity"
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
      and c.table_name <> all(${[...LEFT_OUT]}::text[])
    order by c.table_name, c.ordinal_position`.execute(db);
  const { rows: references } = await sql<{ from: string; to: string }>`
    select distinct f.relname as from, t.relname as to
    from pg_constraint c join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
    where c.contype = 'f' and f.relnamespace = current_schema::regnamespace`.execute(db);
  const names = ordered([...new Set(columns.map(({ table }) => table))], references);
  return names.map((name) => {
    const own = columns.filter(({ table }) => table === name);
    const refersToItself = references.some(({ from, to }) => from === name && to === name);
    const identity = own.find(({ isIdentity }) => isIdentity)?.column ?? null;
    return { name, columns: own.map(({ column }) => column), orderedBy: refersToItself ? identity : null };
  });
}

/** Those first to which others refer. @throws Error when tables refer to each other in a circle. */
function ordered(names: readonly string[], references: readonly { from: string; to: string }[]): string[] {
  const done: string[] = [];
  let left = [...names];
  while (left.length > 0) {
    const free = left.filter(
      (name) => !references.some(({ from, to }) => from === name && to !== name && left.includes(to)),
    );
    if (free.length === 0) throw new Error(`the tables ${left.join(", ")} refer to each other`);
    done.push(...free);
    left = left.filter((name) => !free.includes(name));
  }
  return done;
}
