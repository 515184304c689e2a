import { sql } from "kysely";
import { expect, test } from "vitest";
import { ROLES } from "../../../src/domain/role.ts";
import { COMMAND_NAME, connectionName, findMissingRoles } from "../../../src/ledger/connected-roles.ts";
import { openLedger } from "../../../src/ledger/open-ledger.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests({ name: COMMAND_NAME });

/** What is missing while processes with these roles are connected. */
async function missingBeside(...processes: string[]) {
  const open = await Promise.all(
    processes.map((name) => openLedger({ connectionString: ledger.connectionString, name })),
  );
  try {
    return await findMissingRoles(ledger.db);
  } finally {
    await Promise.all(open.map((one) => one.close()));
  }
}

test("a command has no role", async () => {
  expect(await missingBeside()).toEqual(ROLES);
});

test("roles may be split in any way", async () => {
  expect(await missingBeside(connectionName(["api", "fetch", "reconcile"]), connectionName(["match"]))).toEqual([
    "deduplicate",
    "classify",
    "deliver",
  ]);
  expect(await missingBeside(...ROLES.map((role) => connectionName([role])))).toEqual([]);
});

test("the name of a process with all roles is kept whole by PostgreSQL", async () => {
  expect(await missingBeside(connectionName(ROLES))).toEqual([]);
});

test("a process that does not say what it does may have every role", async () => {
  expect(await missingBeside(connectionName([]))).toEqual([]);
});

test("processes of other ledgers on the same server do not count", async () => {
  const server = new URL(ledger.connectionString);
  server.pathname = "/postgres";
  const other = await openLedger({ connectionString: server.href, name: connectionName(ROLES) });
  await sql`select 1`.execute(other.db);
  expect(await missingBeside()).toEqual(ROLES);
  await other.close();
});
