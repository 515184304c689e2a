import { describe, expect, test } from "vitest";
import { loadFeedDates } from "../../src/config/feed-dates-schema.ts";
import type { ParsedFeed, ParsedItem } from "../../src/domain/feed/parsed-feed.ts";
import { type DocumentHints, parseDocument } from "../../src/parsing/parse-document.ts";
import { SAMPLE_FEEDS } from "./sample-feeds.ts";

const words = loadFeedDates("config");
const read = (document: string, hints: DocumentHints = {}): Promise<ParsedFeed> =>
  parseDocument(Buffer.from(document), hints, words);
const first = async (document: string, hints: DocumentHints = {}): Promise<ParsedItem> => {
  const item = (await read(document, hints)).items[0];
  if (item === undefined) throw new Error("no item");
  return item;
};
const rss = (item: string): string =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>W</title><link>https://wire.example/</link><item>${item}</item></channel></rss>`;
const atom = (entry: string, more = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${more}><title>W</title><entry>${entry}</entry></feed>`;

describe("RSS 2.0", () => {
  test("is read whole", async () => {
    const feed = await read(SAMPLE_FEEDS[0] as string, { url: "https://wire.example/rss" });
    expect(feed.feed).toEqual({
      format: "rss",
      title: "Border Wire",
      description: "News & views",
      link: "https://wire.example/",
      language: "en",
      updated: null,
    });
    expect(feed.wishes).toEqual({ ttlMinutes: 15, skipHours: [2], skipDays: [] });
    expect(feed.warnings).toEqual([]);
    expect(feed.items[0]).toEqual({
      guid: "w-1",
      guidFrom: "id",
      title: "Ministry reports 12 dead",
      link: "https://wire.example/a/1?utm_source=rss",
      summary: "Twelve were killed — officials said.\n\nA post in 2020",
      content: "Twelve were killed.\n\nOne\nTwo",
      text: "Twelve were killed — officials said.\n\nA post in 2020\n\nArchive",
      authors: [{ name: "Desk" }],
      published: "2022-09-14T05:30:00.000Z",
      updated: null,
      categories: ["Politics"],
    });
    expect(feed.items[1]).toMatchObject({
      guid: "https://wire.example/a/2",
      title: "Talks begin",
      link: "https://wire.example/a/2",
      published: "2022-09-14T10:00:00.000Z",
    });
  });

  test.each([
    ["desk@wire.example (Anna B)", { name: "Anna B", email: "desk@wire.example" }],
    ["Anna B (desk@wire.example)", { name: "Anna B", email: "desk@wire.example" }],
    ["Anna B &lt;desk@wire.example&gt;", { name: "Anna B", email: "desk@wire.example" }],
    ["desk@wire.example", { email: "desk@wire.example" }],
    ["Anna B", { name: "Anna B" }],
  ])("author «%s»", async (author, person) => {
    expect((await first(rss(`<author>${author}</author><title>t</title>`))).authors).toEqual([person]);
  });

  test("full text that agencies give in elements of their own counts as content", async () => {
    const document = rss(
      "<title>t</title><description>Teaser</description><yandex:full-text>The whole report of the day.</yandex:full-text>",
    );
    expect((await first(document)).text).toBe("The whole report of the day.");
  });

  test("markup that was not escaped keeps its order", async () => {
    expect(
      (await first(rss("<title>t</title><description>From <b>49</b> to <i>105</i> killed</description>"))).text,
    ).toBe("From 49 to 105 killed");
  });

  test("namespaces under other prefixes are recognised", async () => {
    const document = `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel><item><title>t</title><c:encoded>Whole</c:encoded><d:creator>A</d:creator></item></channel></rss>`;
    expect(await first(document)).toMatchObject({ content: "Whole", authors: [{ name: "A" }] });
  });

  test("links that are relative resolve against the document", async () => {
    expect((await first(rss("<link>/a/1</link>"), { url: "https://feeds.example/wire.xml" })).link).toBe(
      "https://feeds.example/a/1",
    );
    expect((await first(rss("<link>/a/1</link>"))).link).toBe("https://wire.example/a/1");
  });

  test("a link of tracking ampersands escaped twice is mended", async () => {
    expect((await first(rss("<link>https://wire.example/?a=1&amp;amp;b=2</link>"))).link).toBe(
      "https://wire.example/?a=1&b=2",
    );
  });
});

describe("Atom", () => {
  test("is read whole, with XHTML in its order and xml:base", async () => {
    const feed = await read(SAMPLE_FEEDS[1] as string);
    expect(feed.feed).toMatchObject({
      format: "atom",
      title: "Fil",
      link: "https://fil.example/",
      language: "fr",
      updated: "2022-09-14T08:00:00.000Z",
    });
    expect(feed.items[0]).toEqual({
      guid: "tag:fil.example,2022:1",
      guidFrom: "id",
      title: "Bilan provisoire",
      link: "https://fil.example/a/1",
      summary: "Court",
      content: "Au moins 49 morts.",
      text: "Au moins 49 morts.",
      authors: [{ name: "Rédaction", email: "r@fil.example" }],
      published: "2022-09-14T06:00:00.000Z",
      updated: "2022-09-14T08:05:00.000Z",
      categories: ["Guerre"],
    });
  });

  test("0.3 is read", async () => {
    expect(await first(SAMPLE_FEEDS[2] as string)).toMatchObject({
      guid: "o1",
      content: "Body",
      published: "2022-09-14T08:00:00.000Z",
      updated: "2022-09-14T09:00:00.000Z",
    });
  });

  test("text that is declared as plain stays as it is, unless it holds HTML after all", async () => {
    expect((await first(atom("<id>1</id><content>5 &lt; 7 &amp;amp; a_b</content>"))).content).toBe("5 < 7 &amp; a_b");
    expect((await first(atom("<id>1</id><content>&lt;p&gt;A&lt;/p&gt;&lt;p&gt;B&lt;/p&gt;</content>"))).content).toBe(
      "A\n\nB",
    );
  });

  test("the alternate HTML link is chosen, not the feed's own or an enclosure", async () => {
    const links =
      '<link rel="self" href="https://x.example/self"/><link rel="enclosure" href="https://x.example/a.mp3"/><link rel="alternate" type="application/json" href="https://x.example/j"/><link rel="alternate" type="text/html" href="https://x.example/h"/>';
    expect((await first(atom(`<id>1</id>${links}`))).link).toBe("https://x.example/h");
  });

  test("the second parser gives the same as the first", async () => {
    for (const document of SAMPLE_FEEDS.slice(0, 5)) {
      const [one, two] = await Promise.all(
        [false, true].map((recover) =>
          parseDocument(Buffer.from(document), { url: "https://base.example/" }, words, { recoverOnly: recover }),
        ),
      );
      const comparable = ({ items }: ParsedFeed): unknown =>
        items.map(({ guid, title, link, text, published }) => ({ guid, title, link, text, published }));
      if (document.includes('version="0.3"')) continue;
      expect(comparable(two as ParsedFeed)).toEqual(comparable(one as ParsedFeed));
    }
  });
});

test("RSS 1.0 is read", async () => {
  const feed = await read(SAMPLE_FEEDS[3] as string);
  expect(feed.wishes.ttlMinutes).toBe(60);
  expect(feed.items[0]).toMatchObject({
    guid: "https://rdf.example/1",
    link: "https://rdf.example/1",
    title: "حصيلة جديدة",
    text: "مقتل ٤٩ جنديا",
    published: "2022-09-14T08:00:00.000Z",
  });
});

test("RSS 0.91 is read", async () => {
  const feed = await read(SAMPLE_FEEDS[4] as string);
  expect(feed.items.map(({ title, link, guidFrom }) => [title, link, guidFrom])).toEqual([
    ["One", "http://nine.example/1", "link"],
    ["Two", null, "text"],
  ]);
});

describe("JSON Feed", () => {
  test("is read whole", async () => {
    const feed = await read(SAMPLE_FEEDS[5] as string);
    expect(feed.feed).toMatchObject({ format: "json", title: "JSON", link: "https://json.example/" });
    expect(feed.items[0]).toMatchObject({
      guid: "7",
      link: "https://json.example/7",
      content: "Seven killed",
      authors: [{ name: "A" }],
      categories: ["x"],
      published: "2022-09-14T08:00:00.000Z",
    });
    expect(feed.items[1]).toMatchObject({
      guid: "8",
      content: "Plain\n\ntext",
      summary: "S",
      published: null,
      updated: "2022-09-14T04:00:00.000Z",
    });
  });

  test("a field or an item of the wrong kind costs nothing else", async () => {
    const items = [
      { id: "1", title: { x: 1 }, tags: "x", authors: [7], content_text: "A" },
      "x",
      null,
      { id: "2", content_text: "B" },
    ];
    const feed = await read(JSON.stringify({ version: "https://jsonfeed.org/version/1", items }));
    expect(feed.items.map(({ guid, text }) => [guid, text])).toEqual([
      ["1", "A"],
      ["2", "B"],
    ]);
  });
});

describe("keys", () => {
  const item = (guid: string, title: string, link = ""): string =>
    `<item>${guid === "" ? "" : `<guid isPermaLink="false">${guid}</guid>`}<title>${title}</title>${link === "" ? "" : `<link>${link}</link>`}</item>`;
  const feedOf = (...items: string[]): string => `<rss version="2.0"><channel>${items.join("")}</channel></rss>`;

  test("the same item twice is one", async () => {
    const feed = await read(feedOf(item("1", "A"), item("1", "A")));
    expect(feed.items).toHaveLength(1);
    expect(feed.warnings.join()).toContain("1 items repeat");
  });

  test("one id on different articles is replaced by their links", async () => {
    const feed = await read(
      feedOf(item("x", "A", "https://w.example/1"), item("x", "B", "https://w.example/2"), item("y", "C")),
    );
    expect(feed.items.map(({ guid }) => guid)).toEqual(["https://w.example/1", "https://w.example/2", "y"]);
  });

  test("one id on several texts keeps all of them, with keys that do not depend on their order", async () => {
    const one = await read(feedOf(item("x", "49 killed"), item("x", "105 killed")));
    const other = await read(feedOf(item("x", "105 killed"), item("x", "49 killed")));
    expect(one.items.map(({ title }) => title)).toEqual(["49 killed", "105 killed"]);
    expect(new Set(one.items.map(({ guid }) => guid)).size).toBe(2);
    expect(new Map(one.items.map(({ title, guid }) => [title, guid]))).toEqual(
      new Map(other.items.map(({ title, guid }) => [title, guid])),
    );
  });

  test("without an id and a link the text is the key, the same at every poll", async () => {
    const document = feedOf(item("", "A"), item("", "B"));
    const [one, two] = await Promise.all([read(document), read(document)]);
    expect(one.items.map(({ guid }) => guid)).toEqual(two.items.map(({ guid }) => guid));
    expect(new Set(one.items.map(({ guid }) => guid)).size).toBe(2);
  });
});

test("a date far ahead of the fetch is a clock gone wrong", async () => {
  const item = rss("<guid>1</guid><pubDate>15 Sep 2032 10:00:00 GMT</pubDate>");
  const feed = await read(item, { now: Date.parse("2022-09-15T12:00:00Z") });
  expect(feed.items[0]?.published).toBeNull();
  expect(feed.warnings.join()).toContain("ahead of the fetch");
  expect((await first(item)).published).toBe("2032-09-15T10:00:00.000Z");
});
