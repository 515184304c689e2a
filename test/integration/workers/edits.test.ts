import { sql } from "kysely";
import { expect, test } from "vitest";
import { tell, toll } from "../api/told-story.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests();

const edits = async () =>
  (
    await sql<{ before: number; after: number }>`
      select (body->'data'->'before'->>'value')::int as before, (body->'data'->'after'->>'value')::int as after
      from alerts where kind = 'item.edited' order by seq`.execute(ledger.db)
  ).rows.map(({ before, after }) => [before, after]);

/** The item as the feed has it at some hour of its day. */
const said = (count: number, hour: number) => ({
  ...toll("a", count, "2022-09-16T09:00:00Z"),
  updatedAt: new Date(`2022-09-16T${hour}:00:00Z`),
});

test("a number edited, taken back and edited again is told each time; other words are not", async () => {
  await tell(ledger.db, "tass", [said(135, 10)]);
  expect(await edits()).toEqual([]);
  await tell(ledger.db, "tass", [said(151, 11)]);
  await tell(ledger.db, "tass", [{ ...said(151, 12), title: "Another heading" }]);
  expect(await edits()).toEqual([[135, 151]]);
  await tell(ledger.db, "tass", [said(135, 13)]);
  await tell(ledger.db, "tass", [said(135, 14)]);
  await tell(ledger.db, "tass", [said(151, 15)]);
  expect(await edits()).toEqual([
    [135, 151],
    [151, 135],
    [135, 151],
  ]);
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from revisions`.execute(ledger.db);
  expect(rows).toEqual([{ count: 5 }]);
});
