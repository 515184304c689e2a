import { beforeEach, expect, test } from "vitest";
import { createClusters, findCluster } from "../../../src/ledger/clusters.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { commitStage } from "../../../src/ledger/revisions.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { STORY } from "./sample-claims.ts";
import { feed, item, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, clusters" });
beforeEach(async () => {
  await syncFeeds(ledger.db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
});

test("a cluster lists its members with what they copy", async () => {
  const [first = "", copy = ""] = (await storePoll(ledger.db, "tass", [item("first"), item("copy")], NOW))
    .newRevisionIds;
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
