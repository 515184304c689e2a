import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { loadFeedDates } from "../config/feed-dates-schema.ts";
import { zoneSchema } from "../config/zone-schema.ts";
import { FeedError } from "../domain/feed/feed-error.ts";
import type { ParsedFeed } from "../domain/feed/parsed-feed.ts";
import { InputError } from "../input-error.ts";
import { fetchFeed } from "../net/fetch-feed.ts";
import { createHttpClient } from "../net/http-client.ts";
import { startFeedParser } from "../parsing/feed-parser.ts";
import type { DocumentHints } from "../parsing/parse-document.ts";
import { readSettings, type Settings } from "../settings.ts";
import { writeJsonLine } from "./json-lines.ts";
import { readStandardInput } from "./standard-input.ts";

interface ParseOptions {
  readonly contentType?: string;
  readonly charset?: string;
  readonly base?: string;
  readonly timezone?: string;
}

/** `rasid parse FILE|URL`: the feed as the service would read it. */
export function registerParse(program: Command): void {
  program
    .command("parse")
    .description("read a feed document and print it normalised, as one JSON object")
    .argument("<file-or-url>", "a file, an http or https URL, or - for standard input")
    .option("--content-type <header>", "stands in for the HTTP header Content-Type")
    .option("--charset <name>", "stands in for the charset of the HTTP header")
    .option("--base <url>", "where the document came from, for relative links")
    .option("--timezone <zone>", "IANA zone of dates that name none", "UTC")
    .action(async (source: string, options: ParseOptions) => {
      try {
        await writeJsonLine(outputOf(await parseSource(source, options, readSettings())));
      } catch (error) {
        if (!(error instanceof FeedError || error instanceof InputError)) throw error;
        console.error(`${source}: ${error.message}`);
        process.exitCode = 1;
      }
    });
}

async function parseSource(source: string, options: ParseOptions, settings: Settings): Promise<ParsedFeed> {
  if (!zoneSchema.optional().safeParse(options.timezone).success)
    throw new InputError(`«${options.timezone}» is no IANA time zone such as Asia/Yerevan`);
  const parser = startFeedParser({ dateWords: loadFeedDates(settings.configDir), threads: 1 });
  try {
    const { bytes, hints } = /^[a-z][a-z0-9+.-]+:\/\//i.test(source)
      ? await fetchSource(source, settings)
      : { bytes: await readSource(source), hints: {} };
    return await parser.parseFeed(bytes, {
      ...hints,
      ...(options.contentType === undefined ? {} : { contentType: options.contentType }),
      ...(options.charset === undefined ? {} : { charset: options.charset }),
      ...(options.base === undefined ? {} : { url: options.base }),
      ...(options.timezone === undefined ? {} : { timeZone: options.timezone }),
      now: Date.now(),
    });
  } finally {
    await parser.stop();
  }
}

async function fetchSource(url: string, settings: Settings): Promise<{ bytes: Uint8Array; hints: DocumentHints }> {
  const client = createHttpClient({ allowAddresses: settings.allowAddresses });
  try {
    const outcome = await fetchFeed(client, { url });
    if (outcome.outcome === "fetched")
      return { bytes: outcome.bytes, hints: { contentType: outcome.headers["content-type"], url: outcome.finalUrl } };
    throw new InputError(outcome.outcome === "failed" ? outcome.reason : "the server answered 304 unasked");
  } finally {
    await client.close();
  }
}

async function readSource(file: string): Promise<Uint8Array> {
  return file === "-" ? await readStandardInput() : await readFile(file);
}

/** The format of the command: the item's key is its id. */
export function outputOf({ feed, items, warnings, wishes, truncated, charset }: ParsedFeed): object {
  return {
    feed: { ...feed, charset, truncated, ...wishes },
    items: items.map(
      ({ guid, guidFrom, title, link, summary, content, text, authors, published, updated, categories }) => ({
        id: guid,
        idFrom: guidFrom,
        title,
        link,
        summary,
        content,
        text,
        authors,
        published,
        updated,
        categories,
      }),
    ),
    warnings,
  };
}
