import { beforeEach, expect, test } from "vitest";
import { untoldFailing, untoldSilent } from "../../../src/ledger/feed-care.ts";
import { claimDueFeeds, countDueFeeds, releaseFeed } from "../../../src/ledger/feed-claims.ts";
import { type FetchRecord, recordFetches, recordFetchFailure, retireFeed } from "../../../src/ledger/feed-records.ts";
import { fetchSoon, findFeed, listFeeds, pauseFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { feed, later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests();
beforeEach(async () => {
  await ledger.db.deleteFrom("feeds").execute();
  await ledger.db.deleteFrom("hosts").execute();
});

const sync = (...feeds: Parameters<typeof syncFeeds>[1]) =>
  syncFeeds(ledger.db, feeds, { now: NOW, intervalSeconds: 300 });
const recordFetch = (db: Ledger["db"], fetch: FetchRecord) => recordFetches(db, [fetch]);
const claim = (now: Date, limit = 10) => claimDueFeeds(ledger.db, { now, limit, leaseMs: 30_000, gapMs: 5_000 });
const fetched = (feedId: string, now: Date, next: Date) =>
  recordFetch(ledger.db, { feedId, now, httpStatus: 200, nextFetchAt: next, intervalSeconds: 300, newItems: 0 });
const recordFailed = (feedId: string) =>
  recordFetchFailure(ledger.db, { feedId, now: NOW, error: "refused", nextFetchAt: later(60) });

test("a new feed is due at once, and claimed once", async () => {
  await sync(feed("tass"), feed("aa"));
  const first = await claim(NOW);
  expect(first.map(({ id }) => id).sort()).toEqual(["aa", "tass"]);
  expect(first[0]).toMatchObject({ timezone: "Asia/Yerevan", tier: 1, etag: null, intervalSeconds: 300 });
  expect(await claim(later(20))).toEqual([]);
});

test("a claim whose worker died is free again after its lease", async () => {
  await sync(feed("tass"));
  await claim(NOW);
  expect(await claim(later(29))).toEqual([]);
  expect(await claim(later(31))).toHaveLength(1);
});

test("a host is asked for one feed at a time, and not again within its gap", async () => {
  await sync(
    feed("a", "https://one.example/a"),
    feed("b", "https://one.example/b"),
    feed("c", "https://two.example/c"),
  );
  const first = await claim(NOW);
  expect(first).toHaveLength(2);
  expect(new Set(first.map(({ host }) => host)).size).toBe(2);
  const mine = first.find(({ host }) => host === "one.example");
  await fetched(mine?.id ?? "", later(2), later(300));
  expect(await claim(later(6))).toEqual([]);
  const second = await claim(later(7.1));
  expect(second.map(({ host }) => host)).toEqual(["one.example"]);
  expect(second[0]?.id).not.toBe(mine?.id);
});

test("claims made at the same time never share a host", async () => {
  await sync(...Array.from({ length: 40 }, (_, i) => feed(`f${i}`, `https://h${i % 8}.example/${i}`)));
  const claims = (await Promise.all(Array.from({ length: 6 }, () => claim(NOW, 3)))).flat();
  expect(claims.length).toBeGreaterThan(0);
  expect(new Set(claims.map(({ host }) => host)).size).toBe(claims.length);
});

test("a host that asks to wait is left alone by all its feeds", async () => {
  await sync(feed("a", "https://one.example/a"), feed("b", "https://one.example/b"));
  const [mine] = await claim(NOW);
  await recordFetchFailure(ledger.db, {
    feedId: mine?.id ?? "",
    now: NOW,
    error: "429",
    httpStatus: 429,
    nextFetchAt: later(60),
    hostNotBefore: later(600),
  });
  expect(await claim(later(599))).toEqual([]);
  expect(await claim(later(600))).toHaveLength(1);
});

test("failures are counted until a fetch succeeds", async () => {
  await sync(feed("tass"));
  const fail = (at: number) =>
    recordFetchFailure(ledger.db, { feedId: "tass", now: later(at), error: "timed out", nextFetchAt: later(at + 10) });
  expect(await fail(0)).toEqual({ failures: 1, failingSince: NOW, outage: false });
  expect(await fail(10)).toEqual({ failures: 2, failingSince: NOW, outage: false });
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ status: "failing", last_error: "timed out" });
  await fetched("tass", later(20), later(300));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({
    status: "ok",
    failures: 0,
    failing_since: null,
    last_error: null,
  });
});

test("validators are kept over a 304 and dropped with a changed url", async () => {
  await sync(feed("tass"));
  const validators = { etag: '"1"', lastModified: null, bodyHash: "abc" };
  await recordFetch(ledger.db, {
    feedId: "tass",
    now: NOW,
    httpStatus: 200,
    nextFetchAt: later(300),
    intervalSeconds: 300,
    newItems: 3,
    validators,
  });
  await recordFetch(ledger.db, {
    feedId: "tass",
    now: later(300),
    httpStatus: 304,
    nextFetchAt: later(600),
    intervalSeconds: 300,
    newItems: 0,
  });
  expect(await findFeed(ledger.db, "tass")).toMatchObject({
    etag: '"1"',
    body_hash: "abc",
    last_new_item_at: NOW,
    last_ok_at: later(300),
  });
  await sync(feed("tass"));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ etag: '"1"', next_fetch_at: later(600) });
  await sync(feed("tass", "https://other.example/rss"));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ etag: null, host: "other.example", next_fetch_at: NOW });
});

test("a permanent redirect changes where the feed is fetched, and its host", async () => {
  await sync(feed("tass"));
  await claim(NOW);
  await recordFetch(ledger.db, {
    feedId: "tass",
    now: NOW,
    httpStatus: 200,
    nextFetchAt: later(60),
    intervalSeconds: 60,
    newItems: 0,
    movedTo: "https://new.example/x",
  });
  const [again] = await claim(later(60));
  expect(again).toMatchObject({ url: "https://new.example/x", host: "new.example" });
  await sync(feed("tass"));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ moved_to: "https://new.example/x", host: "new.example" });
});

test("a feed that left the configuration is kept but not polled", async () => {
  await sync(feed("tass"), feed("aa"));
  await sync(feed("aa"));
  expect((await claim(NOW)).map(({ id }) => id)).toEqual(["aa"]);
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ configured: false });
  await sync(feed("aa"), feed("tass"));
  expect((await claim(NOW)).map(({ id }) => id)).toEqual(["tass"]);
});

test("a released feed stays due, its host keeps the gap", async () => {
  await sync(feed("tass"));
  await claim(NOW);
  await releaseFeed(ledger.db, "tass", { now: later(1) });
  expect(await claim(later(5.9))).toEqual([]);
  expect(await claim(later(6))).toHaveLength(1);
});

test("feeds on a busy host do not count as due", async () => {
  await sync(
    feed("a", "https://one.example/a"),
    feed("b", "https://one.example/b"),
    feed("c", "https://two.example/c"),
  );
  expect(await countDueFeeds(ledger.db, NOW)).toBe(2);
  const [mine] = await claim(NOW, 1);
  expect(await countDueFeeds(ledger.db, later(1))).toBe(1);
  await fetched(mine?.id ?? "", later(1), later(300));
  expect(await countDueFeeds(ledger.db, later(5.9))).toBe(1);
  expect(await countDueFeeds(ledger.db, later(6))).toBe(2);
});

test("a paused feed is not polled, and a feed can be asked for at once", async () => {
  await sync(feed("tass"), feed("aa"));
  expect(await pauseFeed(ledger.db, "tass", true)).toBe(true);
  expect((await claim(NOW)).map(({ id }) => id)).toEqual(["aa"]);
  await fetched("aa", NOW, later(300));
  expect(await claim(later(10))).toEqual([]);
  expect(await fetchSoon(ledger.db, { now: later(10), feedId: "aa" })).toBe(1);
  expect(await claim(later(10))).toHaveLength(1);
  expect(await pauseFeed(ledger.db, "none", true)).toBe(false);
});

test("silence is measured against the rhythm, up to the last good answer", async () => {
  await sync(feed("tass"), feed("aa"), feed("trend"));
  const record = (feedId: string, at: number, newItems: number) =>
    recordFetch(ledger.db, {
      feedId,
      now: later(at),
      httpStatus: 200,
      nextFetchAt: later(at + 60),
      intervalSeconds: 60,
      newItems,
      ...(feedId === "trend" ? {} : { rhythm: { typicalGapSeconds: 600, silentAfterSeconds: 1000 } }),
    });
  for (const id of ["tass", "aa", "trend"]) await record(id, 0, 5);
  await record("tass", 900, 0);
  await record("aa", 1001, 0);
  await record("trend", 9000, 0);
  expect((await untoldSilent(ledger.db)).map(({ id }) => id)).toEqual(["aa"]);
  await record("aa", 1100, 1);
  expect(await untoldSilent(ledger.db)).toEqual([]);
  expect((await listFeeds(ledger.db)).map(({ id }) => id)).toEqual(["aa", "tass", "trend"]);
});

test("feeds that fail long enough, or are gone, are to be told of", async () => {
  await sync(feed("tass"), feed("aa"), feed("trend"));
  const fail = (feedId: string, at: number) =>
    recordFetchFailure(ledger.db, { feedId, now: later(at), error: "500", nextFetchAt: later(at + 60) });
  for (const at of [0, 60, 120]) await fail("tass", at);
  for (const at of [0, 60]) await fail("trend", at);
  await retireFeed(ledger.db, { feedId: "aa", now: NOW, error: "gone", httpStatus: 410 });
  const untold = async (since: number) =>
    (await untoldFailing(ledger.db, { since: later(since), leastFailures: 3 })).map(({ id }) => id);
  expect(await untold(-1)).toEqual(["aa"]);
  expect(await untold(0)).toEqual(["aa", "tass"]);
});

test("a feed that is gone is polled again only when it is resumed, or its url changes", async () => {
  await sync(feed("tass"), feed("aa"));
  for (const id of ["tass", "aa"])
    await retireFeed(ledger.db, { feedId: id, now: NOW, error: "gone", httpStatus: 410 });
  expect(await claim(later(999_999))).toEqual([]);
  expect(await countDueFeeds(ledger.db, later(999_999))).toBe(0);
  await sync(feed("tass"), feed("aa"));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ status: "gone" });
  await pauseFeed(ledger.db, "tass", false);
  await sync(feed("tass"), feed("aa", "https://new.example/aa"));
  expect((await claim(later(10))).map(({ id }) => id).sort()).toEqual(["aa", "tass"]);
});

test("what failed at an address is not held against the next one", async () => {
  await sync(feed("tass"));
  await retireFeed(ledger.db, { feedId: "tass", now: NOW, error: "gone", httpStatus: 410 });
  await ledger.db.updateTable("feeds").set({ told_failing_at: NOW, redirect_to: "https://old.example/2" }).execute();
  await sync(feed("tass", "https://new.example/tass"));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({
    status: "new",
    failures: 0,
    failing_since: null,
    told_failing_at: null,
    last_error: null,
    redirect_to: null,
  });
  await sync(feed("tass", "https://new.example/tass"));
  await recordFailed("tass");
  await sync(feed("tass", "https://new.example/tass"));
  expect(await findFeed(ledger.db, "tass")).toMatchObject({ status: "failing", failures: 1, last_error: "refused" });
});

test("an overloaded host is asked at twice the gap, and sooner again when it answers well", async () => {
  await sync(feed("tass"));
  await claim(NOW);
  await recordFetchFailure(ledger.db, {
    feedId: "tass",
    now: NOW,
    error: "503",
    httpStatus: 503,
    overloaded: true,
    nextFetchAt: NOW,
  });
  expect(await claim(later(6))).toHaveLength(1);
  await releaseFeed(ledger.db, "tass", { now: later(6) });
  expect(await claim(later(15.9))).toEqual([]);
  expect(await claim(later(16))).toHaveLength(1);
  await fetched("tass", later(16), later(17));
  await claim(later(30));
  await fetched("tass", later(30), later(31));
  expect(await claim(later(35.1))).toHaveLength(1);
});

test("when most hosts fail at once no feed is blamed, not even those that failed first", async () => {
  const ids = ["a", "b", "c", "d", "e"];
  await sync(...ids.map((id) => feed(id)));
  await claim(NOW);
  for (const id of ids) await fetched(id, NOW, later(300));
  await claim(later(400));
  const fail = (id: string, at: number) =>
    recordFetchFailure(ledger.db, {
      feedId: id,
      now: later(at),
      error: "no name",
      unreachable: true,
      nextFetchAt: later(at + 60),
    });
  expect(await fail("a", 400)).toMatchObject({ failures: 1, outage: false });
  expect(await fail("b", 401)).toMatchObject({ failures: 1, outage: false });
  expect(await fail("c", 402)).toMatchObject({ failures: 0, outage: true });
  for (const id of ["a", "b", "c"])
    expect(await findFeed(ledger.db, id)).toMatchObject({ status: "ok", failures: 0, failing_since: null });
  await fetched("d", later(403), later(700));
  await fetched("e", later(403), later(700));
  expect(await fail("a", 900)).toMatchObject({ failures: 1, outage: false });
});
