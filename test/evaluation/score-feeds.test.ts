import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scoreFeeds } from "../../src/evaluation/score-feeds.ts";

test("every field that came out otherwise is listed, and counted once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rasid-"));
  writeFileSync(
    join(folder, "a.xml"),
    "<rss version='2.0'><channel><item><title>T &amp;amp; U</title><guid>1</guid><author>A (a@b.example)</author><pubDate>15 Sep 2022 10:00 GMT</pubDate></item></channel></rss>",
  );
  writeFileSync(
    join(folder, "a.json"),
    JSON.stringify({
      items: [
        {
          title: "T &amp; U",
          guid: "1",
          link: "https://x.example/",
          authors: [{ name: "A", email: "a@b.example" }],
          publishedParsed: "2022-09-15T11:00:00Z",
        },
      ],
    }),
  );
  writeFileSync(
    join(folder, "b.json"),
    JSON.stringify({
      version: "https://jsonfeed.org/version/1",
      items: [{ id: "1", content_html: "<p>x</p>\n<p>y</p>" }],
    }),
  );
  writeFileSync(join(folder, "b_expected.json"), JSON.stringify({ items: [{ guid: "1", content: "<div>x y</div>" }] }));
  const score = await scoreFeeds(folder, "config");
  rmSync(folder, { recursive: true });
  expect(score).toMatchObject({ files: 2, fields: 7, equal: 5 });
  expect(score.differences.map(({ field, expected, got }) => [field, expected, got])).toEqual([
    ["link", "https://x.example/", ""],
    ["published", "2022-09-15T11:00:00.000Z", "2022-09-15T10:00:00.000Z"],
  ]);
});
