import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { takeBackFutureTimes } from "../../../src/ledger/clock-setback.ts";
import { claimDueFeeds } from "../../../src/ledger/feed-claims.ts";
import { recordFetches, recordFetchFailure, retireFeed } from "../../../src/ledger/feed-records.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { renewClaim } from "../../../src/ledger/leases.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { feed, later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests();

const FEEDS = [feed("a", "https://host-a.example/rss"), feed("b", "https://host-b.example/rss")];

beforeEach(async () => {
  await ledger.db.deleteFrom("feeds").execute();
  await ledger.db.deleteFrom("hosts").execute();
  await syncFeeds(ledger.db, FEEDS, { now: NOW, intervalSeconds: 300 });
  await claimDueFeeds(ledger.db, { now: NOW, limit: 10, leaseMs: 30_000, gapMs: 5_000 });
});

const recordOf = (feedId: string) => ({
  ...{ feedId, now: later(1), httpStatus: 200, nextFetchAt: later(300), intervalSeconds: 300, newItems: 1 },
});

/** Who writes a feed and its host. Half of them in the other order would wait for the other half for ever. */
const WRITERS = {
  "a renewed claim": () => renewClaim(ledger.db, { feedId: "a" }, { now: later(1), leaseMs: 30_000 }),
  "a fetch": () => recordFetches(ledger.db, [recordOf("a")]),
  "a fetch that moved": () => recordFetches(ledger.db, [{ ...recordOf("a"), movedTo: "https://host-c.example/rss" }]),
  "a failure": () =>
    recordFetchFailure(ledger.db, { feedId: "a", now: later(1), error: "refused", nextFetchAt: later(60) }),
  "a feed that is gone": () => retireFeed(ledger.db, { feedId: "a", now: later(1), error: "gone", httpStatus: 410 }),
  "a clock that was set back": () => takeBackFutureTimes(ledger.db, later(-100_000)),
};

test.each(Object.entries(WRITERS))("%s takes the host before the feed", async (_name, write) => {
  expect(await heldWhileWaiting(write, sql`select from hosts where host = 'host-a.example'`)).toBe(true);
});

test("several feeds are taken in one order, by fetches and by a new configuration", async () => {
  const writers = [
    () => recordFetches(ledger.db, [recordOf("b"), recordOf("a")]),
    () => syncFeeds(ledger.db, [...FEEDS].reverse(), { now: later(1), intervalSeconds: 300 }),
  ];
  for (const write of writers) expect(await heldWhileWaiting(write, sql`select from feeds where id = 'b'`)).toBe(false);
});

/** Whether a row is held while its writer waits for feed `a`. */
async function heldWhileWaiting(write: () => Promise<unknown>, row: ReturnType<typeof sql>): Promise<boolean> {
  await using blocker = await holding(sql`select from feeds where id = 'a' for update`);
  const written = write();
  await blocker.waitedFor();
  const held = await isHeld(sql`${row} for update skip locked`);
  await blocker.end();
  await written;
  return held;
}

/** A transaction that holds what it selected until it is ended. */
async function holding(select: ReturnType<typeof sql>) {
  const trx = await ledger.db.startTransaction().execute();
  await select.execute(trx);
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
  let open = true;
  const end = async (): Promise<void> => {
    if (open) await trx.rollback().execute();
    open = false;
  };
  /** Until somebody waits for what is held. */
  const waitedFor = () =>
    expect
      .poll(async () => {
        const waiting =
          await sql`select from pg_stat_activity where ${rows[0]?.pid} = any(pg_blocking_pids(pid))`.execute(ledger.db);
        return waiting.rows.length;
      })
      .toBeGreaterThan(0);
  return { waitedFor, end, [Symbol.asyncDispose]: end };
}

async function isHeld(skipping: ReturnType<typeof sql>): Promise<boolean> {
  return (await skipping.execute(ledger.db)).rows.length === 0;
}
