import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { planFeedsEdit, withFeeds, withoutFeed } from "../../src/config/edit-feeds.ts";
import type { FeedConfig } from "../../src/config/feeds-schema.ts";

const LIST = `# Feeds of the desk.
polling:
  hostGapSeconds: 7 # asked for by the agency

feeds:
  # Arabic
  - { id: one, url: "https://one.example/rss", source: One, lang: ar, tier: 1 }
  - id: two # a long one
    url: https://two.example/rss
    source: "Two: the second"
    lang: en
    tier: 3
`;
const three: FeedConfig = {
  id: "three",
  url: "https://three.example/?a=1&b=2",
  source: "Three: 3",
  lang: "ru",
  tier: 2,
};

let file: string;
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), "rasid-feeds-")), "feeds.yaml");
  writeFileSync(file, LIST);
});
afterEach(() => rmSync(join(file, ".."), { recursive: true }));

/** The list after an edit, as it then stands in the file. */
function edited(edit: (text: string) => string) {
  const { config, write } = planFeedsEdit(file, edit);
  write();
  return config;
}

test("a feed is added as a line, and every other line stays as it is", () => {
  const after = withFeeds(LIST, [three]);
  expect(after.startsWith(LIST)).toBe(true);
  expect(after.slice(LIST.length).split("\n")).toHaveLength(2);
  expect(edited(() => after).feeds.at(-1)).toEqual(three);
});

test("a feed is taken out, comments of the others stay", () => {
  const after = withoutFeed(LIST, "two");
  expect(after).toContain("# Arabic");
  expect(after).toContain("# asked for by the agency");
  expect(after).not.toContain("two.example");
  expect(withoutFeed(LIST, "four")).toBeNull();
});

test("what would not be a list of feeds any more is refused, and the file stays", () => {
  expect(() => edited((text) => withFeeds(text, [{ ...three, id: "one" }]))).toThrow(/the same as that of feeds\.0/);
  expect(() => edited(() => "feeds: none\n")).toThrow(/feeds/);
  expect(readFileSync(file, "utf8")).toBe(LIST);
});

test("a list begins with its first feed", () => {
  rmSync(file);
  expect(edited((text) => withFeeds(text, [three])).feeds).toEqual([three]);
});

test("a list that was empty grows by lines", () => {
  const after = withFeeds("feeds: []\n", [three, { ...three, id: "four", url: "https://four.example/" }]);
  expect(after.split("\n").filter((line) => line.startsWith("  - {"))).toHaveLength(2);
});
