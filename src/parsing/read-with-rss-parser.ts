import Parser from "rss-parser";
import type { MendedXml } from "../domain/feed/mend-xml.ts";
import type { RawFeed, RawItem } from "../domain/feed/raw-feed.ts";
import {
  atomTexts,
  attribute,
  firstOf,
  htmlTexts,
  links,
  nodes,
  nodeText,
  people,
  texts,
  type XmlNode,
} from "./xml-nodes.ts";

/** Elements kept as rss-parser's XML tree has them; under their own names with this mark before it. */
const MARK = "@";

const ITEM_ELEMENTS = [
  "$",
  "title",
  "link",
  "guid",
  "id",
  "description",
  "summary",
  "content",
  "content:encoded",
  "pubDate",
  "published",
  "issued",
  "created",
  "updated",
  "modified",
  "author",
  "category",
  "body",
  "full-text",
  "fulltext",
  "yandex:full-text",
  "mailru:full-text",
  "rambler:fulltext",
  "dc:title",
  "dc:description",
  "dc:date",
  "dc:creator",
  "dc:author",
  "dc:subject",
  "dcterms:created",
  "dcterms:issued",
  "dcterms:modified",
  "atom:title",
  "atom:link",
  "atom:id",
  "atom:summary",
  "atom:content",
  "atom:published",
  "atom:updated",
  "atom:author",
  "atom:category",
  "a10:link",
  "a10:updated",
  "a10:author",
  "a10:content",
  "itunes:title",
  "itunes:summary",
  "itunes:author",
  "itunes:keywords",
  "media:title",
  "media:description",
  "media:group",
  "media:content",
  "xhtml:body",
];

const FEED_ELEMENTS = [
  "$",
  "title",
  "link",
  "description",
  "subtitle",
  "tagline",
  "language",
  "updated",
  "modified",
  "lastBuildDate",
  "pubDate",
  "ttl",
  "skipHours",
  "skipDays",
  "dc:title",
  "dc:description",
  "dc:language",
  "dc:date",
  "atom:link",
  "atom10:link",
  "atom:updated",
  "itunes:summary",
  "itunes:subtitle",
  "sy:updatePeriod",
  "sy:updateFrequency",
];

const kept = (names: readonly string[]): (string | { keepArray: boolean })[][] =>
  names.map((name) => [name, MARK + name, { keepArray: true }]);

/** The library's types describe field names only; it also takes pairs with options, for the feed as for its items. */
const customFields = { item: kept(ITEM_ELEMENTS), feed: kept(FEED_ELEMENTS) } as unknown as NonNullable<
  Parser.ParserOptions<object, object>["customFields"]
>;

/**
 * Reads a mended document with rss-parser. Only the elements that it kept are used: its own reading of dates, guids and
 * contents differs between formats, and its snippets cost time quadratic in hostile text, for which callers run this
 * under a deadline.
 * @throws Error where rss-parser refuses the document, for one bad item as for a bad root.
 */
export async function readWithRssParser(document: MendedXml): Promise<RawFeed> {
  const parser = new Parser({ customFields, defaultRSS: 2 });
  const output = (await parser.parseString(document.xml)) as { items: XmlNode[] };
  const feed = unmarked(output);
  const format = document.root === "feed" ? "atom" : document.root === "rdf" ? "rdf" : "rss";
  const items = output.items.map((item) => (format === "atom" ? atomItem(unmarked(item)) : rssItem(unmarked(item))));
  return { ...headOf(feed, format, document), items };
}

/** The kept elements under their own names. */
function unmarked(node: XmlNode): XmlNode {
  const elements: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(node as object))
    if (name.startsWith(MARK)) elements[name.slice(MARK.length)] = value;
  return elements;
}

function headOf(feed: XmlNode, format: RawFeed["format"], document: MendedXml): Omit<RawFeed, "items"> {
  const atom = format === "atom";
  const language = document.language === undefined ? [] : [document.language];
  const base = [document.base, atom ? undefined : attribute(feed, "xml:base")];
  const ttl = ttlOf(texts(feed, "ttl")[0], texts(feed, "sy:updatePeriod")[0], texts(feed, "sy:updateFrequency")[0]);
  return {
    format,
    titles: atom ? atomTexts(feed, "title") : htmlTexts(feed, "title", "dc:title"),
    descriptions: atom
      ? atomTexts(feed, "subtitle", "tagline")
      : htmlTexts(feed, "description", "itunes:summary", "itunes:subtitle", "dc:description"),
    links: atom ? links(feed, "link") : [...links(feed, "link").reverse(), ...links(feed, "atom:link", "atom10:link")],
    languages: [...texts(feed, "language", "dc:language"), ...language],
    updated: texts(feed, "updated", "modified", "lastBuildDate", "dc:date", "atom:updated", "pubDate"),
    bases: base.filter((value) => value !== undefined),
    ...(ttl === undefined ? {} : { ttl }),
    skipHours: nodes(feed, "skipHours").flatMap((node) => texts(node, "hour")),
    skipDays: nodes(feed, "skipDays").flatMap((node) => texts(node, "day")),
  };
}

const PERIOD_MINUTES: Record<string, number> = { hourly: 60, daily: 1440, weekly: 10_080 };

/** Minutes between polls: ttl, else the syndication module's period shared by its frequency. */
export function ttlOf(
  ttl: string | undefined,
  period: string | undefined,
  frequency: string | undefined,
): string | undefined {
  if (ttl !== undefined) return ttl;
  const minutes = PERIOD_MINUTES[period?.trim().toLowerCase() ?? ""];
  if (minutes === undefined) return undefined;
  const times = Number(frequency ?? 1);
  return String(minutes / (times >= 1 ? times : 1));
}

const RSS_SUMMARIES = [
  "description",
  "dc:description",
  "itunes:summary",
  "summary",
  "atom:summary",
  "media:description",
] as const;
/** What publishers call a whole text that `content:encoded` does not have. */
const RSS_FULL_TEXTS = [
  "yandex:full-text",
  "mailru:full-text",
  "rambler:fulltext",
  "full-text",
  "fulltext",
  "content",
  "body",
  "xhtml:body",
] as const;

function rssItem(item: XmlNode): RawItem {
  const guid = nodes(item, "guid")[0];
  const id = [nodeText(guid), ...texts(item, "atom:id"), attribute(item, "rdf:about") ?? ""].find(
    (text) => text.trim() !== "",
  );
  const group = nodes(item, "media:group")[0];
  return {
    ...(id === undefined ? {} : { id }),
    idIsLink: guid !== undefined && attribute(guid, "isPermaLink")?.toLowerCase() !== "false",
    titles: htmlTexts(item, "title", "dc:title", "atom:title", "itunes:title", "media:title"),
    links: [...links(item, "link").reverse(), ...links(item, "atom:link", "a10:link")],
    summaries: [...htmlTexts(item, ...RSS_SUMMARIES), ...htmlTexts(group, "media:description")],
    contents: [
      ...htmlTexts(item, "content:encoded"),
      ...atomTexts(item, "atom:content", "a10:content"),
      ...htmlTexts(item, ...RSS_FULL_TEXTS),
    ],
    captions: captionsOf(item, group),
    published: texts(item, "pubDate", "atom:published", "published", "dcterms:issued", "dcterms:created", "dc:date"),
    updated: texts(item, "atom:updated", "a10:updated", "updated", "dcterms:modified", "dc:date"),
    authors: firstOf(
      people(item, "author"),
      people(item, "atom:author", "a10:author"),
      people(item, "dc:author"),
      people(item, "dc:creator"),
      people(item, "itunes:author"),
    ),
    categories: [
      ...texts(item, "category"),
      ...texts(item, "itunes:keywords").flatMap((words) => words.split(",")),
      ...texts(item, "dc:subject"),
      ...categoriesOf(item, "atom:category"),
    ],
    bases: [attribute(item, "xml:base") ?? ""],
  };
}

function atomItem(item: XmlNode): RawItem {
  const [id] = texts(item, "id");
  const group = nodes(item, "media:group")[0];
  return {
    ...(id === undefined ? {} : { id }),
    titles: [...atomTexts(item, "title"), ...htmlTexts(item, "dc:title", "media:title")],
    links: links(item, "link"),
    summaries: [
      ...atomTexts(item, "summary"),
      ...htmlTexts(item, "dc:description", "media:description"),
      ...htmlTexts(group, "media:description"),
    ],
    contents: [...atomTexts(item, "content"), ...htmlTexts(item, "content:encoded")],
    captions: captionsOf(item, group),
    published: texts(item, "published", "issued", "created", "dc:date", "updated", "modified"),
    updated: texts(item, "updated", "modified", "dcterms:modified"),
    authors: firstOf(people(item, "author"), people(item, "dc:creator")),
    categories: [...categoriesOf(item, "category"), ...texts(item, "dc:subject")],
    bases: [
      attribute(item, "xml:base") ?? "",
      ...nodes(item, "content").map((node) => attribute(node, "xml:base") ?? ""),
    ],
  };
}

/** What is said of a picture is not what is said of the event. */
function captionsOf(item: XmlNode, group: XmlNode): RawItem["captions"] {
  return [...nodes(item, "media:content"), ...nodes(group, "media:content")].flatMap((content) =>
    htmlTexts(content, "media:description"),
  );
}

function categoriesOf(item: XmlNode, name: string): string[] {
  return nodes(item, name).map((node) => attribute(node, "label") ?? attribute(node, "term") ?? nodeText(node));
}
