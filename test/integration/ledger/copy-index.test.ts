import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { createCopyIndex } from "../../../src/domain/dedup/copy-index.ts";
import type { Fingerprint } from "../../../src/domain/dedup/fingerprint.ts";
import type { Sketch } from "../../../src/domain/dedup/sketch.ts";
import { createClusters } from "../../../src/ledger/clusters.ts";
import { dropFingerprints, type LedgerCopyIndex, openCopyIndex } from "../../../src/ledger/copy-index.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { lockClusters } from "../../../src/ledger/locks.ts";
import { decodeKeys, decodeSketch, encodeKeys, encodeSketch } from "../../../src/ledger/sketch-bytes.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { STORY } from "./sample-claims.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

const DAY = 86_400_000;
const windowMs = 14 * DAY;

const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, clusters, fingerprints, fingerprint_keys" });
let copies: LedgerCopyIndex;
beforeEach(async () => {
  await syncFeeds(ledger.db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
  copies = openCopyIndex({ story: STORY });
});

const few = (...hashes: number[]) => Uint32Array.from(hashes);
const sketch = (seed: number): Sketch => ({
  lang: "en",
  url: 4_294_967_295,
  title: seed,
  text: 2,
  sequences: { hashes: few(1, 2, seed), size: 90 },
  words: { hashes: few(), size: 0 },
  opening: 7,
  names: few(5),
  numbers: few(9, 10),
  figures: few(10),
  titleFigures: few(),
  facts: few(1, 2, 3, 4),
  marks: few(6, 1),
  tolls: few(3, 4),
  persons: few(8),
  sides: few(11),
});
const print = (keys: readonly number[], exact: string | null = null, url: string | null = null): Fingerprint => ({
  exact,
  url,
  keys,
  sketch: sketch(keys[0] ?? 0),
});

/** Stores an item for each fingerprint and puts it into the index, each in a cluster of its own. */
async function place(
  fingerprints: readonly Fingerprint[],
  at = NOW.getTime(),
  index = copies,
  story = STORY,
): Promise<string[]> {
  const { newRevisionIds } = await storePoll(
    ledger.db,
    "tass",
    fingerprints.map((_, i) => item(`${story}${at}-${i}`)),
    NOW,
  );
  const clusters = await createClusters(ledger.db, { story, firstRevisionIds: newRevisionIds, now: NOW });
  const placed = newRevisionIds.map((revisionId, i) => ({
    revisionId,
    itemId: "1",
    windowMs,
    clusterId: clusters.get(revisionId) ?? "",
    at,
    fingerprint: fingerprints[i] ?? print([]),
  }));
  await index.insert(ledger.db, placed, NOW);
  return newRevisionIds;
}

const probe = (fingerprint: Fingerprint) => ({ at: NOW.getTime(), fingerprint, windowMs });
const lookUp = async (...fingerprints: Fingerprint[]) => {
  const found = await copies.find(ledger.db, fingerprints.map(probe));
  return found.map((candidates) => candidates.map(({ id }) => id));
};

test("a sketch and keys are read back as they were written", () => {
  expect(decodeKeys(encodeKeys([1, -2, 2 ** 31 - 1, -(2 ** 31)]))).toEqual([1, -2, 2 ** 31 - 1, -(2 ** 31)]);
  expect(decodeSketch(encodeSketch(sketch(123)))).toEqual(sketch(123));
  const other = encodeSketch(sketch(123));
  other.writeUInt32LE(99, 0);
  expect(decodeSketch(other)).toBeNull();
});

test("candidates come by key, by exact hash and by url, those that share most first", async () => {
  const [a, b, c, d] = await place([
    print([1, -2, 3]),
    print([1, 99]),
    print([50], "feed00"),
    print([60], null, "https://news.example/x"),
  ]);
  expect(await lookUp(print([1, -2, 3, 4]))).toEqual([[a, b]]);
  expect(await lookUp(print([7], "feed00"), print([8], null, "https://news.example/x"), print([9]))).toEqual([
    [c],
    [d],
    [],
  ]);
});

test("a candidate carries what the domain judges it by", async () => {
  const [id] = await place([print([1], "ab", "u")]);
  const [[found]] = (await copies.find(ledger.db, [probe(print([1]))])) as [[unknown]];
  expect(found).toEqual({
    id,
    itemId: expect.any(String),
    cluster: expect.any(String),
    at: NOW.getTime(),
    exact: "ab",
    sketch: sketch(1),
  });
});

test("candidates outside the window or of another index are left out", async () => {
  await place([print([1])], NOW.getTime() - 15 * DAY);
  await place([print([1])], NOW.getTime(), openCopyIndex({ story: "elsewhere" }), "elsewhere");
  expect(await lookUp(print([1]))).toEqual([[]]);
  const [kept] = await place([print([1])], NOW.getTime() + 13 * DAY);
  expect(await lookUp(print([1]))).toEqual([[kept]]);
});

test("each item is looked up within the window of its own story", async () => {
  const [older] = await place([print([1])], NOW.getTime() - 5 * DAY);
  const within = async (days: number) =>
    (await copies.find(ledger.db, [{ ...probe(print([1])), windowMs: days * DAY }]))[0]?.map(({ id }) => id);
  expect(await within(4)).toEqual([]);
  expect(await within(6)).toEqual([older]);
});

test("the lookup answers as the domain's index in memory does", async () => {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const keys = () => [...new Set(Array.from({ length: 12 }, () => random(90) - 45))];
  const prints = Array.from({ length: 120 }, () =>
    print(keys(), random(4) === 0 ? `e${random(9)}` : null, random(4) === 0 ? `u${random(9)}` : null),
  );
  const ids = await place(prints);
  const index = createCopyIndex();
  for (const [i, fingerprint] of prints.entries())
    index.insert({ id: ids[i] ?? "", at: NOW.getTime(), fingerprint }, "x");
  const probes = Array.from({ length: 40 }, () => print(keys(), `e${random(9)}`, `u${random(9)}`));
  const inMemory = probes.map((fingerprint) =>
    index.lookUp({ id: "new", at: NOW.getTime(), fingerprint }).map(({ id }) => id),
  );
  expect(await lookUp(...probes)).toEqual(inMemory);
});

test("placing a revision again changes nothing", async () => {
  const [id = ""] = await place([print([1])]);
  const again = await createClusters(ledger.db, { story: STORY, firstRevisionIds: [id], now: later(9) });
  const placed = { ...probe(print([2])), revisionId: id, itemId: "1", clusterId: again.get(id) ?? "" };
  await copies.insert(ledger.db, [placed], NOW);
  expect(await lookUp(print([1]), print([2]))).toEqual([[id], []]);
  expect(again.size).toBe(1);
});

test("two workers cannot miss each other's copies", async () => {
  const indexes = [copies, openCopyIndex({ story: STORY })];
  const placeOne = (key: string, worker: number) => {
    const index = indexes[worker % 2] as LedgerCopyIndex;
    return ledger.db.transaction().execute(async (trx) => {
      await lockClusters(trx, STORY);
      const { newRevisionIds } = await storePoll(trx, "tass", [item(key)], NOW);
      const [candidates] = await index.find(trx, [probe(print([1]))]);
      const [revisionId = ""] = newRevisionIds;
      const clusterId =
        candidates?.[0]?.cluster ??
        (await createClusters(trx, { story: STORY, firstRevisionIds: [revisionId], now: NOW })).get(revisionId) ??
        "";
      await index.insert(trx, [{ ...probe(print([1])), revisionId, itemId: "1", clusterId }], NOW);
      return clusterId;
    });
  };
  const clusters = await Promise.all(["a", "b", "c", "d"].map(placeOne));
  expect(new Set(clusters).size).toBe(1);
});

test("entries past their window are dropped, their clusters stay", async () => {
  const [id] = await place([print([1])]);
  const dropped = (seconds: number) => dropFingerprints(ledger.db, { before: later(seconds), limit: 1 });
  expect(await dropped(14 * 86_400)).toEqual({ rows: 0, more: false });
  expect(await dropped(15 * 86_400 + 1)).toEqual({ rows: 1, more: true });
  expect(await dropped(15 * 86_400 + 1)).toEqual({ rows: 0, more: false });
  expect(await lookUp(print([1]))).toEqual([[]]);
  expect(await ledger.db.selectFrom("clusters").select("first_revision_id").execute()).toEqual([
    { first_revision_id: id },
  ]);
});

test("another process finds what this one placed, and reads on from there", async () => {
  const other = openCopyIndex({ story: STORY });
  const [a] = await place([print([1])]);
  const found = async () => (await other.find(ledger.db, [probe(print([1]))]))[0]?.map(({ id }) => id);
  expect(await found()).toEqual([a]);
  const [b] = await place([print([1])], NOW.getTime() + 1000);
  expect(await found()).toEqual([b, a]);
});

test("a ledger that lost its last rows in a crash is read anew", async () => {
  const [a = "", b = ""] = await place([print([1]), print([1])]);
  expect(await lookUp(print([1]))).toEqual([[b, a]]);
  const lost = await sql<{ seq: string }>`delete from fingerprints where revision_id = ${b} returning seq`.execute(
    ledger.db,
  );
  await sql`alter table fingerprints alter column seq restart with ${sql.raw(lost.rows[0]?.seq ?? "")}`.execute(
    ledger.db,
  );
  const [c = ""] = await place([print([1])], NOW.getTime() + 1000);
  expect(await lookUp(print([1]))).toEqual([[c, a]]);
});

test("a transaction that is undone leaves nothing in the index", async () => {
  await expect(
    ledger.db.transaction().execute(async (trx) => {
      await lockClusters(trx, STORY);
      await copies.find(trx, [probe(print([1]))]);
      const placed = { ...probe(print([1])), revisionId: "7", itemId: "1", clusterId: "1" };
      await copies.insert(trx, [placed], NOW);
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  expect(await lookUp(print([1]))).toEqual([[]]);
});
