import { z } from "zod";
import { countItemsByDay } from "../ledger/feed-activity.ts";
import { type FeedRow, fetchSoon, findFeed, listFeedNames, listFeeds, pauseFeed } from "../ledger/feeds.ts";
import type { Database } from "../ledger/schema.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { feedsPage, feedsQuery, feedsShown } from "./feed-listing.ts";
import { feedNames, feedShown, showFeed } from "./feed-shown.ts";
import { given } from "./paging.ts";
import { notFound, Problem } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

export const feedParams = z.object({ id: z.string().meta({ examples: ["tass"] }) });
const tags = ["feeds"];
const DAY_MS = 86_400_000;
/** Of which the busiest feeds are those with the most items. */
const RECENT_DAYS = 14;

/** `/api/v1/feeds`: health of the feeds, pause and resume, fetch now. */
export function addFeedRoutes(app: ZodServer, context: ApiContext): void {
  addFeedList(app, context);
  addFeedNames(app, context);
  addFeed(app, context);
  addSwitches(app, context);
  addFetch(app, context);
}

function addFeedList(app: ZodServer, context: ApiContext): void {
  const { db } = context;
  app.get(
    "/api/v1/feeds",
    {
      schema: { tags, summary: "List feeds, all or in pages", querystring: feedsQuery, response: { 200: feedsShown } },
    },
    async ({ query }) => {
      const counted = query.sort === "items" ? await recentItems(context) : undefined;
      return feedsPage((await listFeeds(db)).map(showFeed), { ...query, ...given({ items: counted }) });
    },
  );
}

async function recentItems({ db, now }: ApiContext): Promise<Map<string, number>> {
  const since = new Date(now().getTime() - RECENT_DAYS * DAY_MS);
  const counts = new Map<string, number>();
  for (const { feedId, items } of await countItemsByDay(db, { since, timezone: "UTC" }))
    counts.set(feedId, (counts.get(feedId) ?? 0) + items);
  return counts;
}

function addFeedNames(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/feed-names",
    { schema: { tags, summary: "List feeds by name, to choose from", response: { 200: feedNames } } },
    async () => ({ feeds: await listFeedNames(db) }),
  );
}

function addFeed(app: ZodServer, { db }: ApiContext): void {
  app.get(
    "/api/v1/feeds/:id",
    { schema: { tags, summary: "Read a feed", params: feedParams, response: { 200: feedShown } } },
    async ({ params }) => showFeed(await feedOf(db, params.id)),
  );
}

function addSwitches(app: ZodServer, context: ApiContext): void {
  const { db } = context;
  for (const [verb, paused, summary] of [
    ["pause", true, "Stop polling a feed"],
    ["resume", false, "Poll a feed again"],
  ] as const)
    app.post(
      `/api/v1/feeds/:id/${verb}`,
      { schema: { tags, summary, params: feedParams, response: { 200: feedShown } } },
      async (request) => {
        const { id } = request.params;
        await feedOf(db, id);
        await audited(
          context,
          actorOf(request),
          (trx) => pauseFeed(trx, id, paused),
          () => ({ action: `feed.${verb}`, target: `feed:${id}` }),
        );
        return showFeed(await feedOf(db, id));
      },
    );
}

function addFetch(app: ZodServer, context: ApiContext): void {
  const { db, now } = context;
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
      const feed = await feedOf(db, request.params.id);
      if (feed.paused || !feed.configured)
        throw new Problem(409, "Conflict", `the feed ${feed.id} is ${feed.paused ? "paused" : "not configured"}`);
      await audited(
        context,
        actorOf(request),
        (trx) => fetchSoon(trx, { now: now(), feedId: feed.id }),
        () => ({ action: "feed.fetch", target: `feed:${feed.id}` }),
      );
      await context.enqueueFetch();
      return reply.code(202).send(showFeed(await feedOf(db, feed.id)));
    },
  );
}

/** @throws Problem 404 */
async function feedOf(db: Database, id: string): Promise<FeedRow> {
  const feed = await findFeed(db, id);
  if (feed === undefined) throw notFound("feed", id);
  return feed;
}
