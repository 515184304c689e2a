import type { Configuration } from "./config/load-configuration.ts";
import type { Context } from "./context.ts";
import { createRevisionReader } from "./domain/revision-reader.ts";
import { timed } from "./metrics.ts";
import { type FeedParser, startFeedParser } from "./parsing/feed-parser.ts";
import type { StageOutcome } from "./queues/stage-shell.ts";
import type { Settings } from "./settings.ts";
import { classify } from "./workers/classify.ts";
import { deduplicate } from "./workers/deduplicate.ts";
import { createDeliverer } from "./workers/deliver.ts";
import { type FetchedDocument, fetchDueFeeds, type ReadFeed } from "./workers/fetch.ts";
import { match } from "./workers/match.ts";

/** Readings remembered in a process: some ten batches. */
const READINGS_KEPT = 1000;
/** Well above what a batch takes. A batch that takes longer all the same is worked twice and committed once. */
const LEASE_MS = 10_000;
/** How soon rows are free again after the ledger failed. */
const RETRY_MS = 2_000;

export interface StagesOptions {
  readonly context: Context;
  readonly configuration: Configuration;
  readonly roles: Settings["roles"];
  readonly signal: AbortSignal;
}

/** Puts a worker behind the queue of each stage that is a role of this process. An owned resource: close it. */
export async function startWorkers({
  context,
  configuration,
  roles,
  signal,
}: StagesOptions): Promise<{ close(): Promise<void> }> {
  const { queues, log, metrics, now, random, ledger, client } = context;
  const { db } = ledger;
  const { packs, stories, copyRules, feeds, frames } = configuration;
  const read = createRevisionReader({ packs, stories, keep: READINGS_KEPT });
  const shared = { db, read, now, leaseMs: LEASE_MS, retryMs: RETRY_MS };
  const told = (
    stage: "deduplicate" | "classify" | "match",
    { taken, parked, moved }: StageOutcome,
    more: object,
  ): void => {
    if (parked > 0) metrics.stageRows.inc({ stage, outcome: "parked" }, parked);
    metrics.stageRows.inc({ stage, outcome: "moved" }, moved.length);
    log[parked > 0 ? "error" : "info"]({ stage, taken, moved: moved.length, parked, ...more }, "stage done");
  };
  const feedParser = roles.includes("fetch") ? startFeedParser({ dateWords: configuration.dateWords }) : null;
  if (feedParser !== null)
    queues.work("fetch", async () => {
      await fetchDueFeeds({
        db,
        client,
        parse: (bytes, source) => readFeed(feedParser, bytes, { ...source, now: now() }),
        bounds: feeds.polling,
        hostGapMs: feeds.polling.hostGapSeconds * 1000,
        now,
        random,
        signal,
        onPoll: (poll) => {
          metrics.fetches.inc({ outcome: poll.outcome });
          if (poll.newItems + poll.edits > 0) metrics.items.inc({ feed: poll.feed }, poll.newItems + poll.edits);
          log[poll.outcome === "failed" ? "warn" : poll.outcome === "stored" ? "info" : "debug"](poll, "polled");
        },
        enqueueNext: (payloads) => queues.queues.deduplicate.addAll(payloads),
      });
    });
  if (roles.includes("deduplicate"))
    queues.work("deduplicate", async ({ revisions }) => {
      const enqueueNext = queues.queues.classify.addAll;
      const { result, durationMs } = await timed(metrics, "deduplicate", () =>
        deduplicate(revisions, { ...shared, copyRules, enqueueNext }),
      );
      told("deduplicate", result, { durationMs });
    });
  if (roles.includes("classify"))
    queues.work("classify", async ({ revisions }) => {
      const enqueueNext = queues.queues.match.addAll;
      const { result, durationMs } = await timed(metrics, "classify", () =>
        classify(revisions, { ...shared, enqueueNext }),
      );
      told("classify", result, { relevant: result.relevant, durationMs });
    });
  if (roles.includes("match"))
    queues.work("match", async ({ revisions }) => {
      const enqueueNext = queues.queues.deliver.addAll;
      const { result, durationMs } = await timed(metrics, "match", () =>
        match(revisions, { ...shared, frames, enqueueNext }),
      );
      for (const kind of result.alertKinds) metrics.alerts.inc({ kind });
      told("match", result, {
        observations: result.observations,
        alerts: result.alerts,
        deliveries: result.deliveries,
        durationMs,
      });
    });
  const deliverer = roles.includes("deliver") ? startDeliverer(context, signal) : null;
  if (deliverer !== null)
    queues.work("deliver", async ({ deliveries }) => {
      await timed(metrics, "deliver", () => deliverer.deliver(deliveries));
    });
  return {
    close: async () => {
      await deliverer?.close();
      await feedParser?.stop();
    },
  };
}

function startDeliverer(
  { ledger, client, sealingKey, now, random, queues, metrics, log }: Context,
  signal: AbortSignal,
) {
  return createDeliverer({
    db: ledger.db,
    client,
    key: sealingKey,
    now,
    random,
    signal,
    enqueue: (payload) => queues.queues.deliver.add(payload),
    onAttempt: (attempt) => {
      metrics.attempts.inc({ outcome: attempt.outcome });
      log[attempt.outcome === "delivered" ? "info" : "warn"](attempt, "attempt");
    },
    onDisabled: (endpoint, reason) => log.error({ endpoint, reason }, "endpoint disabled"),
    onError: (error) => log.error({ err: error }, "delivering failed"),
  });
}

/** Parses a fetched feed into items as the ledger takes them. */
async function readFeed(
  parser: FeedParser,
  bytes: Uint8Array,
  { url, contentType, timezone, now }: FetchedDocument & { now: Date },
): Promise<ReadFeed> {
  const parsed = await parser.parseFeed(bytes, {
    url,
    contentType,
    timeZone: timezone ?? undefined,
    now: now.getTime(),
  });
  const wish = parsed.wishes.ttlMinutes;
  return {
    items: parsed.items.map((item) => ({
      key: item.guid,
      url: item.link,
      canonicalUrl: item.link,
      title: item.title,
      text: item.text,
      publishedAt: item.published === null ? null : new Date(item.published),
      updatedAt: item.updated === null ? null : new Date(item.updated),
    })),
    warnings: parsed.warnings,
    truncated: parsed.truncated,
    ...(wish === undefined ? {} : { notBeforeSeconds: wish * 60 }),
  };
}
