import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { countDeliveries } from "../ledger/deliveries.ts";
import { countItemsByDay, type FeedDay } from "../ledger/feed-activity.ts";
import { countDueFeeds } from "../ledger/feed-claims.ts";
import { type FeedRow, fetchSoon, findFeed, listFeedNames, listFeeds, pauseFeed } from "../ledger/feeds.ts";
import { countStages } from "../ledger/revisions.ts";
import { type ApiContext, actorOf, audited } from "./api-context.ts";
import { feedsPage, feedsQuery, feedsShown } from "./feed-listing.ts";
import { feedActivity, feedNames, feedShown, showFeed } from "./feed-shown.ts";
import { given } from "./paging.ts";
import { notFound, Problem } from "./problem.ts";

export const feedParams = z.object({ id: z.string().meta({ examples: ["tass"] }) });
const activityQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(14).meta({ description: "How many days, today the last." }),
  timezone: z
    .string()
    .max(60)
    .refine(isTimeZone, "must be an IANA time zone such as Asia/Yerevan")
    .default("UTC")
    .meta({ description: "Where the days begin." }),
  feed: z.string().optional().meta({ description: "This feed alone." }),
});
const counts = z.record(z.string(), z.number());
const tags = ["feeds"];

/** `/api/v1/feeds`: health of the feeds, pause and resume, fetch now. `/api/v1/pipeline`: work that is owed. */
export function addFeedRoutes(server: FastifyInstance, context: ApiContext): void {
  const { db, now } = context;
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/feeds",
    {
      schema: { tags, summary: "List feeds, all or in pages", querystring: feedsQuery, response: { 200: feedsShown } },
    },
    async ({ query }) => {
      const counted = query.sort === "items" ? await recentItems() : undefined;
      return feedsPage((await listFeeds(db)).map(showFeed), { ...query, ...given({ items: counted }) });
    },
  );
  app.get(
    "/api/v1/feed-names",
    { schema: { tags, summary: "List feeds by name, to choose from", response: { 200: feedNames } } },
    async () => ({ feeds: await listFeedNames(db) }),
  );
  app.get(
    "/api/v1/feed-activity",
    {
      schema: {
        tags,
        summary: "Count the items that feeds brought, day by day",
        querystring: activityQuery,
        response: { 200: feedActivity },
      },
    },
    async ({ query: { days, timezone, feed } }) => {
      const at = now();
      const since = new Date(at.getTime() - (days + 1) * DAY_MS);
      const rows = await countItemsByDay(db, { since, timezone, ...given({ feedId: feed }) });
      return activityOf(rows, daysUpTo(at, days, timezone));
    },
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

  async function recentItems(): Promise<Map<string, number>> {
    const since = new Date(now().getTime() - RECENT_DAYS * DAY_MS);
    const counts = new Map<string, number>();
    for (const { feedId, items } of await countItemsByDay(db, { since, timezone: "UTC" }))
      counts.set(feedId, (counts.get(feedId) ?? 0) + items);
    return counts;
  }

  async function feedOf(id: string): Promise<FeedRow> {
    const feed = await findFeed(db, id);
    if (feed === undefined) throw notFound("feed", id);
    return feed;
  }
}

const DAY_MS = 86_400_000;
/** Of which the busiest feeds are those with the most items. */
const RECENT_DAYS = 14;

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** The last days in a zone as ISO dates, today the last. */
function daysUpTo(at: Date, days: number, timezone: string): string[] {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: timezone, dateStyle: "short" }).format(at);
  const last = Date.parse(`${today}T00:00:00Z`);
  return Array.from({ length: days }, (_, at) => new Date(last - (days - 1 - at) * DAY_MS).toISOString().slice(0, 10));
}

function activityOf(rows: readonly FeedDay[], days: readonly string[]): z.output<typeof feedActivity> {
  const place = new Map(days.map((day, index) => [day, index]));
  const feeds: Record<string, number[]> = {};
  for (const { feedId, day, items } of rows) {
    const index = place.get(day);
    if (index === undefined) continue;
    feeds[feedId] ??= days.map(() => 0);
    feeds[feedId][index] = items;
  }
  return { days: [...days], feeds };
}
