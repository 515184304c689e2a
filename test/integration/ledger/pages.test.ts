import { sql } from "kysely";
import { expect, test } from "vitest";
import { countDueFeeds } from "../../../src/ledger/feed-claims.ts";
import { pauseFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import { claimDuePages, settlePage, storeTeasers } from "../../../src/ledger/pages.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ emptied: "feeds, hosts, pages, items" });
const CLAIM = { limit: 10, leaseMs: 60_000, gapMs: 5_000 };

test("a page whose item cannot be read keeps no other from being read", async () => {
  const { db } = ledger;
  await syncFeeds(db, [feed("tass"), feed("aa")], { now: NOW, intervalSeconds: 300 });
  await storeTeasers(db, "tass", [{ ...item("a"), url: "https://one.example/a" }], NOW);
  await storeTeasers(db, "aa", [{ ...item("b"), url: "https://two.example/b" }], NOW);
  await sql`update pages set item = '{"of": "a newer Rasid"}' where feed_id = 'tass'`.execute(db);
  const claimed = await claimDuePages(db, { now: later(1), limit: 10, leaseMs: 60_000, gapMs: 0 });
  expect(claimed.map(({ url }) => url)).toEqual(["https://two.example/b"]);
});

test("a page whose item cannot be read keeps its host's other pages back neither", async () => {
  const { db } = ledger;
  await syncFeeds(db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
  const at = (name: string) => ({ ...item(name), url: `https://one.example/${name}` });
  await storeTeasers(db, "tass", [at("newest"), at("older")], NOW);
  await sql`update pages set item = '{"of": "a newer Rasid"}' where guid_key = 'newest'`.execute(db);
  expect(await claimDuePages(db, { now: later(1), ...CLAIM })).toEqual([]);
  const [page] = await claimDuePages(db, { now: later(2), ...CLAIM });
  expect(page?.url).toBe("https://one.example/older");
});

test("a page that is to be read again calls for a request by itself, unless its feed is paused", async () => {
  const { db } = ledger;
  await syncFeeds(db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
  await storeTeasers(db, "tass", [{ ...item("a"), url: "https://one.example/a" }], NOW);
  const [page] = await claimDuePages(db, { now: later(1), ...CLAIM });
  const revisit = { at: later(3600), etag: null, lastModified: null };
  await settlePage(db, page!, { item: page!.item, error: null, revisit, now: later(2), host: {} });
  await sql`update feeds set next_fetch_at = ${later(100_000)}`.execute(db);
  expect(await countDueFeeds(db, later(3599))).toBe(0);
  expect(await countDueFeeds(db, later(3601))).toBe(1);
  await pauseFeed(db, "tass", true);
  expect(await countDueFeeds(db, later(3601))).toBe(0);
  expect(await claimDuePages(db, { now: later(3601), ...CLAIM })).toEqual([]);
  await pauseFeed(db, "tass", false);
  expect(await claimDuePages(db, { now: later(3601), ...CLAIM })).toHaveLength(1);
  expect(await countDueFeeds(db, later(3602))).toBe(0);
});
