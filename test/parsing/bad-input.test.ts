import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadFeedDates } from "../../src/config/feed-dates-schema.ts";
import type { ParsedFeed } from "../../src/domain/feed/parsed-feed.ts";
import { type FeedParser, startFeedParser } from "../../src/parsing/feed-parser.ts";
import type { DocumentHints } from "../../src/parsing/parse-document.ts";

let parser: FeedParser;
beforeAll(async () => {
  parser = startFeedParser({ dateWords: loadFeedDates("config"), threads: 1 });
  await parse(channel(""));
});
afterAll(() => parser.stop());

function parse(document: string | Uint8Array, hints: DocumentHints = {}): Promise<ParsedFeed> {
  return parser.parseFeed(typeof document === "string" ? Buffer.from(document) : document, hints);
}

const channel = (items: string, head = '<rss version="2.0">'): string =>
  `${head}<channel><title>Wire</title><link>https://wire.example/</link>${items}</channel></rss>`;
const item = (id: string, more = ""): string =>
  `<item><guid isPermaLink="false">${id}</guid><title>Report ${id}</title>${more}</item>`;
const atom = (entries: string, more = ""): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"${more}><title>Wire</title>${entries}</feed>`;
const entry = (id: string, more = ""): string =>
  `<entry><id>${id}</id><title>Report ${id}</title><updated>2022-09-14T10:00:00Z</updated>${more}</entry>`;
const ids = (feed: ParsedFeed): string[] => feed.items.map(({ guid }) => guid);

async function timed<T>(work: Promise<T>): Promise<{ result: T | Error; ms: number }> {
  const started = performance.now();
  const result = await work.catch((error: Error) => error);
  return { result, ms: performance.now() - started };
}

describe("hostile documents", () => {
  test.each([
    ["escaped", "&lt;".repeat(160_000)],
    ["as CDATA", `<![CDATA[${"<".repeat(160_000)}]]>`],
    ["bare", "<".repeat(160_000)],
  ])("a description of brackets, %s, keeps its item within bounds", async (_how, text) => {
    const { result, ms } = await timed(parse(channel(item("1", `<description>${text}</description>`) + item("2"))));
    expect(ids(result as ParsedFeed)).toEqual(["1", "2"]);
    expect(ms).toBeLessThan(5000);
  });

  test("nested entities are refused within 50 ms", async () => {
    const lols = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");
    const bomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${lols}]>${channel(item("1", "<description>&l10;</description>"))}`;
    const times: number[] = [];
    // The best of three: a busy machine says nothing of the parser.
    for (let run = 0; run < 3; run += 1) {
      const { result, ms } = await timed(parse(bomb));
      expect(result).toMatchObject({
        name: "FeedError",
        code: "hostile",
        message: expect.stringContaining("entities"),
      });
      times.push(ms);
    }
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test("a local file named by an entity is never read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rasid-"));
    writeFileSync(join(folder, "secret"), "the-secret-word");
    const document = `<!DOCTYPE rss [<!ENTITY x SYSTEM "file://${folder}/secret">]>${channel(item("1", "<description>&x;</description>"))}`;
    const { result } = await timed(parse(document));
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ name: "FeedError", code: "hostile" });
    expect(JSON.stringify(result)).not.toContain("the-secret-word");
  });

  test.each([
    ["elements", `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`],
    [
      "markup in a description",
      `<item><description>${"<b>".repeat(100_000)}x${"</b>".repeat(100_000)}</description></item>`,
    ],
  ])("100,000 nested %s are refused, and the process goes on", async (_what, nested) => {
    const { result, ms } = await timed(parse(channel(nested)));
    expect(result).toMatchObject({
      name: "FeedError",
      code: "hostile",
      message: expect.stringContaining("nests deeper"),
    });
    expect(ms).toBeLessThan(5000);
    expect(ids(await parse(channel(item("1"))))).toEqual(["1"]);
  });

  test("of 200,000 items the first 2,000 are taken, with a warning", async () => {
    const items = Array.from({ length: 200_000 }, (_, n) => `<item><guid>${n}</guid><title>t</title></item>`).join("");
    const feed = await parse(channel(items));
    expect(feed.items).toHaveLength(2000);
    expect(feed.items[1999]?.guid).toBe("1999");
    expect(feed.warnings.join()).toContain("198000 items more than the 2000");
  });

  test("of 200,000 JSON items the first 2,000 are taken, with a warning", async () => {
    const items = Array.from({ length: 200_000 }, (_, n) => ({ id: String(n), content_text: "t" }));
    const feed = await parse(JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items }));
    expect(feed.items).toHaveLength(2000);
    expect(feed.warnings.join()).toContain("198000 items more");
  });

  test("elements and keys named __proto__ pollute nothing", async () => {
    const feed = await parse(
      channel(item("1", "<__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor>")),
    );
    const json = await parse(
      '{"version":"https://jsonfeed.org/version/1","__proto__":{"polluted":"yes"},"items":[{"id":"2","__proto__":{"polluted":"yes"},"content_text":"x"}]}',
    );
    expect([...ids(feed), ...ids(json)]).toEqual(["1", "2"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(JSON.stringify([feed, json])).not.toContain("polluted");
  });
});

describe("one bad item never costs the others", () => {
  test("an invalid Atom date leaves that item undated", async () => {
    const feed = await parse(
      atom(entry("1", "<published>soon</published>").replace("2022-09-14T10:00:00Z", "never") + entry("2")),
    );
    expect(feed.items.map(({ guid, published }) => [guid, published])).toEqual([
      ["1", null],
      ["2", "2022-09-14T10:00:00.000Z"],
    ]);
    expect(feed.warnings.join()).toContain("cannot be read");
  });

  test("a date that stands for two is told of once", async () => {
    const feed = await parse(atom(entry("1").replace("2022-09-14T10:00:00Z", "never") + entry("2")));
    expect(feed.warnings.filter((warning) => warning.includes("«never»"))).toHaveLength(1);
  });

  test("a bare & is recovered", async () => {
    const feed = await parse(
      channel(item("1", "<description>Talks & threats; AT&T &nbsp;&laquo;quoted&raquo;</description>") + item("2")),
    );
    expect(ids(feed)).toEqual(["1", "2"]);
    expect(feed.items[0]?.text).toBe("Talks & threats; AT&T \u00a0«quoted»");
  });

  test("an Atom link without attributes keeps its item", async () => {
    const feed = await parse(
      atom(entry("1", "<link>https://wire.example/1</link>") + entry("2", '<link href="https://wire.example/2"/>')),
    );
    expect(ids(feed)).toEqual(["1", "2"]);
    expect(feed.items[1]?.link).toBe("https://wire.example/2");
  });

  test.each([
    ["an unclosed element", "<description>cut<br></description><category>x"],
    ["a closing tag too many", "</b></i>"],
    ["an attribute without quotes", "<enclosure url=https://wire.example/a.jpg type=image/jpeg>"],
    ["a stray bracket", "<description>3 < 5 and > 2</description>"],
    ["an unclosed CDATA-like start", "<description>a <![ b</description>"],
  ])("%s costs nothing else", async (_what, broken) => {
    const feed = await parse(channel(item("1", broken) + item("2")));
    expect(ids(feed)).toEqual(["1", "2"]);
  });

  test("a guid that is an object or empty gets another key", async () => {
    const feed = await parse(
      channel(
        `<item><guid><a>x</a></guid><link>https://wire.example/1</link><title>A</title></item><item><guid/><title>B</title></item><item><guid> </guid><title>C</title></item>`,
      ),
    );
    expect(feed.items.map(({ title, guidFrom }) => [title, guidFrom])).toEqual([
      ["A", "link"],
      ["B", "text"],
      ["C", "text"],
    ]);
    expect(new Set(ids(feed)).size).toBe(3);
  });

  test("a javascript: link is dropped, with a warning", async () => {
    const feed = await parse(
      channel(
        item("1", "<link>javascript:alert(1)</link>") +
          item("2", "<link> JaVa\nScript:alert(1)</link>") +
          item("3", "<link>data:text/html,x</link>"),
      ),
    );
    expect(feed.items.map(({ link }) => link)).toEqual([null, null, null]);
    expect(feed.warnings.join()).toContain("dropped");
  });

  test("markup in a title becomes inert text", async () => {
    const hostile = "&lt;img src=x onerror=alert(1)&gt;Talks &amp;lt;script&amp;gt;alert(2)&amp;lt;/script&amp;gt;";
    const feed = await parse(channel(`<item><title>${hostile}</title><description>${hostile}</description></item>`));
    const plain = await parse(
      atom(`<entry><id>1</id><title>${hostile}</title><updated>2022-09-14T10:00:00Z</updated></entry>`),
    );
    for (const text of [feed.items[0]?.title, feed.items[0]?.text, plain.items[0]?.title]) {
      expect(text).toContain("Talks");
      expect(text).not.toMatch(/<img|onerror/);
    }
  });
});

describe("lenient reading", () => {
  test("rss without a version", async () => {
    expect(ids(await parse(channel(item("1"), "<rss>")))).toEqual(["1"]);
  });

  test("a prefixed Atom root", async () => {
    const document = atom(entry("1"))
      .replaceAll("<", "<atom:")
      .replaceAll("<atom:/", "</atom:")
      .replace("xmlns=", "xmlns:atom=");
    expect(ids(await parse(document))).toEqual(["1"]);
  });

  test("a document that ends early gives its complete items and says so", async () => {
    const whole = channel(item("1") + item("2", "<description>105 servicemen</description>"));
    const feed = await parse(whole.slice(0, whole.indexOf("5 servicemen")));
    expect(ids(feed)).toEqual(["1"]);
    expect(feed.truncated).toBe(true);
    expect(feed.warnings.join()).toContain("ends before its end");
    expect((await parse(whole)).truncated).toBe(false);
  });

  test.each([
    ["a block page", "<!DOCTYPE html><html><head><title>Access denied</title></head><body>No.</body></html>"],
    [
      "a page with an XML declaration",
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    ],
    ["a fragment", "<div>Checking your browser</div>"],
    ["a sitemap", '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>'],
    ["plain words", "Service unavailable"],
    ["other JSON", '{"error":"unavailable"}'],
    ["nothing", ""],
    ["a root without a channel", '<rss version="2.0"></rss>'],
    ["bytes before an element", "\u0000\u0001binary<rss>"],
  ])("%s is not a feed", async (_what, document) => {
    await expect(parse(document, { contentType: "text/html" })).rejects.toThrow("not a feed");
  });
});

describe("charsets", () => {
  const text = "Погибли 49 военнослужащих, сообщили в министерстве обороны";
  const arabic = "أعلنت وزارة الدفاع مقتل تسعة وأربعين جنديا في الاشتباكات على الحدود صباح اليوم";
  const document = (words: string, encoding?: string): string =>
    `${encoding === undefined ? "" : `<?xml version="1.0" encoding="${encoding}"?>`}${channel(`<item><guid>1</guid><title>${words}</title></item>`)}`;

  test("windows-1251 declared only in the XML", async () => {
    const feed = await parse(iconv.encode(document(text, "windows-1251"), "windows-1251"));
    expect(feed.items[0]?.title).toBe(text);
    expect(feed.charset).toBe("windows-1251");
  });

  test("the header goes before the XML declaration", async () => {
    const feed = await parse(iconv.encode(document(text, "koi8-r"), "windows-1251"), {
      contentType: "application/xml; charset=windows-1251",
    });
    expect(feed.items[0]?.title).toBe(text);
    expect(feed.warnings.join()).toContain("the HTTP header says windows-1251, the XML declaration koi8-r");
  });

  test("bytes that are no UTF-8 overrule a header that says so", async () => {
    const feed = await parse(iconv.encode(document(text, "windows-1251"), "windows-1251"), {
      contentType: "text/xml; charset=utf-8",
    });
    expect(feed.items[0]?.title).toBe(text);
    expect(feed.warnings.join()).toContain("the bytes are not UTF-8");
  });

  test("bytes that are UTF-8 overrule a header that names an older charset", async () => {
    const feed = await parse(Buffer.from(document(text, "utf-8")), { contentType: "text/xml; charset=ISO-8859-1" });
    expect(feed.items[0]?.title).toBe(text);
  });

  test("the option stands in for the header", async () => {
    const feed = await parse(iconv.encode(document(text), "koi8-r"), { charset: "koi8-r" });
    expect(feed.items[0]?.title).toBe(text);
  });

  test.each(["utf16le", "utf16be"])("%s with its mark", async (encoding) => {
    const feed = await parse(iconv.encode(document(text, "utf-16"), encoding, { addBOM: true }), {
      contentType: "text/xml; charset=windows-1251",
    });
    expect(feed.items[0]?.title).toBe(text);
  });

  test("the UTF-8 mark goes before everything", async () => {
    const feed = await parse(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(document(text, "windows-1251"))]),
    );
    expect(feed.items[0]?.title).toBe(text);
  });

  test.each([
    ["windows-1256", arabic],
    ["windows-1251", text],
  ])("undeclared %s is detected and flagged", async (charset, words) => {
    const feed = await parse(iconv.encode(document(words), charset));
    expect(feed.items[0]?.title).toBe(words);
    expect(feed.warnings.join()).toContain(`detected as ${charset}`);
  });

  test("one broken byte does not make UTF-8 another charset", async () => {
    const bytes = Buffer.concat([
      Buffer.from(document(text.repeat(3)).replace("</rss>", "")),
      Buffer.from([0xd0]),
      Buffer.from("</rss>"),
    ]);
    const feed = await parse(bytes);
    expect(feed.items[0]?.title).toBe(text.repeat(3));
  });

  test("NUL is removed, a lone surrogate becomes U+FFFD", async () => {
    const raw = await parse(channel(item("1", "<description>4\u00009 killed\u0008</description>")));
    const referenced = await parse(channel(item("1", "<description>49&#0; killed&#xD800;</description>")));
    const json = await parse(
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1\\u0000","title":"49 \\ud800killed\\u0000"}]}',
    );
    expect(raw.items[0]?.text).toBe("49 killed");
    expect(referenced.items[0]?.text).toBe("49\ufffd killed\ufffd");
    expect(json.items[0]).toMatchObject({ guid: "1", title: "49 \ufffdkilled" });
  });
});
