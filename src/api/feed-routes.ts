import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { countDeliveries } from "../ledger/deliveries.ts";
import { countDueFeeds } from "../ledger/feed-claims.ts";
import { type FeedRow, fetchSoon, findFeed, listFeeds, pauseFeed } from "../ledger/feeds.ts";
import { countStages } from "../ledger/revisions.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { shownTime } from "./paging.ts";
import { notFound, Problem } from "./problem.ts";

const feedShown = z.object({
  id: z.string(),
  url: z.string(),
  movedTo: z.string().nullable(),
  source: z.string(),
  lang: z.string(),
  tier: z.number(),
  side: z.string().nullable(),
  timezone: z.string().nullable(),
  configured: z.boolean(),
  paused: z.boolean(),
  status: z.enum(["new", "ok", "failing", "gone"]),
  fullText: z.boolean(),
  failures: z.number(),
  lastError: z.string().nullable(),
  lastStatus: z.number().nullable(),
  lastFetchedAt: z.string().nullable(),
  lastOkAt: z.string().nullable(),
  lastNewItemAt: z.string().nullable(),
  failingSince: z.string().nullable(),
  nextFetchAt: z.string(),
  intervalSeconds: z.number(),
});
const feedParams = z.object({ id: z.string().meta({ examples: ["tass"] }) });
const counts = z.record(z.string(), z.number());
const tags = ["feeds"];

/** `/api/v1/feeds`: health of the feeds, pause and resume, fetch now. `/api/v1/pipeline`: work that is owed. */
export function addFeedRoutes(server: FastifyInstance, context: ApiContext): void {
  const { db, now } = context;
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/feeds",
    { schema: { tags, summary: "List feeds", response: { 200: z.object({ feeds: z.array(feedShown) }) } } },
    async () => ({ feeds: (await listFeeds(db)).map(showFeed) }),
  );
  app.get(
    "/api/v1/feeds/:id",
    { schema: { tags, summary: "Read a feed", params: feedParams, response: { 200: feedShown } } },
    async ({ params }) => showFeed(await feedOf(params.id)),
  );
  for (const [verb, paused, summary] of [
    ["pause", true, "Stop polling a feed"],
    ["resume", false, "Poll a feed again"],
  ] as const)
    app.post(
      `/api/v1/feeds/:id/${verb}`,
      { schema: { tags, summary, params: feedParams, response: { 200: feedShown } } },
      async (request) => {
        const { id } = request.params;
        await feedOf(id);
        await audited(
          context,
          actorOf(request),
          (trx) => pauseFeed(trx, id, paused),
          () => ({ action: `feed.${verb}`, target: `feed:${id}` }),
        );
        return showFeed(await feedOf(id));
      },
    );
  app.post(
    "/api/v1/feeds/:id/fetch",
    {
      schema: {
        tags,
        summary: "Fetch a feed as soon as its host may be asked again",
        params: feedParams,
        response: { 202: feedShown },
      },
    },
    async (request, reply) => {
      const feed = await feedOf(request.params.id);
      if (feed.paused || !feed.configured)
        throw new Problem(409, "Conflict", `the feed ${feed.id} is ${feed.paused ? "paused" : "not configured"}`);
      await audited(
        context,
        actorOf(request),
        (trx) => fetchSoon(trx, { now: now(), feedId: feed.id }),
        () => ({ action: "feed.fetch", target: `feed:${feed.id}` }),
      );
      await context.enqueueFetch();
      return reply.code(202).send(showFeed(await feedOf(feed.id)));
    },
  );
  app.get(
    "/api/v1/pipeline",
    {
      schema: {
        tags: ["pipeline"],
        summary: "Count the work that the ledger owes",
        response: { 200: z.object({ stages: counts, deliveries: counts, dueFeeds: z.number() }) },
      },
    },
    async () => {
      const [stages, deliveries, dueFeeds] = await Promise.all([
        countStages(db),
        countDeliveries(db),
        countDueFeeds(db, now()),
      ]);
      return { stages, deliveries, dueFeeds };
    },
  );

  async function feedOf(id: string): Promise<FeedRow> {
    const feed = await findFeed(db, id);
    if (feed === undefined) throw notFound("feed", id);
    return feed;
  }
}

function showFeed(row: FeedRow): z.output<typeof feedShown> {
  const { id, url, source, lang, tier, side, timezone, configured, paused, status, failures } = row;
  return {
    ...{ id, url, source, lang, tier, side, timezone, configured, paused, status, failures },
    fullText: row.full_text,
    movedTo: row.moved_to,
    lastError: row.last_error,
    lastStatus: row.last_status,
    lastFetchedAt: shownTime(row.last_fetched_at),
    lastOkAt: shownTime(row.last_ok_at),
    lastNewItemAt: shownTime(row.last_new_item_at),
    failingSince: shownTime(row.failing_since),
    nextFetchAt: row.next_fetch_at.toISOString(),
    intervalSeconds: row.interval_seconds,
  };
}
