import iconv from "iconv-lite";
import type { Agency, Publication } from "./course.ts";

const CONTENT_TYPES = {
  rss: "application/rss+xml",
  atom: "application/atom+xml",
  json: "application/feed+json",
} as const;

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const paragraphs = (text: string): string =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map((part) => `<p>${escapeXml(part.trim())}</p>`)
    .join("");

/** A feed as its agency serves it: newest item first, in the agency's format and charset. */
export interface FeedDocument {
  readonly body: Buffer;
  readonly contentType: string;
}

/** Writes the feed of an agency. `home` is the agency's address, under which its items have their pages. */
export function feedDocument(agency: Agency, publications: readonly Publication[], home: string): FeedDocument {
  const newest = [...publications].sort((a, b) => b.published.localeCompare(a.published));
  const text = { rss: rssOf, atom: atomOf, json: jsonOf }[agency.format](agency, newest, home);
  return {
    body: agency.charset === "utf-8" ? Buffer.from(text) : iconv.encode(text, agency.charset),
    contentType: agency.format === "json" ? CONTENT_TYPES.json : `${CONTENT_TYPES[agency.format]}`,
  };
}

const linkOf = (home: string, item: Publication): string => `${home}/news/${encodeURIComponent(item.guid)}`;

function rssOf(agency: Agency, items: readonly Publication[], home: string): string {
  const entries = items.map(
    (item) =>
      `<item><title>${escapeXml(item.title)}</title><link>${linkOf(home, item)}</link><guid isPermaLink="false">${escapeXml(item.guid)}</guid>` +
      `<pubDate>${new Date(item.published).toUTCString()}</pubDate><description>${escapeXml(paragraphs(item.text))}</description></item>`,
  );
  return (
    `<?xml version="1.0" encoding="${agency.charset}"?>\n<rss version="2.0"><channel><title>${escapeXml(agency.source)}</title>` +
    `<link>${home}/</link><description>${escapeXml(agency.source)}</description><language>${agency.lang}</language>\n${entries.join("\n")}\n</channel></rss>\n`
  );
}

function atomOf(agency: Agency, items: readonly Publication[], home: string): string {
  const entries = items.map(
    (item) =>
      `<entry><title>${escapeXml(item.title)}</title><link rel="alternate" href="${linkOf(home, item)}"/><id>${escapeXml(item.guid)}</id>` +
      `<published>${item.published}</published><updated>${item.updated ?? item.published}</updated>` +
      `<content type="html">${escapeXml(paragraphs(item.text))}</content></entry>`,
  );
  return (
    `<?xml version="1.0" encoding="${agency.charset}"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${agency.lang}">` +
    `<title>${escapeXml(agency.source)}</title><id>${home}/</id><link rel="alternate" href="${home}/"/>` +
    `<updated>${items[0]?.updated ?? items[0]?.published ?? "2022-09-13T00:00:00Z"}</updated>\n${entries.join("\n")}\n</feed>\n`
  );
}

function jsonOf(agency: Agency, items: readonly Publication[], home: string): string {
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: agency.source,
    home_page_url: `${home}/`,
    language: agency.lang,
    items: items.map((item) => ({
      id: item.guid,
      url: linkOf(home, item),
      title: item.title,
      content_html: paragraphs(item.text),
      date_published: item.published,
      ...(item.updated ? { date_modified: item.updated } : {}),
    })),
  });
}
