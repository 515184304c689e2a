import type { FeedDefinition } from "../../../src/ledger/feeds.ts";
import type { PolledItem } from "../../../src/ledger/items.ts";

export const NOW = new Date("2022-09-15T12:00:00Z");

/** The time so many seconds after `NOW`. */
export function later(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1000);
}

export function feed(id: string, url = `https://${id}.example/rss`): FeedDefinition {
  return { id, url, source: id.toUpperCase(), lang: "en", tier: 1, timezone: "Asia/Yerevan" };
}

export function item(key: string, text = `Text of ${key}`, publishedAt: Date | null = NOW): PolledItem {
  return {
    key,
    url: `https://news.example/${key}`,
    canonicalUrl: `https://news.example/${key}`,
    title: `Title of ${key}`,
    text,
    publishedAt,
  };
}
