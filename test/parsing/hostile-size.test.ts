import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadFeedDates } from "../../src/config/feed-dates-schema.ts";
import { FeedError } from "../../src/domain/feed/feed-error.ts";
import { type FeedParser, startFeedParser } from "../../src/parsing/feed-parser.ts";

// Documents near the largest that is fetched, each made to be as costly as its size allows.
const SIZE = 3 * 1024 * 1024;
const fill = (piece: string): string => piece.repeat(Math.floor(SIZE / piece.length));
const channel = (inner: string): string => `<rss version="2.0"><channel><title>t</title>${inner}</channel></rss>`;
const description = (text: string): string =>
  channel(`<item><guid>1</guid><description><![CDATA[${text}]]></description></item>`);

const DOCUMENTS: [string, string][] = [
  ["unclosed text elements", channel(`${"<title>".repeat(40)}${fill("<b></b>")}`)],
  ["bare ampersands", channel(`<item><description>${fill("&")}</description></item>`)],
  ["unknown references", channel(`<item><description>${fill("&aaaaaaaaaaaaaaaaaaaa;")}</description></item>`)],
  [
    "attributes",
    channel(`<item ${Array.from({ length: 200_000 }, (_, n) => `a${n}='1'`).join(" ")}><title>x</title></item>`),
  ],
  ["open quotes", channel(fill('<a b="'))],
  ["open comments", channel(fill("<!--"))],
  ["open CDATA", channel(fill("<![CDATA["))],
  ["many CDATA sections", channel(`<item><description>${fill("<![CDATA[x]]>")}</description></item>`)],
  ["stray closing tags", channel(fill("</a>"))],
  ["stray brackets", channel(fill("< "))],
  ["unclosed items", channel(fill("<item>"))],
  ["empty elements", channel(fill("<a/>"))],
  ["categories", channel(`<item><guid>1</guid>${fill("<category>x</category>")}</item>`)],
  ["brackets in a text", description(fill("<"))],
  ["tags at line ends", description(fill("x<p>\n"))],
  ["tags in a text", description(fill("<p>xx "))],
  ["direction marks", description(fill("<span dir=rtl>"))],
  ["one long text", description(fill("word "))],
  ["a long date", channel(`<item><guid>1</guid><pubDate>${fill("1 ")}</pubDate></item>`)],
  ["a long author", channel(`<item><guid>1</guid><author>${fill("a@b.c ")}</author></item>`)],
  ["entity declarations", `<!DOCTYPE rss [${fill("<!ENTITY a 'b'>")}]>${channel("")}`],
  [
    "XHTML",
    `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="xhtml">${fill("<div>a</div>")}</content></entry></feed>`,
  ],
  ["nested JSON", `{"version":"https://jsonfeed.org/version/1","items":${fill("[")}`],
  [
    "JSON items",
    `{"version":"https://jsonfeed.org/version/1","items":[${Array.from({ length: 200_000 }, () => '{"id":1}').join(",")}]}`,
  ],
  ["control bytes", fill("\u0001ab")],
];

let parser: FeedParser;
beforeAll(async () => {
  parser = startFeedParser({ dateWords: loadFeedDates("config") });
  await parser.parseFeed(Buffer.from(channel("")), {});
});
afterAll(() => parser.stop());

describe("a document of nothing but", () => {
  test.each(DOCUMENTS)(
    "%s is read or refused, other feeds go on, the event loop stays free",
    async (_what, document) => {
      const lag = monitorEventLoopDelay({ resolution: 10 });
      const bytes = Buffer.from(document);
      lag.enable();
      const hostile = parser.parseFeed(bytes, {}).then(
        (feed) => feed.items.length,
        (error: unknown) => error,
      );
      const other = await parser.parseFeed(Buffer.from(channel("<item><guid>o</guid></item>")), {});
      const outcome = await hostile;
      lag.disable();
      expect(other.items).toHaveLength(1);
      if (typeof outcome !== "number") expect(outcome).toBeInstanceOf(FeedError);
      expect(lag.max / 1e6).toBeLessThan(500);
    },
  );
});
