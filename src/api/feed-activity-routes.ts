import { z } from "zod";
import { zoneSchema } from "../config/zone-schema.ts";
import { countItemsByDay, type FeedDay } from "../ledger/feed-activity.ts";
import type { ApiContext } from "./api-context.ts";
import { feedActivity } from "./feed-shown.ts";
import { given } from "./paging.ts";
import type { ZodServer } from "./zod-server.ts";

const DAY_MS = 86_400_000;
const activityQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(90).default(14).meta({ description: "How many days, today the last." }),
  timezone: zoneSchema.default("UTC").meta({ description: "Where the days begin." }),
  feed: z.string().optional().meta({ description: "This feed alone." }),
});

/** `/api/v1/feed-activity`: how many items feeds brought, day by day. */
export function addFeedActivityRoutes(app: ZodServer, { db, now }: ApiContext): void {
  app.get(
    "/api/v1/feed-activity",
    {
      schema: {
        tags: ["feeds"],
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
