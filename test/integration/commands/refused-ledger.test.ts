import { sql } from "kysely";
import { expect, test } from "vitest";
import { ledgerForTests } from "../fresh-ledger.ts";
import { shell } from "./command-line.ts";

const ledger = ledgerForTests();

test("a command whose ledger is refused says why and ends at once", async () => {
  await sql`update migrations set hash = 'another' where name like '0001%'`.execute(ledger.db);
  const began = performance.now();
  const { code, err } = await shell(ledger.connectionString, "rasid alerts");
  expect([code, err]).toEqual([1, expect.stringMatching(/^the migration 0001-\S+ was changed/)]);
  // A connection left open holds the process for a minute.
  expect(performance.now() - began).toBeLessThan(45_000);
});
