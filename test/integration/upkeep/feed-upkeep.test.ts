import { beforeAll, beforeEach, expect, test } from "vitest";
import { operationalAlertBodySchema } from "../../../src/api/alert-body-schema.ts";
import { insertAlerts, listAlerts } from "../../../src/ledger/alerts.ts";
import { listDeliveries } from "../../../src/ledger/deliveries.ts";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { type FetchRecord, recordFetches, recordFetchFailure, retireFeed } from "../../../src/ledger/feed-records.ts";
import { findFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import { insertObservations } from "../../../src/ledger/observations.ts";
import { seal, sealingKeyOf } from "../../../src/ledger/sealed-secret.ts";
import { tendFeeds, type UpkeepOptions } from "../../../src/upkeep/feed-upkeep.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert, figure, STORY, storedRevision } from "../ledger/sample-claims.ts";
import { feed, later, NOW } from "../ledger/sample-feeds.ts";

const key = sealingKeyOf(Buffer.alloc(32, 7).toString("base64"));
const ledger = ledgerForTests({
  emptied: "feeds, hosts, items, revisions, observations, alerts, deliveries, attempts",
});
beforeAll(async () => {
  const secret = { sealed: seal(`whsec_${Buffer.alloc(32, 1).toString("base64")}`, key), keyId: key.id };
  await createEndpoint(ledger.db, { settings: { url: "https://desk.example/hook" }, secret, now: NOW });
});
beforeEach(async () => {
  await syncFeeds(ledger.db, [feed("tass"), feed("aa")], { now: NOW, intervalSeconds: 900 });
});

function upkeep(at: Date) {
  const told = { kinds: [] as string[], told: [] as object[], enqueued: [] as string[] };
  const options: UpkeepOptions = {
    db: ledger.db,
    now: () => at,
    bounds: { minimumIntervalSeconds: 60, maximumIntervalSeconds: 86_400 },
    enqueue: async (payloads) => void told.enqueued.push(...payloads.flatMap(({ deliveries }) => deliveries)),
    onTold: (one) => {
      told.kinds.push(`${one.kind} ${one.feed}`);
      told.told.push(one);
    },
  };
  return { options, told };
}

async function tend(at: Date) {
  const { options, told } = upkeep(at);
  await tendFeeds(options);
  return told;
}

const fail = (id: string, at: number) =>
  recordFetchFailure(ledger.db, {
    feedId: id,
    now: later(at),
    error: "the server answered 500",
    httpStatus: 500,
    nextFetchAt: later(at + 60),
  });
const well = (id: string, at: number, more: Partial<FetchRecord> = {}) =>
  recordFetches(ledger.db, [
    {
      feedId: id,
      now: later(at),
      httpStatus: 200,
      nextFetchAt: later(at + 900),
      intervalSeconds: 900,
      newItems: 0,
      ...more,
    },
  ]);

test("a feed that fails for an hour is told of once, delivered like any alert, and ends quietly", async () => {
  for (const at of [0, 600, 1800]) await fail("tass", at);
  expect((await tend(later(3000))).kinds).toEqual([]);
  const { kinds, enqueued } = await tend(later(3601));
  expect(kinds).toEqual(["feed.failing tass"]);
  const [told] = await listAlerts(ledger.db, { limit: 10 });
  expect(operationalAlertBodySchema.parse(told?.body)).toMatchObject({
    type: "feed.failing",
    data: { subject: "tass", url: "https://tass.example/rss", since: NOW.toISOString(), severity: "medium" },
  });
  const deliveries = await listDeliveries(ledger.db, { limit: 10 });
  expect(deliveries.map(({ id }) => id)).toEqual(enqueued);
  expect(enqueued).toHaveLength(1);
  await fail("tass", 4000);
  expect((await tend(later(7200))).kinds).toEqual([]);
  await well("tass", 7300);
  expect(await listAlerts(ledger.db, { limit: 10 })).toHaveLength(1);
  for (const at of [8000, 9000, 10_000]) await fail("tass", at);
  expect((await tend(later(12_000))).kinds).toEqual(["feed.failing tass"]);
});

test("who is told of a feed learns its publisher and address, and no key that the address carries", async () => {
  const secret = "https://reader:hidden@tass.example/rss?key=hidden#hidden";
  const [keyed] = [{ ...feed("tass"), url: secret, source: "TASS, World" }];
  await syncFeeds(ledger.db, [keyed, feed("aa")], { now: NOW, intervalSeconds: 900 });
  for (const at of [0, 600, 1800]) await fail("tass", at);
  const { told } = await tend(later(3601));
  const [alerted] = await listAlerts(ledger.db, { limit: 10 });
  const { data } = operationalAlertBodySchema.parse(alerted?.body);
  for (const one of [data, told[0]])
    expect(one).toMatchObject({ source: "TASS, World", url: "https://tass.example/rss" });
  expect(JSON.stringify([told, alerted])).not.toContain("hidden");
});

test("two processes that see the same failure tell of it once", async () => {
  for (const at of [0, 600, 1800]) await fail("tass", at);
  const both = await Promise.all([tend(later(3601)), tend(later(3601))]);
  expect(both.flatMap(({ kinds }) => kinds)).toEqual(["feed.failing tass"]);
});

test("a feed that is gone is told of at once", async () => {
  await retireFeed(ledger.db, {
    feedId: "aa",
    now: NOW,
    error: "the publisher says that the feed is gone (410)",
    httpStatus: 410,
  });
  expect((await tend(later(1))).kinds).toEqual(["feed.failing aa"]);
  const [told] = await listAlerts(ledger.db, { limit: 10 });
  expect(operationalAlertBodySchema.parse(told?.body).data.because).toMatch(/gone \(410\).*resumed/);
});

test("a feed that falls silent against its rhythm is told of once, and again only after it spoke", async () => {
  const rhythm = { typicalGapSeconds: 600, silentAfterSeconds: 86_400 };
  await well("tass", 0, { newItems: 9, rhythm });
  await well("tass", 86_000);
  expect((await tend(later(86_001))).kinds).toEqual([]);
  await well("tass", 86_500);
  expect((await tend(later(86_501))).kinds).toEqual(["feed.silent tass"]);
  await well("tass", 90_000);
  expect((await tend(later(90_001))).kinds).toEqual([]);
  await well("tass", 91_000, { newItems: 1 });
  expect((await findFeed(ledger.db, "tass"))?.told_silent_at).toBeNull();
});

test("the feeds of a story that moves are polled sooner, within the publisher's wish", async () => {
  const { itemId, revisionId } = await storedRevision(ledger.db);
  await syncFeeds(ledger.db, [feed("tass"), feed("aa")], { now: NOW, intervalSeconds: 900 });
  for (const id of ["tass", "aa"]) await well(id, 0);
  const observations = [
    { observation: figure("1:1:text:0", 135), itemId, revisionId, clusterId: null, feedId: "tass" },
  ];
  await insertObservations(ledger.db, { story: STORY, observations, now: NOW });
  const due = async (id: string) => ((await findFeed(ledger.db, id))?.next_fetch_at.getTime() ?? 0) - NOW.getTime();
  await tend(later(10));
  expect(await due("tass")).toBe(900_000);
  await insertAlerts(ledger.db, { alerts: [alert("alt_1")], now: later(20) });
  await tend(later(30));
  expect(await due("tass")).toBe(300_000);
  expect(await due("aa")).toBe(900_000);
  await well("tass", 40, { notBefore: later(640) });
  await tend(later(50));
  expect(await due("tass")).toBe(640_000);
  await well("tass", 5000);
  await tend(later(5010));
  expect(await due("tass")).toBe(5_900_000);
});
