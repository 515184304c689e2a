import { z } from "zod";
import { FeedError } from "../domain/feed/feed-error.ts";
import { MOST_ITEMS } from "../domain/feed/mend-xml.ts";
import type { RawFeed, RawItem, RawLink, RawPerson, RawText } from "../domain/feed/raw-feed.ts";

/** A field of the wrong kind counts as absent: one bad field never costs an item. */
const text = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const author = z.object({ name: text, url: text }).optional().catch(undefined);
const authors = z.array(author).optional().catch(undefined);

const itemSchema = z.object({
  id: text,
  url: text,
  external_url: text,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  date_published: text,
  date_modified: text,
  author,
  authors,
  tags: z.array(text).optional().catch(undefined),
});

const feedSchema = z.object({
  version: text,
  title: text,
  home_page_url: text,
  description: text,
  language: text,
  items: z.array(z.unknown()),
});

type JsonItem = z.output<typeof itemSchema>;

/**
 * Reads a JSON Feed 1.0 or 1.1.
 * @returns the feed and how many items were beyond the most that are taken.
 * @throws FeedError where the document is no JSON, or JSON of another kind.
 */
export function readJsonFeed(document: string): { feed: RawFeed; droppedItems: number } {
  const parsed = feedSchema.safeParse(parseJson(document));
  if (!parsed.success || !isVersion(parsed.data.version))
    throw new FeedError("not-a-feed", "the document is not a feed: it is JSON, but no JSON Feed");
  const { items, ...head } = parsed.data;
  const feed: RawFeed = {
    format: "json",
    titles: plain(head.title),
    descriptions: plain(head.description),
    links: hrefs(head.home_page_url),
    languages: head.language === undefined ? [] : [head.language],
    updated: [],
    bases: [],
    skipHours: [],
    skipDays: [],
    items: items.slice(0, MOST_ITEMS).flatMap((item) => {
      const read = itemSchema.safeParse(item);
      return read.success ? [itemOf(read.data)] : [];
    }),
  };
  return { feed, droppedItems: Math.max(0, items.length - MOST_ITEMS) };
}

/** Honest feeds nest five deep; parsers suffer from nesting without end. */
const DEEPEST = 100;

function parseJson(document: string): unknown {
  refuseDeep(document);
  try {
    return JSON.parse(document);
  } catch (error) {
    throw new FeedError(
      "malformed",
      `the document is no JSON: ${error instanceof Error ? error.message.slice(0, 120) : String(error)}`,
    );
  }
}

function refuseDeep(document: string): void {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < document.length; index += 1) {
    const code = document.charCodeAt(index);
    if (code === 34) quoted = !quoted;
    else if (code === 92) index += 1;
    else if (quoted) continue;
    else if (code === 91 || code === 123) depth += 1;
    else if (code === 93 || code === 125) depth -= 1;
    if (depth > DEEPEST) throw new FeedError("hostile", `the document nests deeper than ${DEEPEST} levels`);
  }
}

function isVersion(version: string | undefined): boolean {
  return (
    version !== undefined &&
    (/^https?:\/\/(?:www\.)?jsonfeed\.org\/version\/1/.test(version) || /^1(?:\.\d)?$/.test(version))
  );
}

function itemOf(item: JsonItem): RawItem {
  return {
    ...(item.id === undefined ? {} : { id: item.id }),
    idIsLink: true,
    titles: plain(item.title),
    links: hrefs(item.url).length > 0 ? hrefs(item.url) : hrefs(item.external_url),
    summaries: plain(item.summary),
    contents: [...html(item.content_html), ...plain(item.content_text)],
    captions: [],
    published: present([item.date_published]),
    updated: present([item.date_modified]),
    authors: peopleOf(item),
    categories: present(item.tags ?? []),
    bases: [],
  };
}

function peopleOf(item: JsonItem): RawPerson[] {
  const given = item.authors !== undefined && item.authors.length > 0 ? item.authors : [item.author];
  return given.flatMap((person) =>
    person === undefined
      ? []
      : [
          {
            ...(person.name === undefined ? {} : { name: person.name }),
            ...(person.url === undefined ? {} : { url: person.url }),
          },
        ],
  );
}

function plain(value: string | undefined): RawText[] {
  return value === undefined ? [] : [{ value, kind: "text" }];
}

function html(value: string | undefined): RawText[] {
  return value === undefined ? [] : [{ value, kind: "html" }];
}

function hrefs(value: string | undefined): RawLink[] {
  return value === undefined || value.trim() === "" ? [] : [{ href: value }];
}

function present(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined) as string[];
}
