import { sql } from "kysely";
import { expect, test } from "vitest";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { claimDuePages, storeTeasers } from "../../../src/ledger/pages.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests();

test("a page whose item cannot be read keeps no other from being read", async () => {
  const { db } = ledger;
  await syncFeeds(db, [feed("tass"), feed("aa")], { now: NOW, intervalSeconds: 300 });
  await storeTeasers(db, "tass", [{ ...item("a"), url: "https://one.example/a" }], NOW);
  await storeTeasers(db, "aa", [{ ...item("b"), url: "https://two.example/b" }], NOW);
  await sql`update pages set item = '{"of": "a newer Rasid"}' where feed_id = 'tass'`.execute(db);
  const claimed = await claimDuePages(db, { now: later(1), limit: 10, leaseMs: 60_000, gapMs: 0 });
  expect(claimed.map(({ url }) => url)).toEqual(["https://two.example/b"]);
});
