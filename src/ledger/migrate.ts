import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { LedgerRefusal } from "./ledger-refusal.ts";
import { LEDGER_LOCKS, LOCK_SPACE } from "./locks.ts";
import type { Ledger } from "./open-ledger.ts";

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

interface Applied {
  readonly name: string;
  readonly hash: string;
  /** The version before stands it. */
  readonly additive: boolean;
}

const FOLDER = new URL("./migrations/", import.meta.url);

/** A file with this line takes from the tables what the version before it needs. */
const BREAKING = /^-- breaking\b/m;
/** A table that is in use is waited for this long; meanwhile others wait behind. */
const LOCK_WITHIN = "5s";
const MOST_TRIES = 60;
const REST_MS = 1_000;
/** PostgreSQL's code for a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = "55P03";
/** PostgreSQL's code for what the user may not do. Since version 15 only its owner makes tables in a database. */
const INSUFFICIENT_PRIVILEGE = "42501";

/**
 * Brings the ledger's tables up to date: runs the SQL files of `migrations/` that it has not seen, in order, each in a
 * transaction, one process at a time. Returns the names of those it ran. A ledger that is ahead by migrations which
 * only add is worked on as it is, so that processes of two versions may start and stop beside each other.
 * @throws Error when a newer Rasid took away what this one needs, or a migration that ran was changed afterwards.
 */
export async function migrate(ledger: Pick<Ledger, "connectionString">): Promise<string[]> {
  const client = new pg.Client({ connectionString: ledger.connectionString });
  // A connection that is lost tells the query at work; unheard here, it would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    await checkEncoding(client);
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE.ledger, LEDGER_LOCKS.migrate]);
    await client.query(
      "create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())",
    );
    const known = await client.query(
      "select from information_schema.columns where table_schema = current_schema and table_name = 'migrations' and column_name = 'additive'",
    );
    if (known.rowCount === 0)
      await client.query("alter table migrations add column additive boolean not null default false");
    const applied = await client.query<Applied>("select name, hash, additive from migrations order by name");
    const owed = owedMigrations(readMigrations(), applied.rows);
    for (const migration of owed) await run(client, migration);
    return owed.map(({ name }) => name);
  } catch (error) {
    if (![error, (error as Error).cause].some((one) => codeOf(one) === INSUFFICIENT_PRIVILEGE)) throw error;
    const { user, database } = client;
    throw new LedgerRefusal(
      `the database user ${user} may not make the ledger's tables (${(error as Error).message}): make it the owner of the database (\`alter database ${database} owner to ${user}\`), or name the user who made them in DATABASE_URL`,
      { cause: error },
    );
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

function owedMigrations(all: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const known = new Map(all.map((migration) => [migration.name, migration]));
  for (const { name, hash, additive } of applied) {
    const migration = known.get(name);
    if (migration === undefined && additive) continue;
    if (migration === undefined)
      throw new LedgerRefusal(`the ledger was written by a newer Rasid (it knows ${name}): update this one`);
    if (migration.hash !== hash)
      throw new LedgerRefusal(
        `the migration ${name} was changed after this ledger had run it: export the ledger with the Rasid that wrote it, and import it into a new one`,
      );
  }
  const done = new Set(applied.map(({ name }) => name));
  return all.filter(({ name }) => !done.has(name));
}

/** Running workers go on between two tries, so a long query of theirs holds up neither them nor the migration for good. */
async function run(client: pg.Client, migration: Migration): Promise<void> {
  for (let tries = 1; ; tries += 1)
    try {
      return await runOnce(client, migration);
    } catch (error) {
      if (codeOf((error as Error).cause) !== LOCK_NOT_AVAILABLE || tries === MOST_TRIES) throw error;
      await pause(REST_MS);
    }
}

async function runOnce(client: pg.Client, { name, text, hash }: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(`set local lock_timeout = '${LOCK_WITHIN}'`);
    await client.query(text);
    const additive = !BREAKING.test(text);
    await client.query("insert into migrations (name, hash, additive) values ($1, $2, $3)", [name, hash, additive]);
    await client.query("commit");
  } catch (error) {
    // With a connection that is lost the transaction is, too.
    await client.query("rollback").catch(() => {});
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** Texts are in every script; a database of another encoding would take the first items and refuse others later. */
async function checkEncoding(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>("show server_encoding");
  const encoding = rows[0]?.server_encoding;
  if (encoding !== "UTF8")
    throw new LedgerRefusal(
      `the database ${client.database} is in ${encoding}: the ledger needs one in UTF8 (\`create database … encoding 'UTF8' template template0\`)`,
    );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
