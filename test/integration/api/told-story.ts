import type { AnalyzeRevision } from "../../../src/analysis/analyzer.ts";
import { loadConfiguration } from "../../../src/config/load-configuration.ts";
import { analyzeRevision } from "../../../src/domain/revision-analysis.ts";
import { openCopyIndex } from "../../../src/ledger/copy-index.ts";
import { type FeedDefinition, syncFeeds } from "../../../src/ledger/feeds.ts";
import { type PolledItem, storePoll } from "../../../src/ledger/items.ts";
import { openRunningFolds } from "../../../src/ledger/running-folds.ts";
import type { Database } from "../../../src/ledger/schema.ts";
import { classify } from "../../../src/workers/classify.ts";
import { deduplicate } from "../../../src/workers/deduplicate.ts";
import { match } from "../../../src/workers/match.ts";

export const configuration = loadConfiguration(new URL("../../../config", import.meta.url).pathname, null);
export const analyze: AnalyzeRevision = async (revision) => analyzeRevision(revision, configuration);

export const FEEDS: FeedDefinition[] = [
  { id: "tass", url: "https://tass.example/rss", source: "TASS", lang: "en", tier: 1, timezone: "Europe/Moscow" },
  { id: "desk", url: "https://desk.example/rss", source: "Desk", lang: "en", tier: 2, timezone: "Asia/Yerevan" },
];
/** A source that nobody vouches for. */
export const WEAK_FEED: FeedDefinition = {
  id: "wire",
  url: "https://wire.example/rss",
  source: "Wire",
  lang: "en",
  tier: 3,
  timezone: "Asia/Yerevan",
};

/** An item as a feed would bring it. */
export function published(key: string, title: string, text: string, at: string): PolledItem {
  const url = `https://news.example/${key}`;
  return { key, url, canonicalUrl: url, title, text, publishedAt: new Date(at) };
}

/** Takes items of one feed as far as the stage `match`, with the real workers. Returns their revisions. */
export async function upToMatch(
  db: Database,
  feedId: string,
  items: readonly PolledItem[],
  feeds: readonly FeedDefinition[] = FEEDS,
  now: () => Date = () => new Date(),
): Promise<string[]> {
  await syncFeeds(db, feeds, { now: now(), intervalSeconds: 300 });
  const { newRevisionIds } = await storePoll(db, feedId, items, now());
  const shared = { db, analyze, now, leaseMs: 10_000, retryMs: 1000, enqueueNext: async () => {} };
  await deduplicate(newRevisionIds, { ...shared, copies: openCopyIndex({ story: "all" }) });
  await classify(newRevisionIds, shared);
  return newRevisionIds;
}

/** Takes items of one feed all the way to alerts and deliveries, with the real workers. Returns ids of deliveries owed. */
export async function tell(...told: Parameters<typeof upToMatch>): Promise<string[]> {
  const [db, , , , now = () => new Date()] = told;
  const revisions = await upToMatch(...told);
  const owed: string[] = [];
  await match(revisions, {
    ...{ db, analyze, now, leaseMs: 10_000, retryMs: 1000 },
    ...{ frames: configuration.frames, folds: openRunningFolds() },
    enqueueNext: async (payloads) => void owed.push(...payloads.flatMap(({ deliveries }) => deliveries)),
  });
  return owed;
}

/** A toll said by the Armenian prime minister, in words of our own. */
export function toll(key: string, count: number, at: string): PolledItem {
  return published(
    key,
    "Count goes on",
    `At least ${count} Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet on Friday.`,
    at,
  );
}
