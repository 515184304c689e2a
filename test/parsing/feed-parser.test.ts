import { afterAll, beforeAll, expect, test } from "vitest";
import { loadFeedDates } from "../../src/config/feed-dates-schema.ts";
import { type FeedParser, startFeedParser } from "../../src/parsing/feed-parser.ts";

let parser: FeedParser;
beforeAll(() => {
  parser = startFeedParser({ dateWords: loadFeedDates("config"), deadlineMs: 2000 });
});
afterAll(() => parser.stop());

const rss = (items: string): Buffer =>
  Buffer.from(
    `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link>${items}</channel></rss>`,
  );

test("a document is parsed in a thread", async () => {
  const feed = await parser.parseFeed(rss("<item><guid>1</guid><title>Two killed</title></item>"), {});
  expect(feed.items.map(({ guid, title }) => [guid, title])).toEqual([["1", "Two killed"]]);
});

test("a text over which rss-parser hangs costs its thread, is read by the second parser, and other feeds go on", async () => {
  const text = "x<p>\n".repeat(60_000);
  const hostile = rss(
    `<item><guid>h</guid><title>Hostile</title><description><![CDATA[${text}]]></description></item>`,
  );
  const [slow, quick] = await Promise.all([
    parser.parseFeed(hostile, {}),
    parser.parseFeed(rss("<item><guid>q</guid><title>Quick</title></item>"), {}),
  ]);
  expect(slow.items.map(({ title }) => title)).toEqual(["Hostile"]);
  expect(slow.warnings.join()).toContain("did not come to an end");
  expect(quick.items).toHaveLength(1);
});

test("brackets that never close are not even shown to rss-parser", async () => {
  const feed = await parser.parseFeed(
    rss(
      `<item><guid>h</guid><title>Hostile</title><description><![CDATA[${"<".repeat(160_000)}]]></description></item>`,
    ),
    {},
  );
  expect(feed.items.map(({ title }) => title)).toEqual(["Hostile"]);
  expect(feed.warnings.join()).toContain("would not come to an end");
});

test("what waits is rejected when the parser stops", async () => {
  const other = startFeedParser({ dateWords: loadFeedDates("config") });
  const waiting = other.parseFeed(rss("<item><title>x</title></item>"), {});
  const outcome = waiting.then(
    () => "parsed",
    (error: Error) => error.message,
  );
  await other.stop();
  expect(await outcome).toBe("the feed parser is stopped");
  await expect(other.parseFeed(rss(""), {})).rejects.toThrow("stopped");
});
