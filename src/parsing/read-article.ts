import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { type Article, articleOfParts, articleOfText } from "../domain/baseline/draft-article.ts";
import { htmlToText, looksLikeHtml, stripTags } from "../domain/feed/html-to-text.ts";

/** Below this many characters a page has no body that could be told from its frame. */
const SHORTEST_BODY = 200;

/**
 * Reads an article, plain text or HTML. Of a page, the body without menus and side columns; where none can be told, all
 * its text. The title is its `h1`, else what the page calls itself.
 */
export function readArticle(source: string): Article {
  if (!looksLikeHtml(source) && !/^\s*<(?:!doctype|html)\b/i.test(source)) return articleOfText(source);
  const { document } = parseHTML(/<html\b/i.test(source) ? source : `<html><body>${source}</body></html>`);
  const meta = metaReader(document);
  const heading = document.querySelector("h1")?.textContent ?? "";
  // Readability takes the document apart: what else is needed is read before.
  const page = { published: publishedOf(document, meta), lang: document.documentElement?.getAttribute("lang") };
  const read = new Readability(document, { charThreshold: SHORTEST_BODY }).parse();
  const title = oneLine(heading) || oneLine(read?.title ?? "") || oneLine(meta("og:title"));
  const { body, captions } = htmlToText(read?.content ?? source);
  return articleOfParts(
    title,
    { captions, body: withoutTitle(body, title) },
    {
      published: page.published,
      lang: page.lang?.split("-")[0]?.toLowerCase() || null,
    },
  );
}

type PageDocument = ReturnType<typeof parseHTML>["document"];

function metaReader(document: PageDocument): (name: string) => string {
  return (name) =>
    document
      .querySelector(`meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`)
      ?.getAttribute("content") ?? "";
}

/** ISO 8601, or null where the page does not say or says no date. */
function publishedOf(document: PageDocument, meta: (name: string) => string): string | null {
  const said = [
    meta("article:published_time"),
    meta("datePublished"),
    meta("date"),
    document.querySelector("time[datetime]")?.getAttribute("datetime") ?? "",
  ].find((text) => /^\d{4}-\d{2}-\d{2}/.test(text));
  const time = said === undefined ? Number.NaN : Date.parse(said);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function oneLine(text: string): string {
  return stripTags(text).replace(/\s+/g, " ").trim();
}

/** The title is a field of its own: its numbers would be read twice. */
function withoutTitle(body: string, title: string): string {
  const first = body.split("\n", 1)[0] ?? "";
  return title !== "" && oneLine(first) === title ? body.slice(first.length).trimStart() : body;
}
