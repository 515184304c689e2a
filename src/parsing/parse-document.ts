import { charsetOfContentType } from "../domain/feed/charset.ts";
import type { DateWords } from "../domain/feed/feed-date.ts";
import { FeedError } from "../domain/feed/feed-error.ts";
import { LONGEST_TEXT } from "../domain/feed/mend-text-element.ts";
import { type MendedXml, MOST_ITEMS, mendXml } from "../domain/feed/mend-xml.ts";
import { normaliseFeed } from "../domain/feed/normalise-feed.ts";
import type { ParsedFeed } from "../domain/feed/parsed-feed.ts";
import type { RawFeed } from "../domain/feed/raw-feed.ts";
import { decodeText } from "./decode-text.ts";
import { readJsonFeed } from "./read-json-feed.ts";
import { readWithFeedsmith } from "./read-with-feedsmith.ts";
import { readWithRssParser } from "./read-with-rss-parser.ts";

/** What is known of a document besides its bytes. */
export interface DocumentHints {
  /** The Content-Type header as sent. */
  readonly contentType?: string | undefined;
  /** Stands in for the header's charset. */
  readonly charset?: string | undefined;
  /** Where the document came from, for relative links. */
  readonly url?: string | undefined;
  /** IANA zone for dates that name none; UTC unless given. */
  readonly timeZone?: string | undefined;
  /** Epoch milliseconds of the fetch; dates far ahead of it are dropped. */
  readonly now?: number | undefined;
}

export interface ReadingWay {
  readonly recoverOnly?: boolean;
  readonly onFirstParser?: () => void;
}

/**
 * Parses a feed document: decode, mend, read with rss-parser, recover with feedsmith what it refuses, normalise.
 * Blocks while it runs and can take long on hostile input: the service calls it in a thread under a deadline.
 * @param how.recoverOnly passes over rss-parser, after it did not come to an end.
 * @param how.onFirstParser called before rss-parser begins, the only part that honest time does not bound.
 * @throws FeedError where the document is no feed or may not be read.
 */
export async function parseDocument(
  bytes: Uint8Array,
  hints: DocumentHints,
  dateWords: DateWords,
  how: ReadingWay = {},
): Promise<ParsedFeed> {
  const { text, decision } = decodeText(bytes, hints.charset ?? charsetOfContentType(hints.contentType));
  const warnings: string[] = decision.warning === undefined ? [] : [`charset ${decision.charset}: ${decision.warning}`];
  const read = await readText(text, how, warnings);
  const normalised = normaliseFeed(read.feed, { ...hints, dateWords });
  return {
    ...normalised,
    warnings: [...warnings, ...shortened(normalised.warnings)],
    truncated: read.truncated,
    charset: decision.charset,
  };
}

const MOST_WARNINGS = 50;

function shortened(warnings: readonly string[]): readonly string[] {
  if (warnings.length <= MOST_WARNINGS) return warnings;
  return [...warnings.slice(0, MOST_WARNINGS), `and ${warnings.length - MOST_WARNINGS} more of this kind`];
}

async function readText(
  text: string,
  how: ReadingWay,
  warnings: string[],
): Promise<{ feed: RawFeed; truncated: boolean }> {
  if (/^\s*\{/.test(text.slice(0, 1024))) {
    const { feed, droppedItems } = readJsonFeed(text);
    warnDropped(droppedItems, warnings);
    return { feed, truncated: false };
  }
  const document = mendXml(text);
  warnDropped(document.droppedItems, warnings);
  if (document.mended > 0) warnings.push(`the XML is not well-formed and was mended in ${document.mended} places`);
  if (document.cutTexts > 0)
    warnings.push(`${document.cutTexts} texts are longer than ${LONGEST_TEXT} characters and were cut`);
  if (document.truncated) warnings.push("the document ends before its end; only complete items were taken");
  return { feed: await readXml(document, how, warnings), truncated: document.truncated };
}

function warnDropped(dropped: number, warnings: string[]): void {
  if (dropped > 0)
    warnings.push(`the document holds ${dropped} items more than the ${MOST_ITEMS} that are taken from one document`);
}

/** How the parsers say that they find no feed; the one stumbles over what is not there. */
const SAYS_NO_FEED = /^(Feed not recognized|Unrecognized feed|Invalid feed format|Cannot read properties of)/;

async function readXml(document: MendedXml, how: ReadingWay, warnings: string[]): Promise<RawFeed> {
  let refusal = passedOver(document, how);
  if (refusal === undefined) {
    how.onFirstParser?.();
    try {
      return await readWithRssParser(document);
    } catch (error) {
      refusal = messageOf(error);
    }
  }
  try {
    const feed = readWithFeedsmith(document);
    warnings.push(`recovered with the second parser; the first one: ${refusal}`);
    return feed;
  } catch (error) {
    const said = [refusal, messageOf(error)].filter((message) => !SAYS_NO_FEED.test(message));
    if (said.length === 0) throw new FeedError("not-a-feed", "the document is not a feed: it is built like none");
    throw new FeedError("malformed", `the document cannot be read as a feed: ${said.join("; ")}`);
  }
}

/** Why rss-parser is not even asked; undefined where it is. */
function passedOver(document: MendedXml, how: ReadingWay): string | undefined {
  if (how.recoverOnly) return "it did not come to an end";
  if (document.bracketFlood) return "it would not come to an end over a text of brackets that never close";
  return document.oddPrefixes ? "namespaces stand under unusual prefixes" : undefined;
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\s+/g, " ").trim().slice(0, 200);
}
