import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { charsetOfContentType } from "../domain/feed/charset.ts";
import { FeedError } from "../domain/feed/feed-error.ts";
import { htmlToText } from "../domain/feed/html-to-text.ts";
import { absoluteUrl } from "../domain/feed/links.ts";
import { decodeText } from "./decode-text.ts";
import type { DocumentHints } from "./parse-document.ts";

/** The article of a page. */
export interface PageText {
  /** Paragraphs apart by an empty line; captions of pictures after the body. */
  readonly text: string;
  /** What the page names as its own address (`rel=canonical`); null where it names none. */
  readonly canonical: string | null;
}

/** More elements than an article page has; taking one apart must not take minutes. */
const MOST_ELEMENTS = 20_000;
const SHORTEST_BODY = 140;

/**
 * Reads the article of an HTML page: its body without menus and side columns. Blocks while it runs and can take long on
 * hostile input: the service calls it in a thread under a deadline.
 * @throws FeedError where the document is no page, or no article can be told on it.
 */
export function readPage(bytes: Uint8Array, hints: DocumentHints): PageText {
  const header = hints.charset ?? charsetOfContentType(hints.contentType) ?? metaCharset(bytes);
  const { text: html } = decodeText(bytes, header);
  if (!/<(?:html|body|p|div|article)\b/i.test(html)) throw new FeedError("not-a-feed", "the document is no HTML page");
  const { document } = parseHTML(/<html\b/i.test(html) ? html : `<html><body>${html}</body></html>`);
  const link = document.querySelector('link[rel~="canonical"]')?.getAttribute("href");
  const article = new Readability(document, { charThreshold: SHORTEST_BODY, maxElemsToParse: MOST_ELEMENTS }).parse();
  const { body, captions } = htmlToText(article?.content ?? "");
  if (body === "") throw new FeedError("not-a-feed", "no article can be told on the page");
  return { text: [body, ...captions].join("\n\n"), canonical: canonicalOf(link, hints.url) };
}

/** A page that calls the home page its own address is set up wrongly. */
function canonicalOf(href: string | null | undefined, base: string | undefined): string | null {
  const url = href ? absoluteUrl(href, base) : undefined;
  if (url === undefined) return null;
  const { pathname, search } = new URL(url);
  return pathname === "/" && search === "" ? null : url;
}

/** HTML names its charset in its head (HTML Standard, 13.2.3.2: within the first 1024 bytes; publishers need more). */
function metaCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4096)).toString("latin1");
  return /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})/i.exec(head)?.[1];
}
