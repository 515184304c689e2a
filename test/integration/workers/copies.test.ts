import { describe, expect, test } from "vitest";
import { z } from "zod";
import { recomputeAlerts } from "../../../src/commands/replay-ledger.ts";
import { listAlerts } from "../../../src/ledger/alerts.ts";
import { listClusters } from "../../../src/ledger/clusters.ts";
import type { PolledItem } from "../../../src/ledger/items.ts";
import { listCurrentStandings } from "../../../src/ledger/standings.ts";
import { configuration, published, tell } from "../api/told-story.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests({ emptied: "alerts, observations, standings, items, revisions, clusters, fingerprints" });

const REPORT =
  "At least 135 Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet on Friday, adding that the search along the border would go on.";
const report = (key: string, at: string): PolledItem => published(key, "Count goes on", REPORT, at);
const words = (key: string, at: string): PolledItem =>
  published(
    key,
    "Pashinyan gives new number",
    "The Armenian prime minister, Nikol Pashinyan, said in parliament that the army had lost 135 soldiers killed since Azerbaijan opened fire on Tuesday.",
    at,
  );

async function state() {
  const standings = await listCurrentStandings(ledger.db, { story: "armenia-azerbaijan", event: "armenian-deaths" });
  const { sources, confidence } = z.object({ sources: z.number(), confidence: z.number() }).parse(standings[0]?.body);
  const [cluster] = (await listClusters(ledger.db, { limit: 10 })).filter(({ items }) => items > 0).slice(-1);
  return { sources, confidence, reach: cluster?.items, outlets: cluster?.sources };
}

describe("a report that others copy", () => {
  test("gains in reach by each copy, and in confidence by reports of their own alone", async () => {
    await tell(ledger.db, "desk", [report("a", "2022-09-16T08:10:00Z")]);
    const first = await state();
    expect(first).toMatchObject({ sources: 1, reach: 1, outlets: 1 });
    const [alert] = await listAlerts(ledger.db, { limit: 9 });

    await tell(ledger.db, "tass", [report("b", "2022-09-16T09:00:00Z"), report("c", "2022-09-16T10:00:00Z")]);
    const copied = await state();
    expect(copied).toEqual({ ...first, reach: 3, outlets: 2 });

    await tell(ledger.db, "tass", [words("d", "2022-09-16T11:00:00Z")]);
    const confirmed = await state();
    expect(confirmed).toMatchObject({ sources: 2, reach: 3, outlets: 2 });
    expect(confirmed.confidence).toBeGreaterThan(first.confidence);

    expect(await listAlerts(ledger.db, { limit: 9 })).toEqual([alert]);
    expect(alert).toMatchObject({ kind: "figure.revised", body: { data: { sources: 1 } } });
  });

  test("is recomputed from the ledger with its copies as they were counted", async () => {
    await tell(ledger.db, "desk", [report("a", "2022-09-16T08:10:00Z")]);
    await tell(ledger.db, "tass", [report("b", "2022-09-16T09:00:00Z"), words("d", "2022-09-16T11:00:00Z")]);
    const { bodies, ...differences } = await recomputeAlerts(ledger.db, configuration.frames);
    expect(differences).toEqual({ missing: [], unexpected: [], different: [] });
    expect(bodies).toHaveLength(1);
  });
});
