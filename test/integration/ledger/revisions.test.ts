import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { listItems } from "../../../src/ledger/item-list.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import {
  commitStage,
  countStages,
  failAttempt,
  findRevision,
  findStrayRevisions,
  listRevisions,
  parkRevision,
  releaseRevisions,
  takeRevisions,
  unparkRevisions,
} from "../../../src/ledger/revisions.ts";
import type { OwedStage } from "../../../src/ledger/schema.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, clusters, fingerprints" });
beforeEach(async () => {
  await syncFeeds(ledger.db, [feed("tass"), feed("aa")], { now: NOW, intervalSeconds: 300 });
});

const store = (...items: Parameters<typeof storePoll>[2]) => storePoll(ledger.db, "tass", items, NOW);
const take = (ids: readonly string[], now = NOW) =>
  takeRevisions(ledger.db, { ids, stage: "deduplicate", now, leaseMs: 30_000 });

test("a poll stores new items once", async () => {
  const first = await store(item("a"), item("b"));
  expect(first).toMatchObject({ newItems: 2, edits: 0, unchanged: 0 });
  expect(first.newRevisionIds).toHaveLength(2);
  expect(await store(item("a"), item("b"))).toEqual({
    newRevisionIds: [],
    newItems: 0,
    edits: 0,
    unchanged: 2,
    held: 0,
  });
});

test("the same guid in two feeds is two items", async () => {
  await store(item("a"));
  expect(await storePoll(ledger.db, "aa", [item("a")], NOW)).toMatchObject({ newItems: 1 });
});

test("an edited text makes a revision, new spacing does not", async () => {
  const first = await store(item("a", "49 killed"));
  expect(await store(item("a", " 49\n killed "))).toMatchObject({ edits: 0, unchanged: 1 });
  const edit = await store(item("a", "105 killed"), item("b"));
  expect(edit).toMatchObject({ newItems: 1, edits: 1 });
  const before = await findRevision(ledger.db, first.newRevisionIds[0] ?? "");
  expect(before).toMatchObject({ text: "49 killed", number: 1 });
  const all = await listRevisions(ledger.db, { itemId: before?.item_id ?? "", limit: 10 });
  expect(all.map(({ revision: { number, text } }) => [number, text])).toEqual([
    [1, "49 killed"],
    [2, "105 killed"],
  ]);
});

const texts = async () =>
  (await sql<{ text: string }>`select text from revisions order by item_id, number`.execute(ledger.db)).rows.map(
    ({ text }) => text,
  );

test("an edit back to the earlier text is a revision of its own, seeing it again is none", async () => {
  await store(item("a", "49 killed"));
  await store(item("a", "105 killed"));
  expect(await store(item("a", "49 killed"))).toMatchObject({ edits: 1, unchanged: 0, held: 0 });
  expect(await store(item("a", "49 killed"))).toMatchObject({ edits: 0, unchanged: 1, held: 0 });
  expect(await texts()).toEqual(["49 killed", "105 killed", "49 killed"]);
});

test("a feed that flaps between two texts is believed more and more slowly, and in the end", async () => {
  const [one, other] = [item("a", "49 killed"), item("a", "105 killed")];
  const poll = (minutes: number, said: typeof one) => storePoll(ledger.db, "tass", [said], later(minutes * 60));
  const days = 3;
  let held = 0;
  for (let minute = 0; minute < days * 24 * 60; minute += 10)
    held += (await poll(minute, minute % 20 === 0 ? one : other)).held;
  const flapped = (await texts()).length;
  expect(flapped).toBeLessThan(10);
  expect(held).toBeGreaterThan(100);
  const standing = (await texts()).at(-1) === one.text ? other : one;
  expect(await poll(days * 24 * 60 + 1440, standing)).toMatchObject({ edits: 1, held: 0 });
  expect(await texts()).toHaveLength(flapped + 1);
});

test("new words are never held back, however an item flaps", async () => {
  for (let round = 0; round < 10; round += 1) await store(item("a", round % 2 === 0 ? "49 killed" : "105 killed"));
  expect(await store(item("a", "135 killed"))).toMatchObject({ edits: 1, held: 0 });
});

test("an item whose guid the feed changes stays the item that it was", async () => {
  await store(item("a", "49 killed"));
  const moved = { ...item("a", "49 killed"), key: "a?v=2" };
  expect(await store(moved)).toMatchObject({ newItems: 0, edits: 0, unchanged: 1 });
  expect(await store({ ...moved, key: "a?v=3", text: "105 killed" })).toMatchObject({ newItems: 0, edits: 1 });
  expect(await texts()).toEqual(["49 killed", "105 killed"]);
});

test("the same address is another item on another day, beside the old guid, or where several share it", async () => {
  await store(item("a", "49 killed"));
  const at = (key: string, text: string) => ({ ...item("a", text), key });
  expect(await store(item("a", "49 killed"), at("b", "105 killed"))).toMatchObject({ newItems: 1 });
  expect(await store(at("c", "135 killed"), at("d", "137 killed"))).toMatchObject({ newItems: 2 });
  expect(await store({ ...at("e", "203 killed"), publishedAt: later(3 * 86_400) })).toMatchObject({ newItems: 1 });
  const front = { ...item("f"), canonicalUrl: "https://news.example/" };
  await store(front);
  expect(await store({ ...front, key: "g", text: "Another text" })).toMatchObject({ newItems: 1 });
});

test("two polls of a feed at the same time store each item once", async () => {
  const items = Array.from({ length: 50 }, (_, i) => item(`i${i}`));
  const polls = await Promise.all([store(...items), store(...items), store(...items)]);
  expect(polls.map((poll) => poll.newItems).reduce((a, b) => a + b)).toBe(50);
});

test("an item listed twice in one poll counts once, as listed first", async () => {
  const { newRevisionIds } = await store(item("a", "newest"), item("a", "older"));
  expect(await findRevision(ledger.db, newRevisionIds[0] ?? "")).toMatchObject({ text: "newest" });
});

test("NUL, a lone surrogate and an impossible date do not keep the poll out", async () => {
  const bad = { ...item("a", "before\0after \ud83d end"), publishedAt: new Date(8.6e15) };
  const { newRevisionIds } = await store(bad, item("b"));
  const rows = await take(newRevisionIds);
  expect(rows.find(({ title }) => title === "Title of a")).toMatchObject({
    text: "beforeafter \ufffd end",
    publishedAt: null,
  });
});

test("a taken revision carries what its worker needs, oldest first", async () => {
  const { newRevisionIds } = await store(item("b", "B", later(10)), item("a", "A", later(5)));
  const rows = await take(newRevisionIds);
  expect(rows.map(({ text }) => text)).toEqual(["A", "B"]);
  expect(rows[0]).toMatchObject({
    number: 1,
    title: "Title of a",
    publishedAt: later(5),
    seenAt: NOW,
    attempts: 0,
    reading: null,
    clusterId: null,
    superseded: false,
    feedId: "tass",
    source: "TASS",
    feedLang: "en",
    tier: 1,
    timezone: "Asia/Yerevan",
    canonicalUrl: "https://news.example/a",
  });
});

test("a job that comes twice finds nothing, until the lease ends", async () => {
  const { newRevisionIds } = await store(item("a"));
  expect(await take(newRevisionIds)).toHaveLength(1);
  expect(await take(newRevisionIds, later(29))).toEqual([]);
  expect(await take(newRevisionIds, later(30))).toMatchObject([{ attempts: 1 }]);
});

test("takers at the same time never share a revision", async () => {
  const { newRevisionIds } = await store(...Array.from({ length: 100 }, (_, i) => item(`i${i}`)));
  const taken = (await Promise.all(Array.from({ length: 8 }, () => take(newRevisionIds)))).flat();
  expect(taken).toHaveLength(100);
  expect(new Set(taken.map(({ id }) => id)).size).toBe(100);
});

test("a revision is superseded once a later one has gone all the way before it", async () => {
  const first = await store(item("a", "49 killed"));
  const [id = ""] = (await store(item("a", "105 killed"))).newRevisionIds;
  expect(await take(first.newRevisionIds)).toMatchObject([{ superseded: false }]);
  await commitStage(ledger.db, { stage: "deduplicate", results: [{ id, nextStage: "done" }], now: NOW });
  expect(await take(first.newRevisionIds, later(60))).toMatchObject([{ superseded: true }]);
});

test("a commit stores the result and moves on; a second one of the same stage does nothing", async () => {
  const { newRevisionIds } = await store(item("a"));
  const id = newRevisionIds[0] ?? "";
  await take([id]);
  const result = { id, nextStage: "classify", lang: "ru", reading: { numbers: [49] }, clusterKind: "first" } as const;
  expect(await commitStage(ledger.db, { stage: "deduplicate", results: [result], now: NOW })).toEqual([
    { id, stage: "classify" },
  ]);
  expect(
    await commitStage(ledger.db, { stage: "deduplicate", results: [{ id, nextStage: "done" }], now: NOW }),
  ).toEqual([]);
  expect(await take([id], later(60))).toEqual([]);
  const next = await takeRevisions(ledger.db, { ids: [id], stage: "classify", now: NOW, leaseMs: 1000 });
  expect(next).toMatchObject([{ lang: "ru", reading: { numbers: [49] }, clusterKind: "first", attempts: 0 }]);
});

test("a later stage leaves what an earlier one committed", async () => {
  const { newRevisionIds } = await store(item("a"));
  const id = newRevisionIds[0] ?? "";
  await commitStage(ledger.db, {
    stage: "deduplicate",
    results: [{ id, nextStage: "classify", reading: [1] }],
    now: NOW,
  });
  await commitStage(ledger.db, {
    stage: "classify",
    results: [{ id, nextStage: "done", relevant: false, relevance: { score: 0 } }],
    now: NOW,
  });
  expect(await findRevision(ledger.db, id)).toMatchObject({
    stage: "done",
    reading: [1],
    relevant: false,
    relevance: { score: 0 },
  });
});

test("strays are rows past grace and lease, found once a grace time", async () => {
  const { newRevisionIds } = await store(item("a"), item("b"), item("c"));
  const [a, b, c] = newRevisionIds as [string, string, string];
  const strays = async (at: number) =>
    (await findStrayRevisions(ledger.db, { now: later(at), graceMs: 30_000, limit: 100 })).map(({ id }) => id);
  expect(await strays(29)).toEqual([]);
  await take([b], later(20));
  expect(await strays(31)).toEqual([a, c]);
  expect(await strays(32)).toEqual([]);
  await commitStage(ledger.db, { stage: "deduplicate", results: [{ id: a, nextStage: "done" }], now: later(40) });
  expect(await strays(62)).toEqual([b, c]);
});

test("strays are limited and come with their stage", async () => {
  const { newRevisionIds } = await store(item("a"), item("b"), item("c"));
  await commitStage(ledger.db, {
    stage: "deduplicate",
    results: [{ id: newRevisionIds[2] ?? "", nextStage: "match" }],
    now: NOW,
  });
  const found = await findStrayRevisions(ledger.db, { now: later(60), graceMs: 1000, limit: 2 });
  expect(found).toHaveLength(2);
  const rest = await findStrayRevisions(ledger.db, { now: later(60), graceMs: 1000, limit: 2 });
  expect([...found, ...rest].map(({ stage }) => stage).sort()).toEqual(["deduplicate", "deduplicate", "match"]);
});

test("a parked revision leaves the pipeline with its error and comes back where it failed", async () => {
  const { newRevisionIds } = await store(item("a"), item("b"));
  const id = newRevisionIds[0] ?? "";
  await commitStage(ledger.db, { stage: "deduplicate", results: [{ id, nextStage: "classify" }], now: NOW });
  const park = (stage: OwedStage, error: string) => parkRevision(ledger.db, { id, stage, error, now: NOW });
  expect(await park("deduplicate", "too late: others have moved it on")).toBe(false);
  expect(await park("classify", "no reading")).toBe(true);
  expect(await park("classify", "again")).toBe(false);
  expect(await findStrayRevisions(ledger.db, { now: later(999), graceMs: 0, limit: 9 })).toMatchObject([
    { id: newRevisionIds[1] },
  ]);
  expect(await countStages(ledger.db)).toEqual({ deduplicate: 1, classify: 0, match: 0, parked: 1 });
  expect(await unparkRevisions(ledger.db, { now: later(1000) })).toEqual([{ id, stage: "classify" }]);
  expect(await findRevision(ledger.db, id)).toMatchObject({ stage: "classify", last_error: "no reading" });
  // Nobody makes a job for it but whoever looks for what has none.
  const strays = await findStrayRevisions(ledger.db, { now: later(1000), graceMs: 10_000, limit: 9 });
  expect(strays).toContainEqual({ id, stage: "classify" });
});

test("a failed attempt waits for its time, a released one does not", async () => {
  const { newRevisionIds } = await store(item("a"));
  await take(newRevisionIds);
  await failAttempt(ledger.db, {
    ids: newRevisionIds,
    stage: "deduplicate",
    error: "boom",
    counted: true,
    retryAt: later(100),
  });
  expect(await take(newRevisionIds, later(99))).toEqual([]);
  expect(await take(newRevisionIds, later(100))).toMatchObject([{ attempts: 1 }]);
  const outage = { ids: newRevisionIds, stage: "deduplicate", error: "no room", counted: false } as const;
  await failAttempt(ledger.db, { ...outage, retryAt: later(100) });
  expect(await take(newRevisionIds, later(100))).toMatchObject([{ attempts: 1 }]);
  await releaseRevisions(ledger.db, { ids: newRevisionIds, stage: "deduplicate" });
  expect(await take(newRevisionIds, later(101))).toMatchObject([{ attempts: 1 }]);
});

test("items are listed as they stand now, newest first", async () => {
  await store(item("a", "49 killed"), item("b"));
  await store(item("a", "105 killed"));
  const shown = await listItems(ledger.db, { limit: 9 });
  expect(shown.map(({ title, revisions }) => [title, revisions])).toEqual([
    ["Title of b", 1],
    ["Title of a", 2],
  ]);
  expect(await listItems(ledger.db, { limit: 9, before: shown[0]?.id ?? "" })).toEqual([shown[1]]);
  expect(await listItems(ledger.db, { limit: 9, feedId: "aa" })).toEqual([]);
  const { revisionId = "" } = shown[0] ?? {};
  await commitStage(ledger.db, {
    stage: "deduplicate",
    results: [{ id: revisionId, nextStage: "done", relevant: true }],
    now: NOW,
  });
  expect(await listItems(ledger.db, { limit: 9, relevant: true })).toMatchObject([
    { revisionId, source: "TASS", stage: "done" },
  ]);
});
