import { parseFeed } from "feedsmith";
import type { MendedXml } from "../domain/feed/mend-xml.ts";
import type { RawFeed, RawItem, RawLink, RawPerson, RawText } from "../domain/feed/raw-feed.ts";
import { ttlOf } from "./read-with-rss-parser.ts";
import { firstOf, kindOf } from "./xml-nodes.ts";

type Parsed = ReturnType<typeof parseFeed<string>>;
type RssFeed = Extract<Parsed, { format: "rss" }>["feed"];
type RdfFeed = Extract<Parsed, { format: "rdf" }>["feed"];
type AtomFeed = Extract<Parsed, { format: "atom" }>["feed"];
type RssItem = NonNullable<RssFeed["items"]>[number];
type RdfItem = NonNullable<RdfFeed["items"]>[number];
type AtomEntry = NonNullable<AtomFeed["entries"]>[number];

/**
 * Reads a mended document with feedsmith: the way for what rss-parser refuses. It takes items with bad dates and links,
 * prefixed roots and namespaces under any prefix.
 * @throws Error where it refuses the document, too.
 */
export function readWithFeedsmith(document: MendedXml): RawFeed {
  const parsed = parseFeed<string>(document.xml, { parseDateFn: (raw) => raw });
  if (parsed.format === "rss") return rssFeed(parsed.feed, document);
  if (parsed.format === "rdf") return rdfFeed(parsed.feed, document);
  if (parsed.format === "atom") return atomFeed(parsed.feed, document);
  throw new Error("the document is no XML feed");
}

const present = (values: readonly (string | undefined)[]): string[] =>
  values.filter((value) => value !== undefined && value.trim() !== "") as string[];
const html = (...values: (string | undefined)[]): RawText[] =>
  present(values).map((value) => ({ value, kind: "html" }));

function rssFeed(feed: RssFeed, document: MendedXml): RawFeed {
  const ttl = ttlOf(feed.ttl?.toString(), feed.sy?.updatePeriod, feed.sy?.updateFrequency?.toString());
  return {
    format: "rss",
    titles: html(feed.title, ...(feed.dc?.titles ?? [])),
    descriptions: html(feed.description, feed.itunes?.summary, ...(feed.dc?.descriptions ?? [])),
    links: [...hrefs([feed.link]), ...linksOf(feed.atom?.links)],
    languages: present([feed.language, ...(feed.dc?.languages ?? []), document.language]),
    updated: present([feed.lastBuildDate, ...(feed.dc?.dates ?? []), feed.atom?.updated, feed.pubDate]),
    bases: present([document.base]),
    ...(ttl === undefined ? {} : { ttl }),
    skipHours: (feed.skipHours ?? []).map(String),
    skipDays: feed.skipDays ?? [],
    items: (feed.items ?? []).map(rssItem),
  };
}

function rssItem(item: RssItem): RawItem {
  const id = item.guid?.value ?? item.atom?.id;
  return {
    ...(id === undefined ? {} : { id }),
    idIsLink: item.guid !== undefined && item.guid.isPermaLink !== false,
    titles: [
      ...html(item.title, ...(item.dc?.titles ?? [])),
      ...atomText(item.atom?.title),
      ...html(item.itunes?.title, item.media?.title?.value),
    ],
    links: [...hrefs([item.link]), ...linksOf(item.atom?.links)],
    summaries: [
      ...html(item.description, ...(item.dc?.descriptions ?? []), item.itunes?.summary),
      ...atomText(item.atom?.summary),
      ...html(item.media?.description?.value, ...(item.media?.groups ?? []).map((group) => group.description?.value)),
    ],
    contents: [...html(item.content?.encoded), ...atomText(item.atom?.content)],
    captions: captionsOf(item.media?.contents),
    published: present([
      item.pubDate,
      item.atom?.published,
      ...(item.dcterms?.issued ?? []),
      ...(item.dcterms?.created ?? []),
      ...(item.dc?.dates ?? []),
    ]),
    updated: present([item.atom?.updated, ...(item.dcterms?.modified ?? []), ...(item.dc?.dates ?? [])]),
    authors: firstOf<RawPerson>(
      (item.authors ?? []).map(personOf),
      (item.atom?.authors ?? []).map(personOf),
      asText(item.dc?.creators),
      asText([item.itunes?.author]),
    ),
    categories: [
      ...present((item.categories ?? []).map(({ name }) => name)),
      ...(item.itunes?.keywords ?? []),
      ...(item.dc?.subjects ?? []),
      ...terms(item.atom?.categories),
    ],
    bases: present([item.xml?.base]),
  };
}

function rdfFeed(feed: RdfFeed, document: MendedXml): RawFeed {
  const ttl = ttlOf(undefined, feed.sy?.updatePeriod, feed.sy?.updateFrequency?.toString());
  return {
    format: "rdf",
    titles: html(feed.title, ...(feed.dc?.titles ?? [])),
    descriptions: html(feed.description, ...(feed.dc?.descriptions ?? [])),
    links: [...hrefs([feed.link]), ...linksOf(feed.atom?.links)],
    languages: present([...(feed.dc?.languages ?? []), document.language]),
    updated: present([...(feed.dc?.dates ?? []), feed.atom?.updated]),
    bases: present([document.base]),
    ...(ttl === undefined ? {} : { ttl }),
    skipHours: [],
    skipDays: [],
    items: (feed.items ?? []).map(rdfItem),
  };
}

function rdfItem(item: RdfItem): RawItem {
  const id = item.rdf?.about;
  return {
    ...(id === undefined ? {} : { id }),
    titles: html(item.title, ...(item.dc?.titles ?? [])),
    links: [...hrefs([item.link]), ...linksOf(item.atom?.links)],
    summaries: html(item.description, ...(item.dc?.descriptions ?? []), item.media?.description?.value),
    contents: [...html(item.content?.encoded), ...atomText(item.atom?.content)],
    captions: captionsOf(item.media?.contents),
    published: present([
      item.atom?.published,
      ...(item.dcterms?.issued ?? []),
      ...(item.dcterms?.created ?? []),
      ...(item.dc?.dates ?? []),
    ]),
    updated: present([item.atom?.updated, ...(item.dcterms?.modified ?? []), ...(item.dc?.dates ?? [])]),
    authors: firstOf<RawPerson>((item.atom?.authors ?? []).map(personOf), asText(item.dc?.creators)),
    categories: [...(item.dc?.subjects ?? []), ...terms(item.atom?.categories)],
    bases: present([item.xml?.base]),
  };
}

function atomFeed(feed: AtomFeed, document: MendedXml): RawFeed {
  return {
    format: "atom",
    titles: atomText(feed.title),
    descriptions: atomText(feed.subtitle),
    links: linksOf(feed.links),
    languages: present([...(feed.dc?.languages ?? []), document.language]),
    updated: present([feed.updated]),
    bases: present([document.base]),
    skipHours: [],
    skipDays: [],
    items: (feed.entries ?? []).map(atomItem),
  };
}

function atomItem(entry: AtomEntry): RawItem {
  return {
    ...(entry.id === undefined ? {} : { id: entry.id }),
    titles: [...atomText(entry.title), ...html(...(entry.dc?.titles ?? []), entry.media?.title?.value)],
    links: linksOf(entry.links),
    summaries: [
      ...atomText(entry.summary),
      ...html(entry.media?.description?.value, ...(entry.media?.groups ?? []).map((group) => group.description?.value)),
    ],
    contents: atomText(entry.content),
    captions: captionsOf(entry.media?.contents),
    published: present([entry.published, ...(entry.dc?.dates ?? []), entry.updated]),
    updated: present([entry.updated, ...(entry.dcterms?.modified ?? [])]),
    authors: firstOf<RawPerson>((entry.authors ?? []).map(personOf), asText(entry.dc?.creators)),
    categories: [...terms(entry.categories), ...(entry.dc?.subjects ?? [])],
    bases: present([entry.xml?.base, entry.content?.xml?.base]),
  };
}

function atomText(text: { value?: string; type?: string } | undefined): RawText[] {
  const kind = kindOf(text?.type);
  return text?.value === undefined || kind === undefined ? [] : [{ value: text.value, kind }];
}

function hrefs(values: readonly (string | undefined)[]): RawLink[] {
  return present(values).map((href) => ({ href }));
}

function linksOf(links: readonly { href?: string; rel?: string; type?: string }[] | undefined): RawLink[] {
  return (links ?? []).flatMap(({ href, rel, type }) =>
    href === undefined
      ? []
      : [{ href, ...(rel === undefined ? {} : { rel }), ...(type === undefined ? {} : { type }) }],
  );
}

function personOf(person: { name?: string; email?: string; uri?: string; link?: string }): RawPerson {
  const url = person.uri ?? person.link;
  return {
    ...(person.name === undefined ? {} : { name: person.name }),
    ...(person.email === undefined ? {} : { email: person.email }),
    ...(url === undefined ? {} : { url }),
  };
}

function asText(values: readonly (string | undefined)[] | undefined): RawPerson[] {
  return present(values ?? []).map((text) => ({ text }));
}

function terms(categories: readonly { term?: string; label?: string }[] | undefined): string[] {
  return present((categories ?? []).map(({ term, label }) => label ?? term));
}

function captionsOf(contents: readonly { description?: { value?: string } }[] | undefined): RawText[] {
  return html(...(contents ?? []).map(({ description }) => description?.value));
}
