import { setMaxListeners } from "node:events";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { afterEach } from "vitest";
import { loadFeedDates } from "../../../src/config/feed-dates-schema.ts";
import { loadUrlRules } from "../../../src/config/tracking-parameters-schema.ts";
import type { PollWishes } from "../../../src/domain/feed/parsed-feed.ts";
import { pageReader, readFeedOf } from "../../../src/fetching.ts";
import { createFetchRecorder } from "../../../src/ledger/fetch-recorder.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { createHttpClient, type HttpClient } from "../../../src/net/http-client.ts";
import { type FeedParser, startFeedParser } from "../../../src/parsing/feed-parser.ts";
import { runWhileDue } from "../../../src/queues/in-flight.ts";
import { claimPolls, type FetchOptions, type PollOutcome } from "../../../src/workers/fetch.ts";
import { claimPages, type PageOptions, type PageOutcome } from "../../../src/workers/fetch-pages.ts";
import { type LocalServer, startLocalServer } from "../../net/local-server.ts";
import { startedForTests } from "../../started-for-tests.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const configDir = join(import.meta.dirname, "../../../config");
const urlRules = loadUrlRules(configDir);

const BOUNDS = { minimumIntervalSeconds: 60, maximumIntervalSeconds: 86_400 };

/** The stage `fetch` as a process runs it, on a clock that can be moved. */
export interface FeedPoller {
  readonly polls: PollOutcome[];
  readonly pages: PageOutcome[];
  readonly revisions: string[];
  /** Milliseconds by which the clock is ahead. */
  ahead: number;
  now(): Date;
  /** Polls until nothing is due. */
  run(): Promise<void>;
}

export interface PollerOptions {
  readonly ledger: Ledger;
  readonly client: HttpClient;
  readonly parser: Pick<FeedParser, "parseFeed" | "readPage">;
  /** Stops the service. */
  readonly stop?: AbortController;
  readonly hostGapMs?: number;
  readonly leaseMs?: number;
  readonly bounds?: FetchOptions["bounds"];
  readonly inMotion?: FetchOptions["inMotion"];
}

export function feedPoller({ ledger, client, parser, ...options }: PollerOptions): FeedPoller {
  const { stop = new AbortController() } = options;
  setMaxListeners(0, stop.signal);
  const poller: FeedPoller = {
    polls: [],
    pages: [],
    revisions: [],
    ahead: 0,
    now: () => new Date(Date.now() + poller.ahead),
    run: () =>
      runWhileDue({
        claim: async (limit) => [...(await claimPolls(polls, limit)), ...(await claimPages(pages, limit))],
        most: 16,
        signal: stop.signal,
      }),
  };
  const shared = {
    db: ledger.db,
    client,
    hostGapMs: options.hostGapMs ?? 0,
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
    now: () => poller.now(),
    signal: stop.signal,
    enqueueNext: async (payloads: readonly { revisions: string[] }[]) =>
      void poller.revisions.push(...payloads.flatMap(({ revisions }) => revisions)),
  };
  const polls: FetchOptions = {
    ...shared,
    recorder: createFetchRecorder(ledger.db),
    parse: async (bytes, { url, contentType }) =>
      readFeedOf(await parser.parseFeed(bytes, { url, contentType }), urlRules),
    readWishes: (kept) => (kept as PollWishes | null) ?? { skipHours: [], skipDays: [] },
    bounds: options.bounds ?? BOUNDS,
    inMotion: options.inMotion ?? (async () => new Set()),
    random: () => 0.5,
    onPoll: (poll) => poller.polls.push(poll),
  };
  const pages: PageOptions = {
    ...shared,
    read: pageReader(parser, urlRules),
    onPage: (page) => poller.pages.push(page),
  };
  return poller;
}

/** What the tests of a file poll with: a ledger that is empty at each, and servers that are gone after it. */
export interface PollingParts {
  readonly ledger: Ledger;
  readonly client: HttpClient;
  readonly parser: FeedParser;
  /** Those that the test has started and not yet stopped. */
  readonly servers: LocalServer[];
  /** Serves until the test ends; gives the address. */
  readonly serve: (listener: RequestListener) => Promise<string>;
}

/** Everything that a poll needs, for the tests of a file. */
export function pollingForTests(): PollingParts {
  const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, pages" });
  const client = startedForTests(
    async () => createHttpClient({ allowAddresses: ["127.0.0.1/32"] }),
    (started) => started.close(),
  );
  const parser = startedForTests(
    async () => startFeedParser({ dateWords: loadFeedDates(configDir), threads: 1 }),
    (started) => started.stop(),
  );
  const servers: LocalServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });
  const serve = async (listener: RequestListener) => {
    const server = await startLocalServer(listener);
    servers.push(server);
    return server.url;
  };
  return { ledger, client, parser, servers, serve };
}
