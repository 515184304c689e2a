import { attributeOf, tagFinder } from "./html-tags.ts";
import { stripTags } from "./html-to-text.ts";
import { absoluteUrl } from "./links.ts";

/** A feed that a page names, or seems to. */
export interface FeedLink {
  readonly url: string;
  /** As the page calls it; empty where it does not. */
  readonly title: string;
  /** declared: the page says that it is a feed; linked: a link that looks like one; guessed: where feeds often stand. */
  readonly from: "declared" | "linked" | "guessed";
}

const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)\b/i;
const LOOKS_LIKE_FEED = /(?:\b|_)(?:rss|atom|rdf|feeds?)(?:\b|_)|\.xml(?:$|\?)/i;
const OFTEN = ["/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"];
const MOST_LINKED = 10;

/**
 * The feeds of a site, from one of its pages: those declared in the head; only where there are none, links that look
 * like feeds, and after them places where feeds often stand.
 * @param url where the page came from.
 */
export function discoverFeeds(html: string, url: string): FeedLink[] {
  const found = new Map<string, FeedLink>();
  const add = (href: string | undefined, base: string, title: string, from: FeedLink["from"]): void => {
    const absolute = href === undefined ? undefined : absoluteUrl(href, base);
    if (absolute !== undefined && absolute !== url && !found.has(absolute))
      found.set(absolute, { url: absolute, title: stripTags(title).trim(), from });
  };
  const linked: { href: string; title: string }[] = [];
  let base = url;
  for (const { name, attributes } of tagsOf(html)) {
    const href = attributeOf(attributes, "href");
    if (href === undefined) continue;
    const title = attributeOf(attributes, "title") ?? "";
    if (name === "base") base = absoluteUrl(href, url) ?? base;
    else if (name === "a" && LOOKS_LIKE_FEED.test(href)) linked.push({ href, title });
    else if (name === "link" && isFeedLink(attributes)) add(href, base, title, "declared");
  }
  if (found.size > 0) return [...found.values()];
  for (const { href, title } of linked.slice(0, MOST_LINKED)) add(href, base, title, "linked");
  for (const path of OFTEN) add(path, url, "", "guessed");
  return [...found.values()];
}

function isFeedLink(attributes: string): boolean {
  const rel = (attributeOf(attributes, "rel") ?? "").toLowerCase().split(/\s+/);
  return rel.includes("feed") || (rel.includes("alternate") && FEED_TYPE.test(attributeOf(attributes, "type") ?? ""));
}

function* tagsOf(html: string): Generator<{ name: string; attributes: string }> {
  const tags = tagFinder(html);
  for (let start = html.indexOf("<"); start !== -1; ) {
    const tag = tags.at(start);
    if (tag !== undefined && !tag.closing) yield tag;
    start = html.indexOf("<", tag?.end ?? start + 1);
  }
}
