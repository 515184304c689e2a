import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { findAlert, insertAlerts, knownAlertIds, listAlerts, listFollowingAlerts } from "../../../src/ledger/alerts.ts";
import { listenForAlerts } from "../../../src/ledger/listen.ts";
import { lockStory } from "../../../src/ledger/locks.ts";
import {
  findObservation,
  insertObservations,
  listObservations,
  loadHistory,
  momentOfCommit,
  readJudgedBatches,
} from "../../../src/ledger/observations.ts";
import { insertStandings, listCurrentStandings, listStandingHistory } from "../../../src/ledger/standings.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert, DEATHS, figure, STORY, storedRevision } from "./sample-claims.ts";
import { later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, clusters, observations, standings, alerts" });
let origin: { itemId: string; revisionId: string; clusterId: null; feedId: string };
beforeEach(async () => {
  origin = { ...(await storedRevision(ledger.db)), clusterId: null, feedId: "tass" };
});

const observeIn = async (story: string, ...figures: ReturnType<typeof figure>[]) =>
  insertObservations(ledger.db, {
    story,
    observations: figures.map((observation) => ({ observation, ...origin })),
    now: await momentOfCommit(ledger.db, story, NOW),
  });
const observe = (...figures: ReturnType<typeof figure>[]) => observeIn(STORY, ...figures);
const stand = (key: string, value: number, at = NOW) =>
  insertStandings(ledger.db, {
    story: STORY,
    standings: [
      {
        key,
        subject: DEATHS,
        event: "armenian-deaths",
        side: "armenia",
        observationId: null,
        asOf: at.toISOString(),
        body: { value },
      },
    ],
    now: at,
  });

test("an observation comes back exactly as it was judged", async () => {
  const first = { ...figure("1:1:0", 105), asserted: "2022-09-14", quote: "«105 جنود»" };
  expect(await observe(first)).toEqual(["1:1:0"]);
  expect(await loadHistory(ledger.db, { story: STORY, subjects: [DEATHS] })).toEqual([first]);
  expect(await findObservation(ledger.db, STORY, "1:1:0")).toMatchObject({
    value: 105,
    party: "armenia",
    quote: "«105 جنود»",
    span_start: 10,
    item_id: origin.itemId,
  });
});

test("an observation is entered once", async () => {
  await observe(figure("1:1:0", 105));
  expect(await observe(figure("1:1:0", 105), figure("2:1:0", 135))).toEqual(["2:1:0"]);
  expect(await loadHistory(ledger.db, { story: STORY, subjects: [DEATHS, "other"] })).toHaveLength(2);
  expect(await loadHistory(ledger.db, { story: "elsewhere", subjects: [DEATHS] })).toEqual([]);
});

test("observations are listed page by page", async () => {
  await observe(...[1, 2, 3].map((n) => figure(`${n}:1:0`, n)));
  const first = await listObservations(ledger.db, { story: STORY, event: "armenian-deaths", limit: 2 });
  const rest = await listObservations(ledger.db, { story: STORY, after: first.at(-1)?.seq ?? "", limit: 2 });
  expect([...first, ...rest].map(({ id }) => id)).toEqual(["1:1:0", "2:1:0", "3:1:0"]);
});

test("observations are listed page by page with the newest first", async () => {
  await observe(...[1, 2, 3].map((n) => figure(`${n}:1:0`, n)));
  const page = { story: STORY, order: "newest", limit: 2 } as const;
  const first = await listObservations(ledger.db, page);
  const rest = await listObservations(ledger.db, { ...page, after: first.at(-1)?.seq ?? "" });
  expect([...first, ...rest].map(({ id }) => id)).toEqual(["3:1:0", "2:1:0", "1:1:0"]);
});

test("observations are read as they were judged: by commit, those of one moment and of other stories kept apart", async () => {
  const elsewhere = (observation: ReturnType<typeof figure>) => observeIn("other", observation);
  await observe(figure("1:1:0", 105), figure("1:1:1", 106));
  await elsewhere(figure("7:1:0", 1));
  await observe(figure("2:1:0", 110));
  await elsewhere(figure("8:1:0", 2));
  await observe(figure("3:1:0", 135), figure("3:1:1", 136));
  const batches: { story: string; observations: { id: string }[] }[] = [];
  for await (const batch of readJudgedBatches(ledger.db)) batches.push(batch);
  const idsOf = (wanted: string) =>
    batches.filter(({ story }) => story === wanted).map(({ observations }) => observations.map(({ id }) => id));
  expect(idsOf(STORY)).toEqual([["1:1:0", "1:1:1"], ["2:1:0"], ["3:1:0", "3:1:1"]]);
  expect(idsOf("other")).toEqual([["7:1:0"], ["8:1:0"]]);
});

test("what was entered cannot be changed or removed", async () => {
  await observe(figure("1:1:0", 105));
  await insertAlerts(ledger.db, { alerts: [alert("alt_1")], now: NOW });
  await stand("k", 1);
  for (const table of ["observations", "alerts", "standings"]) {
    await expect(sql.raw(`update ${table} set event = 'x'`).execute(ledger.db)).rejects.toThrow(
      /never changed or removed/,
    );
    await expect(sql.raw(`delete from ${table}`).execute(ledger.db)).rejects.toThrow(/never changed or removed/);
  }
});

test("the current standing of a key is its latest, its history is kept, repetition is not", async () => {
  await stand("own", 105);
  await stand("own", 105, later(1));
  await stand("media", 100, later(2));
  await stand("own", 135, later(3));
  const current = await listCurrentStandings(ledger.db, { story: STORY });
  expect(current.map(({ key, body }) => [key, body])).toEqual([
    ["media", { value: 100 }],
    ["own", { value: 135 }],
  ]);
  const history = await listStandingHistory(ledger.db, { story: STORY, event: "armenian-deaths", limit: 10 });
  expect(history.map(({ body }) => body)).toEqual([{ value: 105 }, { value: 100 }, { value: 135 }]);
  expect(await listCurrentStandings(ledger.db, { story: STORY, event: "none" })).toEqual([]);
});

test("an alert is entered once, its body keeps its order", async () => {
  const first = alert("alt_1", { body: { type: "t", z: 1, a: 2 } });
  expect(await insertAlerts(ledger.db, { alerts: [first], now: NOW })).toEqual([first]);
  const second = alert("alt_2");
  expect(await insertAlerts(ledger.db, { alerts: [first, second], now: NOW })).toEqual([second]);
  expect(JSON.stringify((await findAlert(ledger.db, "alt_1"))?.body)).toBe('{"type":"t","z":1,"a":2}');
  expect(await knownAlertIds(ledger.db, ["alt_1", "alt_3"])).toEqual(new Set(["alt_1"]));
});

test("a following alert names the one it speaks of", async () => {
  await insertAlerts(ledger.db, {
    alerts: [alert("alt_1"), alert("alt_2", { kind: "alert.confirmed", about: "alt_1" })],
    now: NOW,
  });
  expect((await listFollowingAlerts(ledger.db, "alt_1")).map(({ id }) => id)).toEqual(["alt_2"]);
  await expect(insertAlerts(ledger.db, { alerts: [alert("alt_3", { about: "alt_none" })], now: NOW })).rejects.toThrow(
    /foreign key/,
  );
});

test("alerts are listed by what they are about, in both directions", async () => {
  await insertAlerts(ledger.db, {
    alerts: [
      alert("a"),
      alert("b", { kind: "figure.disputed", party: "azerbaijan", severity: "low" }),
      alert("c", { story: null, kind: "feed.failing", event: null }),
    ],
    now: NOW,
  });
  const ids = async (query: Parameters<typeof listAlerts>[1]) =>
    (await listAlerts(ledger.db, query)).map(({ id }) => id);
  expect(await ids({ limit: 9 })).toEqual(["a", "b", "c"]);
  expect(await ids({ limit: 2, order: "newest" })).toEqual(["c", "b"]);
  expect(await ids({ limit: 9, story: STORY })).toEqual(["a", "b"]);
  expect(await ids({ limit: 9, kinds: ["figure.disputed"], severities: ["low"], party: "azerbaijan" })).toEqual(["b"]);
  const [first] = await listAlerts(ledger.db, { limit: 1 });
  expect(await ids({ limit: 9, after: first?.seq ?? "" })).toEqual(["b", "c"]);
  expect(await ids({ limit: 9, since: later(1) })).toEqual([]);
});

test("alerts become visible in the order of their numbers, however transactions overlap", async () => {
  const seen: string[][] = [];
  const enter = (id: string, holdMs: number) =>
    ledger.db.transaction().execute(async (trx) => {
      await insertAlerts(trx, { alerts: [alert(id)], now: NOW });
      await sql`select pg_sleep(${holdMs / 1000})`.execute(trx);
    });
  const watching = (async () => {
    for (let i = 0; i < 30; i++) {
      seen.push((await listAlerts(ledger.db, { limit: 9 })).map(({ seq }) => seq));
      await new Promise((done) => setTimeout(done, 10));
    }
  })();
  await Promise.all([enter("slow", 120), enter("quick", 0), enter("other", 30), watching]);
  for (const [index, now] of seen.entries())
    expect(now.slice(0, seen[index - 1]?.length ?? 0)).toEqual(seen[index - 1] ?? []);
  expect(seen.at(-1)).toHaveLength(3);
});

const cutListeners = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rasid listener' and datname = current_database()`.execute(
    ledger.db,
  );

test("listeners are told of alerts when they are committed, after a lost connection too", async () => {
  let told = 0;
  const lost: string[] = [];
  const listener = await listenForAlerts({
    connectionString: ledger.connectionString,
    onAlerts: () => {
      told += 1;
    },
    onError: (error) => void lost.push(error.message),
  });
  expect(told).toBe(1);
  await insertAlerts(ledger.db, { alerts: [alert("a")], now: NOW });
  await vi.waitFor(() => expect(told).toBe(2));
  await cutListeners();
  await vi.waitFor(() => expect(told).toBe(3), 5000);
  expect(lost.length).toBeGreaterThan(0);
  await insertAlerts(ledger.db, { alerts: [alert("b")], now: NOW });
  await vi.waitFor(() => expect(told).toBe(4));
  await listener.close();
});

test("a listener that is closed while it connects again leaves no connection", async () => {
  const behind = new URL(ledger.connectionString);
  let held: (() => void) | null = null;
  let holds = false;
  const proxy = createServer((near) => {
    const lead = (): void => {
      const far = connect(Number(behind.port), behind.hostname);
      near.pipe(far).pipe(near);
      for (const socket of [near, far]) socket.on("error", () => {});
    };
    if (holds) held = lead;
    else lead();
  });
  const url = new URL(ledger.connectionString);
  url.port = await new Promise((resolve) => {
    proxy.listen(0, "127.0.0.1", () => resolve(String((proxy.address() as AddressInfo).port)));
  });
  onTestFinished(() => void proxy.close());
  const listener = await listenForAlerts({ connectionString: url.href, onAlerts: () => {}, onError: () => {} });
  holds = true;
  await cutListeners();
  await vi.waitFor(() => expect(held).not.toBeNull(), 3000);
  const closing = listener.close();
  (held as (() => void) | null)?.();
  await closing;
  await pause(300);
  const { rows } = await sql`
    select from pg_stat_activity where application_name = 'rasid listener' and datname = current_database()`.execute(
    ledger.db,
  );
  expect(rows).toHaveLength(0);
});

test("one transaction at a time judges a story, other stories are not kept waiting", async () => {
  const order: string[] = [];
  const judge = (story: string, name: string, holdMs: number) =>
    ledger.db.transaction().execute(async (trx) => {
      await lockStory(trx, story);
      order.push(`${name} in`);
      await sql`select pg_sleep(${holdMs / 1000})`.execute(trx);
      order.push(`${name} out`);
    });
  const first = judge(STORY, "first", 200);
  await new Promise((done) => setTimeout(done, 50));
  await Promise.all([first, judge(STORY, "second", 0), judge("elsewhere", "other", 0)]);
  expect(order.indexOf("second in")).toBeGreaterThan(order.indexOf("first out"));
  expect(order.indexOf("other in")).toBeLessThan(order.indexOf("first out"));
});
