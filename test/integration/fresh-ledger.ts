import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { beforeEach, inject } from "vitest";
import { migrate } from "../../src/ledger/migrate.ts";
import { type Ledger, type LedgerOptions, openLedger } from "../../src/ledger/open-ledger.ts";
import { startedForTests } from "../started-for-tests.ts";

/** An empty database of its own on the shared server, with the connection string; `drop` removes it. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const server = inject("databaseServer");
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

/** A migrated ledger in a database of its own; `close` removes it. */
export async function freshLedger(options: Pick<LedgerOptions, "maxConnections" | "name"> = {}): Promise<Ledger> {
  const { url, drop } = await freshDatabase();
  const ledger = await openLedger({ connectionString: url, ...options });
  await migrate(ledger);
  return {
    ...ledger,
    close: async () => {
      await ledger.close();
      await drop();
    },
  };
}

/** A fresh ledger for the tests of a file. @param emptied tables that are emptied before each test, with commas. */
export function ledgerForTests({
  emptied,
  ...options
}: { emptied?: string } & Pick<LedgerOptions, "maxConnections" | "name"> = {}): Ledger {
  const ledger = startedForTests(
    () => freshLedger(options),
    (started) => started.close(),
  );
  if (emptied !== undefined) beforeEach(() => sql.raw(`truncate ${emptied} cascade`).execute(ledger.db));
  return ledger;
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
