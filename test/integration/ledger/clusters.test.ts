import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createCopyIndex } from "../../../src/domain/dedup/copy-index.ts";
import type { Fingerprint } from "../../../src/domain/dedup/fingerprint.ts";
import type { Sketch } from "../../../src/domain/dedup/sketch.ts";
import {
  createClusters,
  dropFingerprints,
  findCluster,
  findCopyCandidates,
  insertFingerprints,
} from "../../../src/ledger/clusters.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { lockClusters } from "../../../src/ledger/locks.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { commitStage } from "../../../src/ledger/revisions.ts";
import { decodeSketch, encodeSketch } from "../../../src/ledger/sketch-bytes.ts";
import { freshLedger } from "../fresh-ledger.ts";
import { STORY } from "./sample-claims.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await freshLedger();
});
afterAll(() => ledger.close());
beforeEach(async () => {
  await sql`truncate feeds, hosts, items, revisions, clusters, fingerprints, fingerprint_keys cascade`.execute(
    ledger.db,
  );
  await syncFeeds(ledger.db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
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
async function place(fingerprints: readonly Fingerprint[], at = NOW.getTime(), story = STORY): Promise<string[]> {
  const { newRevisionIds } = await storePoll(
    ledger.db,
    "tass",
    fingerprints.map((_, i) => item(`${story}${at}-${i}`)),
    NOW,
  );
  const clusters = await createClusters(ledger.db, { story, firstRevisionIds: newRevisionIds, now: NOW });
  const placed = newRevisionIds.map((revisionId, i) => ({
    revisionId,
    clusterId: clusters.get(revisionId) ?? "",
    at,
    fingerprint: fingerprints[i] ?? print([]),
  }));
  await insertFingerprints(ledger.db, { story, placed });
  return newRevisionIds;
}

const lookUp = async (...fingerprints: Fingerprint[]) => {
  const found = await findCopyCandidates(ledger.db, {
    story: STORY,
    probes: fingerprints.map((fingerprint) => ({ at: NOW.getTime(), fingerprint })),
  });
  return found.map((candidates) => candidates.map(({ id }) => id));
};

test("a sketch is read back as it was written", () => {
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
  const [[found]] = (await findCopyCandidates(ledger.db, {
    story: STORY,
    probes: [{ at: NOW.getTime(), fingerprint: print([1]) }],
  })) as [[unknown]];
  expect(found).toEqual({
    id,
    itemId: expect.any(String),
    cluster: expect.any(String),
    at: NOW.getTime(),
    exact: "ab",
    sketch: sketch(1),
  });
});

test("candidates outside the window or of another story are left out", async () => {
  await place([print([1])], NOW.getTime() - 15 * 86_400_000);
  await place([print([1])], NOW.getTime(), "elsewhere");
  expect(await lookUp(print([1]))).toEqual([[]]);
  const [kept] = await place([print([1])], NOW.getTime() + 13 * 86_400_000);
  expect(await lookUp(print([1]))).toEqual([[kept]]);
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
  await insertFingerprints(ledger.db, {
    story: STORY,
    placed: [{ revisionId: id, clusterId: again.get(id) ?? "", at: 0, fingerprint: print([2]) }],
  });
  expect(await lookUp(print([1]), print([2]))).toEqual([[id], []]);
  expect(again.size).toBe(1);
});

test("a cluster lists its members with what they copy", async () => {
  const [first = "", copy = ""] = await place([print([1]), print([2])]);
  const clusterId =
    (await createClusters(ledger.db, { story: STORY, firstRevisionIds: [first], now: NOW })).get(first) ?? "";
  await commitStage(ledger.db, {
    stage: "deduplicate",
    now: NOW,
    results: [
      { id: first, nextStage: "classify", clusterId, clusterKind: "first" },
      {
        id: copy,
        nextStage: "classify",
        clusterId,
        clusterKind: "copy",
        clusterOf: first,
        clusterVeto: { of: "9", because: "toll" },
      },
    ],
  });
  const found = await findCluster(ledger.db, clusterId);
  expect(found?.members.map(({ revisionId, kind, of }) => [revisionId, kind, of])).toEqual([
    [first, "first", null],
    [copy, "copy", first],
  ]);
  expect(await findCluster(ledger.db, "999999")).toBeUndefined();
});

test("two workers cannot miss each other's copies", async () => {
  const placeOne = (key: string) =>
    ledger.db.transaction().execute(async (trx) => {
      await lockClusters(trx, STORY);
      const { newRevisionIds } = await storePoll(trx, "tass", [item(key)], NOW);
      const [candidates] = await findCopyCandidates(trx, {
        story: STORY,
        probes: [{ at: NOW.getTime(), fingerprint: print([1]) }],
      });
      const [revisionId = ""] = newRevisionIds;
      const clusterId =
        candidates?.[0]?.cluster ??
        (await createClusters(trx, { story: STORY, firstRevisionIds: [revisionId], now: NOW })).get(revisionId) ??
        "";
      await insertFingerprints(trx, {
        story: STORY,
        placed: [{ revisionId, clusterId, at: NOW.getTime(), fingerprint: print([1]) }],
      });
      return clusterId;
    });
  const clusters = await Promise.all(["a", "b", "c", "d"].map(placeOne));
  expect(new Set(clusters).size).toBe(1);
});

test("old entries of the index are dropped, their clusters stay", async () => {
  const [id] = await place([print([1])]);
  expect(await dropFingerprints(ledger.db, NOW)).toBe(0);
  expect(await dropFingerprints(ledger.db, later(1))).toBe(1);
  expect(await lookUp(print([1]))).toEqual([[]]);
  expect(await ledger.db.selectFrom("clusters").select("first_revision_id").execute()).toEqual([
    { first_revision_id: id },
  ]);
  expect(await ledger.db.selectFrom("fingerprint_keys").selectAll().execute()).toEqual([]);
});
