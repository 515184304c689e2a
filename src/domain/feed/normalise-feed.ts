import { cleanText, oneLine, tidyLines } from "./clean-text.ts";
import { type DateWords, parseFeedDate } from "./feed-date.ts";
import { htmlToText, looksLikeHtml, stripTags } from "./html-to-text.ts";
import { separateKeys, textKey } from "./item-key.ts";
import { chooseLink, resolveBase } from "./links.ts";
import { LONGEST_TEXT } from "./mend-text-element.ts";
import type { FeedHead, ParsedFeed, ParsedItem } from "./parsed-feed.ts";
import { readPeople } from "./people.ts";
import { readWishes } from "./poll-wishes.ts";
import type { RawFeed, RawItem, RawText } from "./raw-feed.ts";

export interface NormaliseOptions {
  /** Where the document came from, for relative links. */
  readonly url?: string | undefined;
  readonly dateWords: DateWords;
  /** IANA zone for dates that name none; UTC unless given. */
  readonly timeZone?: string | undefined;
  /** Epoch milliseconds of the fetch: dates far ahead of it are clocks gone wrong. Unchecked unless given. */
  readonly now?: number | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Authors or categories taken of one item. */
const MOST_NAMES = 100;
const LONGEST_TITLE = 2000;

/**
 * Turns what a parser read into a normalised feed. An item that cannot be taken is left out with a warning and never
 * costs the others.
 */
export function normaliseFeed(
  raw: RawFeed,
  options: NormaliseOptions,
): Pick<ParsedFeed, "feed" | "items" | "warnings" | "wishes"> {
  const base = resolveBase(raw.bases, options.url);
  const feed = headOf(raw, base, options);
  const itemBase = base ?? feed.link ?? undefined;
  // An Atom date may stand for both dates of an item: what is wrong with it is said once.
  const warnings = new Set<string>();
  const items: ParsedItem[] = [];
  for (const [index, item] of raw.items.entries()) {
    const parsed = normaliseItem(item, itemBase, options, (problem) => warnings.add(`item ${index + 1}: ${problem}`));
    if (parsed !== undefined) items.push(parsed);
  }
  const separate = separateKeys(items);
  if (separate.repeated > 0) warnings.add(`${separate.repeated} items repeat another word for word and were left out`);
  if (separate.separated > 0)
    warnings.add(`${separate.separated} items share an id with another and say something else; they were told apart`);
  return { feed, items: separate.items, warnings: [...warnings], wishes: readWishes(raw) };
}

function headOf(raw: RawFeed, base: string | undefined, options: NormaliseOptions): FeedHead {
  return {
    format: raw.format,
    title: firstText(raw.titles, titleOf),
    description: firstText(raw.descriptions, readable),
    link: chooseLink(raw.links, base),
    language:
      raw.languages.map((language) => oneLine(cleanText(language)).slice(0, 40)).find((language) => language !== "") ??
      null,
    updated: firstDate(raw.updated, options),
  };
}

function normaliseItem(
  raw: RawItem,
  feedBase: string | undefined,
  options: NormaliseOptions,
  warn: (problem: string) => void,
): ParsedItem | undefined {
  const title = firstText(raw.titles, titleOf);
  const summary = firstText(raw.summaries, readable);
  const content = firstText(raw.contents, readable);
  const link = linkOf(raw, resolveBase(raw.bases, feedBase), warn);
  const text = readingText(raw, summary, content);
  if (title === "" && text === "" && link === null && raw.id === undefined) {
    if (raw.published.length + raw.updated.length + raw.authors.length + raw.categories.length === 0) {
      warn("it is empty and was left out");
      return undefined;
    }
  }
  const published = dateOf(raw.published, options, warn);
  const updated = dateOf(raw.updated, options, warn);
  return {
    ...keyOf(raw, link, `${title}\n${published ?? text}`),
    title,
    link,
    summary,
    content,
    text,
    authors: readPeople(raw.authors.slice(0, MOST_NAMES)),
    published,
    updated,
    categories: [
      ...new Set(
        raw.categories
          .slice(0, MOST_NAMES)
          .map((category) => oneLine(cleanText(stripTags(category))))
          .filter((category) => category !== ""),
      ),
    ],
  };
}

function keyOf(raw: RawItem, link: string | null, text: string): Pick<ParsedItem, "guid" | "guidFrom"> {
  const id = oneLine(cleanText(raw.id ?? ""));
  if (id !== "") return { guid: id, guidFrom: "id" };
  if (link !== null) return { guid: link, guidFrom: "link" };
  return { guid: `text:${textKey(text)}`, guidFrom: "text" };
}

function linkOf(raw: RawItem, base: string | undefined, warn: (problem: string) => void): string | null {
  const link = chooseLink(raw.links, base);
  if (link !== null) return link;
  if (raw.links.some(({ href }) => href.trim() !== "")) warn("its link is no http or https address and was dropped");
  return raw.idIsLink === true && raw.id !== undefined && /^https?:\/\//i.test(raw.id.trim())
    ? chooseLink([{ href: raw.id }], undefined)
    : null;
}

/** The longer of content and summary; a summary that is only a teaser of the content adds nothing. */
function readingText(raw: RawItem, summary: string, content: string): string {
  const body = content.length >= summary.length ? content : summary;
  const captions = raw.captions.map(readable).filter((caption) => caption !== "" && !body.includes(caption));
  return [body, ...new Set(captions)].filter((part) => part !== "").join("\n\n");
}

function firstText(texts: readonly RawText[], read: (text: RawText) => string): string {
  for (const text of texts) {
    const found = read(text);
    if (found !== "") return found;
  }
  return "";
}

function titleOf(text: RawText): string {
  const plain = text.kind === "html" || looksLikeHtml(text.value) ? stripTags(text.value) : text.value;
  return oneLine(cleanText(plain)).slice(0, LONGEST_TITLE);
}

function readable(given: RawText): string {
  const text = { ...given, value: given.value.slice(0, LONGEST_TEXT) };
  if (text.kind === "text" && !looksLikeHtml(text.value)) return tidyLines(cleanText(text.value));
  const { body, captions } = htmlToText(text.value);
  return cleanText([body, ...captions].filter((part) => part !== "").join("\n\n"));
}

function firstDate(texts: readonly string[], options: NormaliseOptions): string | null {
  for (const text of texts) {
    const date = parseFeedDate(text, options.dateWords, options.timeZone);
    if (date !== null) return date;
  }
  return null;
}

function dateOf(texts: readonly string[], options: NormaliseOptions, warn: (problem: string) => void): string | null {
  const date = firstDate(texts, options);
  const given = texts.find((text) => text.trim() !== "");
  if (date === null && given !== undefined) warn(`its date «${oneLine(cleanText(given)).slice(0, 60)}» cannot be read`);
  if (date === null || options.now === undefined || Date.parse(date) <= options.now + 2 * DAY_MS) return date;
  warn(`its date ${date} lies ahead of the fetch and was dropped`);
  return null;
}
