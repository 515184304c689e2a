import { FeedError } from "./feed-error.ts";
import { type DeclaredEntities, mendReferences } from "./xml-references.ts";

/** Markup nested deeper than this inside one text is no writer's work. */
const DEEPEST_MARKUP = 2000;
const VOID = /^(?:br|img|hr|input|wbr|meta|link|source|track|col|area|base|embed|param)$/i;
const BOUNDARY = /^<\/?(?:[\w.-]+:)?(?:item|entry|channel|feed|rss)[\s>/]/i;

/**
 * Finds the end of an element that holds text, whatever markup stands in it: the first closing tag of its name outside
 * CDATA that is not that of an element of the same name within.
 * @param from index after the opening tag.
 * @returns where the text ends, where the closing tag ends, and whether there is markup outside CDATA; undefined where
 * the element is not closed before its item ends.
 * @throws FeedError "hostile" for markup nested beyond all measure.
 */
export function endOfText(
  source: string,
  from: number,
  name: string,
): { inner: number; after: number; markup: boolean } | undefined {
  let depth = 0;
  let nested = 0;
  let markup = false;
  for (let at = source.indexOf("<", from); at !== -1; at = source.indexOf("<", at)) {
    if (source.startsWith("<![CDATA[", at)) {
      const end = source.indexOf("]]>", at + 9);
      if (end === -1) return undefined;
      at = end + 3;
      continue;
    }
    if (isTag(source, at, `</${name}`)) {
      const bracket = source.indexOf(">", at);
      if (bracket === -1) return undefined;
      if (nested === 0) return { inner: at, after: bracket + 1, markup };
      nested -= 1;
    } else if (isTag(source, at, `<${name}`)) nested += 1;
    else if (BOUNDARY.test(source.slice(at, at + 40))) return undefined;
    depth += step(source, at);
    if (depth > DEEPEST_MARKUP) throw new FeedError("hostile", `a text nests deeper than ${DEEPEST_MARKUP} elements`);
    markup = true;
    at += 1;
  }
  return undefined;
}

/** Unescaped markup as one CDATA section, so that its order survives parsers that sort children by name. */
export function markupOf(inner: string): string {
  const html = inner.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_whole, text: string) => text);
  return `<![CDATA[${html.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
}

function isTag(source: string, at: number, start: string): boolean {
  return source.startsWith(start, at) && /[\s>/]/.test(source[at + start.length] ?? "");
}

function step(source: string, at: number): number {
  const match = /^<(\/?)([A-Za-z][\w:-]{0,30})/.exec(source.slice(at, at + 40));
  if (match === null || VOID.test(match[2] ?? "")) return 0;
  return match[1] === "/" ? -1 : 1;
}

const TEXT_ELEMENTS = new Set([
  "title",
  "description",
  "summary",
  "content",
  "encoded",
  "subtitle",
  "tagline",
  "full-text",
  "fulltext",
  "body",
  "info",
  "rights",
  "copyright",
]);

/** Whether an element holds text, by its qualified and its local name; media:content has children of its own. */
export function isTextElement(name: string, local: string): boolean {
  return TEXT_ELEMENTS.has(local) && name !== "media:content";
}

/** The source of a text without child elements, its references mended, its CDATA sections as they are. */
export function mendAroundCdata(inner: string, entities: DeclaredEntities): string {
  if (!inner.includes("<![CDATA[")) return inner.includes("&") ? mendReferences(inner, entities) : inner;
  return inner
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
    .map((part) => (part.startsWith("<![CDATA[") ? part : mendReferences(part, entities)))
    .join("");
}

/** Characters taken of one text: more than the longest report, and little enough for every parser. */
export const LONGEST_TEXT = 1_000_000;

/** Cuts a text that is too long, so that no CDATA section and no tag stays open. */
export function cutText(inner: string): string {
  if (inner.length <= LONGEST_TEXT) return inner;
  const cut = inner.slice(0, LONGEST_TEXT).replace(/<[^>]{0,16}$/, "");
  return cut.lastIndexOf("<![CDATA[") > cut.lastIndexOf("]]>") ? `${cut}]]>` : cut;
}

/** Steps beyond which a search repeated from every bracket takes too long. */
const MOST_STEPS = 20_000_000;

/**
 * Whether a text ends in so many brackets that open and never close that a parser which seeks the end of each anew
 * (rss-parser's snippets do) would not come to an end. Other ways to that are left to the deadline.
 */
export function isBracketFlood(inner: string): boolean {
  const end = inner.trimEnd();
  const text = end.endsWith("]]>") ? end.slice(0, -3) : end;
  const closed = Math.max(text.lastIndexOf(">"), text.lastIndexOf("&gt;"));
  const rest = text.length - closed;
  if (rest < 1000) return false;
  let brackets = 0;
  for (let at = text.indexOf("<", closed + 1); at !== -1; at = text.indexOf("<", at + 1)) brackets += 1;
  for (let at = text.indexOf("&lt;", closed + 1); at !== -1; at = text.indexOf("&lt;", at + 4)) brackets += 1;
  return brackets * rest > MOST_STEPS;
}
