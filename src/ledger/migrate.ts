import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";
import { LEDGER_LOCKS, LOCK_SPACE } from "./locks.ts";
import type { Ledger } from "./open-ledger.ts";

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

const FOLDER = new URL("./migrations/", import.meta.url);

/**
 * Brings the ledger's tables up to date: runs the SQL files of `migrations/` that it has not seen, in order, each in a
 * transaction, one process at a time. Returns the names of those it ran.
 * @throws Error when the ledger was written by a newer Rasid, or a migration that ran was changed afterwards.
 */
export async function migrate(ledger: Pick<Ledger, "connectionString">): Promise<string[]> {
  const client = new pg.Client({ connectionString: ledger.connectionString });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE.ledger, LEDGER_LOCKS.migrate]);
    await client.query(
      "create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())",
    );
    const applied = await client.query<{ name: string; hash: string }>(
      "select name, hash from migrations order by name",
    );
    const owed = owedMigrations(readMigrations(), applied.rows);
    for (const migration of owed) await run(client, migration);
    return owed.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function readMigrations(): Migration[] {
  const names = readdirSync(FOLDER).filter((name) => /^\d{4}-.*\.sql$/.test(name));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, FOLDER), "utf8");
    return { name, text, hash: createHash("sha256").update(text).digest("hex") };
  });
}

function owedMigrations(all: readonly Migration[], applied: readonly { name: string; hash: string }[]): Migration[] {
  const known = new Map(all.map((migration) => [migration.name, migration]));
  for (const { name, hash } of applied) {
    const migration = known.get(name);
    if (migration === undefined)
      throw new Error(`the ledger was written by a newer Rasid (it knows ${name}): update this one`);
    if (migration.hash !== hash) throw new Error(`the migration ${name} was changed after this ledger had run it`);
  }
  const done = new Set(applied.map(({ name }) => name));
  return all.filter(({ name }) => !done.has(name));
}

async function run(client: pg.Client, { name, text, hash }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(text);
    await client.query("insert into migrations (name, hash) values ($1, $2)", [name, hash]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
