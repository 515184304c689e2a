import fc from "fast-check";
import { expect, test } from "vitest";
import { loadFeedDates } from "../../src/config/feed-dates-schema.ts";
import { FeedError } from "../../src/domain/feed/feed-error.ts";
import type { ParsedFeed } from "../../src/domain/feed/parsed-feed.ts";
import { parseDocument } from "../../src/parsing/parse-document.ts";
import { mutatedFeed } from "./mutation.ts";

// `node scripts/fuzz-feeds.mjs` sets the number of runs; the seed of a failure is printed, and replays it.
const runs = Number(process.env.RASID_FUZZ_RUNS ?? 300);
const words = loadFeedDates("config");

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** What must hold of any document that is read at all. */
function violationOf(feed: ParsedFeed): string | undefined {
  if (stringsOf(feed).some((text) => /[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u.test(text)))
    return "text that cannot be stored";
  if (feed.items.length > 2000) return "too many items";
  if (new Set(feed.items.map(({ guid }) => guid)).size !== feed.items.length) return "two items with one key";
  for (const item of feed.items) {
    if (item.guid === "") return "an item without a key";
    if (item.link !== null && !/^https?:\/\//i.test(item.link)) return `link ${item.link}`;
    for (const date of [item.published, item.updated])
      if (date !== null && new Date(date).toISOString() !== date) return `date ${date}`;
    if (/<(?:img|script|a)\s/i.test(item.title)) return `markup in the title ${item.title}`;
  }
  return undefined;
}

test(`${runs} mutated documents are read or refused, quickly and without growth`, {
  timeout: Math.max(60_000, runs * 50),
}, async () => {
  let longest = 0;
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  await fc.assert(
    fc.asyncProperty(
      mutatedFeed,
      fc.constantFrom(undefined, "windows-1251", "utf-16", "none-such"),
      async (bytes, charset) => {
        const started = performance.now();
        const outcome = await parseDocument(bytes, { charset, url: "https://wire.example/rss" }, words).catch(
          (error: unknown) => error,
        );
        longest = Math.max(longest, performance.now() - started);
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(FeedError);
        else expect(violationOf(outcome as ParsedFeed)).toBeUndefined();
      },
    ),
    { numRuns: runs, endOnFailure: true },
  );
  globalThis.gc?.();
  expect(longest).toBeLessThan(5000);
  if (globalThis.gc !== undefined) expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
  console.log(
    `longest ${Math.round(longest)} ms, heap ${Math.round((process.memoryUsage().heapUsed - before) / 1e6)} MB more`,
  );
});
