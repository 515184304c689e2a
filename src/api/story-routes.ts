import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Story } from "../domain/story.ts";
import { listAlerts } from "../ledger/alerts.ts";
import { countDeliveries } from "../ledger/deliveries.ts";
import { countDueFeeds } from "../ledger/feed-claims.ts";
import { listFeeds } from "../ledger/feeds.ts";
import { countStages } from "../ledger/revisions.ts";
import type { Database } from "../ledger/schema.ts";
import { listCurrentStandings } from "../ledger/standings.ts";
import { webhookBodySchema } from "./alert-body-schema.ts";
import { Problem } from "./problem.ts";

export interface StoryRouteOptions {
  readonly db: Database;
  readonly stories: readonly Story[];
  readonly now: () => Date;
}

const alertQuery = z.object({
  story: z.string().optional(),
  event: z.string().optional(),
  after: z.string().regex(/^\d+$/).optional(),
  order: z.enum(["oldest", "newest"]).default("oldest"),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

const alertShown = z.object({ seq: z.string(), createdAt: z.string(), body: webhookBodySchema });

const standingShown = z.object({
  side: z.string(),
  asOf: z.string(),
  subject: z.string(),
  body: z.record(z.string(), z.unknown()),
});

const eventShown = z.object({
  id: z.string(),
  kind: z.string(),
  gloss: z.record(z.string(), z.string()),
  baseline: z.array(z.record(z.string(), z.unknown())),
  standings: z.array(standingShown),
});

/** `/api/v1/alerts`, `/api/v1/stories/:story/events` and `/api/v1/pipeline`: what was told, what stands, what is owed. */
export function addStoryRoutes(server: FastifyInstance, { db, stories, now }: StoryRouteOptions): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/alerts",
    {
      schema: {
        querystring: alertQuery,
        response: { 200: z.object({ alerts: z.array(alertShown), next: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { story, event, after, order, limit } = request.query;
      const rows = await listAlerts(db, { order, limit, ...defined({ story, event, after }) });
      const alerts = rows.map((row) => ({
        seq: row.seq,
        createdAt: row.created_at.toISOString(),
        body: webhookBodySchema.parse(row.body),
      }));
      return { alerts, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
    },
  );
  app.get(
    "/api/v1/stories/:story/events",
    {
      schema: { params: z.object({ story: z.string() }), response: { 200: z.object({ events: z.array(eventShown) }) } },
    },
    async (request) => {
      const story = stories.find(({ id }) => id === request.params.story);
      if (story === undefined) throw new Problem(404, "Not found", `there is no story ${request.params.story}`);
      return { events: await eventsOf(db, story) };
    },
  );
  app.get("/api/v1/feeds", async () => ({ feeds: await listFeeds(db) }));
  app.get("/api/v1/pipeline", async () => {
    const [stages, deliveries, dueFeeds] = await Promise.all([
      countStages(db),
      countDeliveries(db),
      countDueFeeds(db, now()),
    ]);
    return { stages, deliveries, dueFeeds };
  });
}

/** Every baseline event, then one row for what the baseline lacks, each with what is reported now. */
async function eventsOf(db: Database, story: Story): Promise<z.output<typeof eventShown>[]> {
  const standings = await listCurrentStandings(db, { story: story.id });
  const standing = (event: string) =>
    standings
      .filter((row) => row.event === event)
      .map((row) => ({
        side: row.side,
        asOf: row.as_of.toISOString(),
        subject: row.subject,
        body: { ...(row.body as object) },
      }));
  const known = story.baseline.events.map((event) => ({
    id: event.id,
    kind: event.kind,
    gloss: { ...event.gloss },
    baseline: event.claims.map((claim) => ({ ...claim })),
    standings: standing(event.id),
  }));
  return [
    ...known,
    { id: "new", kind: "figure", gloss: { en: "Not in the baseline" }, baseline: [], standings: standing("new") },
  ];
}

/** Without the keys that are undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
