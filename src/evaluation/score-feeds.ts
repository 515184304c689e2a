import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { z } from "zod";
import { loadFeedDates } from "../config/feed-dates-schema.ts";
import { htmlToText } from "../domain/feed/html-to-text.ts";
import type { ParsedItem } from "../domain/feed/parsed-feed.ts";
import { type FeedParser, startFeedParser } from "../parsing/feed-parser.ts";

/** One field of one item that came out otherwise than expected. */
interface FeedDifference {
  readonly file: string;
  readonly item: number;
  readonly field: string;
  readonly expected: string;
  readonly got: string;
}

export interface FeedScore {
  readonly files: number;
  readonly fields: number;
  readonly equal: number;
  readonly differences: readonly FeedDifference[];
}

const text = z.string().optional();
const person = z.object({ name: text, email: text });

/** An expected feed; only what is compared. Fields that it leaves out are expected to be absent. */
const expectedSchema = z.object({
  items: z
    .array(
      z.object({
        title: text,
        link: text,
        guid: text,
        publishedParsed: text,
        updatedParsed: text,
        description: text,
        content: text,
        authors: z.array(person).optional(),
      }),
    )
    .default([]),
});

type ExpectedItem = z.output<typeof expectedSchema>["items"][number];

/**
 * Scores the parser on a folder of feeds (`name.xml` or `name.json`) with the expected feed beside each (`name.json`
 * or `name_expected.json`): title, link, id, dates, authors, description and content of every item. Markup and white
 * space do not count. A field counts where either side has it.
 */
export async function scoreFeeds(directory: string, configDir: string): Promise<FeedScore> {
  const parser = startFeedParser({ dateWords: loadFeedDates(configDir), threads: 1, deadlineMs: 10_000 });
  try {
    const pairs = await pairsIn(directory);
    const differences: FeedDifference[] = [];
    let fields = 0;
    for (const pair of pairs) {
      const compared = await comparePair(parser, pair);
      fields += compared.fields;
      differences.push(...compared.differences);
    }
    return { files: pairs.length, fields, equal: fields - differences.length, differences };
  } finally {
    await parser.stop();
  }
}

interface Pair {
  readonly feed: string;
  readonly expected: string;
}

async function pairsIn(directory: string): Promise<Pair[]> {
  const files = (await readdir(directory, { recursive: true })).sort();
  const known = new Set(files);
  return files.flatMap((file) => {
    const stem = file.slice(0, -extname(file).length);
    const expected = extname(file) === ".xml" ? `${stem}.json` : `${stem}_expected.json`;
    if (extname(file) !== ".xml" && extname(file) !== ".json") return [];
    return known.has(expected) ? [{ feed: join(directory, file), expected: join(directory, expected) }] : [];
  });
}

async function comparePair(
  parser: FeedParser,
  { feed, expected }: Pair,
): Promise<{ fields: number; differences: FeedDifference[] }> {
  const wanted = expectedSchema.parse(JSON.parse(await readFile(expected, "utf8")));
  const got = await parser.parseFeed(await readFile(feed), {}).then(
    (parsed) => parsed.items,
    () => [],
  );
  const differences: FeedDifference[] = [];
  let fields = 0;
  for (const [index, item] of wanted.items.entries()) {
    for (const [field, wantedText, gotText] of fieldsOf(item, got[index])) {
      if (wantedText === "" && gotText === "") continue;
      fields += 1;
      if (wantedText !== gotText)
        differences.push({ file: feed, item: index, field, expected: wantedText, got: gotText });
    }
  }
  return { fields, differences };
}

/** An id that the feed does not give is ours to make. */
function fieldsOf(wanted: ExpectedItem, got: ParsedItem | undefined): [string, string, string][] {
  return [
    ["title", plain(wanted.title), plain(got?.title)],
    ["link", wanted.link ?? "", got?.link ?? ""],
    ["id", wanted.guid ?? "", wanted.guid === undefined ? "" : (got?.guid ?? "")],
    ["published", instant(wanted.publishedParsed), instant(got?.published)],
    ["updated", instant(wanted.updatedParsed), instant(got?.updated)],
    ["authors", names(wanted.authors), names(got?.authors)],
    ["description", plain(wanted.description), plain(got?.summary)],
    ["content", plain(wanted.content), plain(got?.content)],
  ];
}

function plain(text: string | undefined): string {
  return htmlToText(text ?? "")
    .body.replace(/\s+/g, " ")
    .trim();
}

function instant(date: string | null | undefined): string {
  return date ? new Date(date).toISOString() : "";
}

function names(people: readonly { name?: string | undefined; email?: string | undefined }[] | undefined): string {
  return (people ?? []).map(({ name, email }) => `${name ?? ""} <${email ?? ""}>`).join(", ");
}
