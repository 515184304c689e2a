import { z } from "zod";
import type { Configuration } from "./config/load-configuration.ts";
import type { Context } from "./context.ts";
import { canonicalUrl, type UrlRules } from "./domain/feed/canonical-url.ts";
import type { ParsedFeed } from "./domain/feed/parsed-feed.ts";
import { feedsInMotion } from "./ledger/feed-care.ts";
import { createFetchRecorder } from "./ledger/fetch-recorder.ts";
import { type FeedParser, startFeedParser } from "./parsing/feed-parser.ts";
import { runWhileDue } from "./queues/in-flight.ts";
import { claimPolls, type FetchOptions, type PollOutcome, type ReadFeed } from "./workers/fetch.ts";
import { claimPages, type PageOptions } from "./workers/fetch-pages.ts";

/** Requests under way in one job of the stage. */
const MOST_IN_FLIGHT = 32;
const MOTION_MS = 3_600_000;
const MOTION_KEPT_MS = 15_000;

const FETCH_SPAN = { attributes: { "rasid.stage": "fetch" }, root: true } as const;

const keptWishes = z.object({
  ttlMinutes: z.number().optional(),
  skipHours: z.array(z.number()),
  skipDays: z.array(z.number()),
});

export interface FetchingOptions {
  readonly context: Context;
  readonly configuration: Pick<Configuration, "dateWords" | "feeds" | "urlRules">;
  /** Hands on what was stored. */
  readonly enqueueNew: FetchOptions["enqueueNext"];
  readonly signal: AbortSignal;
}

/** Puts the workers behind the queue `fetch`: feeds, and article pages of feeds that carry teasers. An owned resource: close it. */
export function startFetching({ context, configuration, enqueueNew, signal }: FetchingOptions): {
  close(): Promise<void>;
} {
  const { queues, log, metrics, tracing, now, random, ledger, client } = context;
  const { db } = ledger;
  const { polling } = configuration.feeds;
  const parser = startFeedParser({ dateWords: configuration.dateWords });
  const { urlRules } = configuration;
  const shared = {
    db,
    client,
    hostGapMs: polling.hostGapSeconds * 1000,
    now,
    signal,
    enqueueNext: enqueueNew,
  };
  const polls: FetchOptions = {
    ...shared,
    recorder: createFetchRecorder(db),
    parse: async (bytes, { url, contentType, timezone }) => {
      const hints = { url, contentType, timeZone: timezone ?? undefined, now: now().getTime() };
      return readFeedOf(await parser.parseFeed(bytes, hints), urlRules);
    },
    readWishes: (kept) => keptWishes.nullable().parse(kept) ?? NO_WISHES,
    bounds: polling,
    inMotion: remembered(() => feedsInMotion(db, new Date(now().getTime() - MOTION_MS)), now),
    random,
    onPoll: (poll) => {
      tracing.note({ "rasid.feed": poll.feed, "rasid.outcome": poll.outcome, "rasid.items": poll.newItems });
      metrics.polls.inc({ outcome: poll.outcome });
      metrics.items.inc(poll.newItems);
      metrics.revisions.inc(poll.newItems + poll.edits);
      log[levelOf(poll)](poll, "polled");
    },
  };
  const pages: PageOptions = {
    ...shared,
    read: pageReader(parser, urlRules),
    onPage: (page) => {
      tracing.note({ "rasid.feed": page.feed, "rasid.outcome": page.outcome });
      metrics.pages.inc({ outcome: page.outcome });
      log[page.error === undefined ? "info" : "warn"](page, "page");
    },
  };
  const claim = async (limit: number) => {
    const feeds = await claimPolls(polls, limit);
    const due = [...feeds, ...(await claimPages(pages, limit - feeds.length))];
    return due.map((begin) => () => tracing.span("fetch", begin, FETCH_SPAN));
  };
  queues.work("fetch", () => runWhileDue({ claim, most: MOST_IN_FLIGHT, signal }));
  return { close: () => parser.stop() };
}

const NO_WISHES = { skipHours: [], skipDays: [] };

function levelOf({ outcome, movedTo, afterFailures }: PollOutcome): "debug" | "info" | "warn" | "error" {
  if (outcome === "gone") return "error";
  if (outcome === "failed" || outcome === "outage") return "warn";
  return outcome === "stored" || movedTo !== undefined || afterFailures !== undefined ? "info" : "debug";
}

/** The feeds in motion, asked of the ledger every few seconds at most. */
function remembered(read: () => Promise<readonly string[]>, now: () => Date): () => Promise<ReadonlySet<string>> {
  let known: Promise<ReadonlySet<string>> | null = null;
  let until = 0;
  return () => {
    if (known === null || now().getTime() >= until) {
      until = now().getTime() + MOTION_KEPT_MS;
      known = read().then((ids) => new Set(ids));
      known.catch(() => {
        until = 0;
      });
    }
    return known;
  };
}

/** Reads article pages as the worker stores them. */
export function pageReader(parser: Pick<FeedParser, "readPage">, urlRules: UrlRules): PageOptions["read"] {
  return async (bytes, page) => {
    const { text, canonical } = await parser.readPage(bytes, page);
    return { text, canonicalUrl: canonical === null ? null : canonicalUrl(canonical, urlRules) };
  };
}

/** A parsed feed as the worker stores it. */
export function readFeedOf({ items, warnings, truncated, wishes }: ParsedFeed, urlRules: UrlRules): ReadFeed {
  return {
    items: items.map((item) => ({
      key: item.guid,
      url: item.link,
      canonicalUrl: item.link === null ? null : canonicalUrl(item.link, urlRules),
      title: item.title,
      text: item.text,
      publishedAt: item.published === null ? null : new Date(item.published),
      updatedAt: item.updated === null ? null : new Date(item.updated),
    })),
    warnings,
    truncated,
    wishes,
  };
}
