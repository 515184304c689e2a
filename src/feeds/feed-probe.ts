import { loadFeedDates } from "../config/feed-dates-schema.ts";
import { discoverFeeds, type FeedLink } from "../domain/feed/discover-feeds.ts";
import type { ParsedFeed } from "../domain/feed/parsed-feed.ts";
import { publisherWait } from "../domain/feed/publisher-wish.ts";
import { type Fetched, fetchFeed } from "../net/fetch-feed.ts";
import { createHttpClient } from "../net/http-client.ts";
import { decodeText } from "../parsing/decode-text.ts";
import { startFeedParser } from "../parsing/feed-parser.ts";
import { FeedListError } from "./feed-list-error.ts";

/** A feed as one look at it shows it. */
export interface ProbedFeed {
  readonly url: string;
  readonly parsed: ParsedFeed;
  /** Where a permanent redirect leads; null where there is none. */
  readonly movedTo: string | null;
  /** Least seconds between polls that the publisher asks for. */
  readonly waitSeconds: number;
}

/** A feed that was found, and how. */
export interface FoundFeed extends ProbedFeed {
  readonly title: string;
  readonly from: FeedLink["from"];
}

/** Looks at feeds and pages as the service would: the same guard, caps and threads. An owned resource: close it. */
export interface Probe {
  /** @throws FeedListError in words for users when there is no feed. */
  feed(url: string): Promise<ProbedFeed>;
  /** The feeds of a site that could be read; the page's own address first where it is a feed itself. */
  discover(url: string): Promise<FoundFeed[]>;
  close(): Promise<void>;
}

const SETTLE_MS = 250;

export interface ProbeOptions {
  readonly configDir: string;
  /** Addresses inside that may be reached nevertheless. */
  readonly allowAddresses: readonly string[];
}

export function openProbe({ configDir, allowAddresses }: ProbeOptions): Probe {
  const client = createHttpClient({ allowAddresses });
  const parser = startFeedParser({ dateWords: loadFeedDates(configDir), threads: 1 });

  async function fetched(url: string): Promise<Fetched> {
    const outcome = await fetchFeed(client, { url });
    if (outcome.outcome === "fetched") return outcome;
    throw new FeedListError(
      "url",
      `${url}: ${outcome.outcome === "failed" ? outcome.reason : "the server answered 304 unasked"}`,
    );
  }

  async function parse(url: string, answer: Fetched): Promise<ProbedFeed> {
    const { bytes, finalUrl, headers, permanentRedirects } = answer;
    const now = Date.now();
    try {
      const parsed = await parser.parseFeed(bytes, { url: finalUrl, contentType: headers["content-type"], now });
      const { "cache-control": cacheControl, expires, date, age } = headers;
      return {
        url,
        parsed,
        movedTo: permanentRedirects.at(-1) ?? null,
        waitSeconds: publisherWait({ cacheControl, expires, date, age }, parsed.wishes, now),
      };
    } catch (error) {
      throw new FeedListError("url", `${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  return {
    feed: async (url) => parse(url, await fetched(url)),
    discover: async (url) => {
      const page = await fetched(url);
      const itself = await parse(url, page).catch(() => null);
      if (itself !== null) return [{ ...itself, title: itself.parsed.feed.title, from: "declared" }];
      const { text } = decodeText(page.bytes, undefined);
      const found: FoundFeed[] = [];
      for (const link of discoverFeeds(text, page.finalUrl)) {
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        const probed = await fetched(link.url)
          .then((answer) => parse(link.url, answer))
          .catch(() => null);
        if (probed !== null) found.push({ ...probed, title: probed.parsed.feed.title || link.title, from: link.from });
      }
      return found;
    },
    close: async () => {
      await parser.stop();
      await client.close();
    },
  };
}
