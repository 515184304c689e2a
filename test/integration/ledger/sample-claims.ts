import type { FigureObservation } from "../../../src/domain/baseline/observation.ts";
import type { NewAlert } from "../../../src/ledger/alerts.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import type { Database } from "../../../src/ledger/schema.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

export const STORY = "armenia-azerbaijan";
export const DEATHS = "figure|armenian-deaths|killed|armenia|military";

/** Stores one item with one revision, for rows that must belong to one. */
export async function storedRevision(db: Database, key = "a"): Promise<{ itemId: string; revisionId: string }> {
  await syncFeeds(db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
  const { newRevisionIds } = await storePoll(db, "tass", [item(key)], NOW);
  const revisionId = newRevisionIds[0] ?? "";
  const row = await db.selectFrom("revisions").select("item_id").where("id", "=", revisionId).executeTakeFirstOrThrow();
  return { itemId: row.item_id, revisionId };
}

export function figure(id: string, value: number, published = NOW): FigureObservation {
  return {
    id,
    kind: "figure",
    item: id.split(":")[0] ?? id,
    revision: 1,
    page: `https://news.example/${id}`,
    cluster: "1",
    source: "TASS",
    tier: 1,
    lang: "en",
    published: published.toISOString(),
    url: `https://news.example/${id}`,
    subject: DEATHS,
    event: "armenian-deaths",
    asserted: null,
    speaker: "pashinyan",
    side: "armenia",
    quote: `${value} soldiers`,
    field: "text",
    start: 10,
    end: 22,
    measure: "killed",
    party: "armenia",
    civilian: false,
    stage: null,
    value,
    low: null,
    high: null,
    qualifier: "exact",
    role: "current",
    happened: "2022-09-13",
    correction: false,
    fields: ["text"],
  };
}

export function alert(id: string, changes: Partial<NewAlert> = {}): NewAlert {
  return {
    id,
    story: STORY,
    kind: "figure.revised",
    event: "armenian-deaths",
    subject: DEATHS,
    measure: "killed",
    party: "armenia",
    topic: null,
    severity: "high",
    confidence: 0.9,
    about: null,
    langs: ["en"],
    sources: ["TASS"],
    body: { type: "figure.revised", timestamp: later(1).toISOString(), data: { alert: id } },
    observationId: null,
    revisionId: null,
    at: NOW,
    ...changes,
  };
}
