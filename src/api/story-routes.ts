import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { BaselineEvent } from "../domain/baseline/baseline.ts";
import type { Story } from "../domain/story.ts";
import type { Database } from "../ledger/schema.ts";
import { listCurrentStandings, listStandingHistory, type StandingRow } from "../ledger/standings.ts";
import { record } from "./alert-headline.ts";
import type { ApiContext } from "./api-context.ts";
import { given, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { notFound } from "./problem.ts";

const anything = z.record(z.string(), z.unknown());
const storyShown = z.object({
  id: z.string(),
  title: z.string(),
  timezone: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  article: z.object({ source: z.string(), lang: z.string(), published: z.string() }),
  events: z.number(),
});
const standingShown = z.object({
  id: z.string(),
  key: z.string(),
  subject: z.string(),
  side: z.string(),
  asOf: z.string(),
  observation: z.string().nullable(),
  createdAt: z.string(),
  body: anything.meta({ description: "The standing: `current` and its `history`." }),
});
const eventShown = z.object({
  id: z.string(),
  kind: z.string(),
  gloss: z.record(z.string(), z.string()),
  baseline: z.array(anything),
  standings: z.array(standingShown),
});
const storyParam = z.string().meta({ examples: ["armenia-azerbaijan"] });
const storyParams = z.object({ story: storyParam });
const eventParams = z.object({ story: storyParam, event: z.string().meta({ examples: ["armenian-deaths"] }) });
const tags = ["stories"];

/** `/api/v1/stories`: what the baseline says, what stands now, and how it came to stand. */
export function addStoryRoutes(server: FastifyInstance, { db, stories }: ApiContext): void {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.get(
    "/api/v1/stories",
    { schema: { tags, summary: "List stories", response: { 200: z.object({ stories: z.array(storyShown) }) } } },
    async () => ({ stories: stories.map(showStory) }),
  );
  app.get(
    "/api/v1/stories/:story",
    { schema: { tags, summary: "Read a story", params: storyParams, response: { 200: storyShown } } },
    async ({ params }) => showStory(storyOf(stories, params.story)),
  );
  app.get(
    "/api/v1/stories/:story/events",
    {
      schema: {
        tags,
        summary: "List baseline events with what each side reports now; `new` is what the baseline lacks",
        params: storyParams,
        response: { 200: z.object({ events: z.array(eventShown) }) },
      },
    },
    async ({ params }) => ({ events: await eventsOf(db, storyOf(stories, params.story)) }),
  );
  app.get(
    "/api/v1/stories/:story/events/:event",
    { schema: { tags, summary: "Read a baseline event", params: eventParams, response: { 200: eventShown } } },
    async ({ params }) => {
      const found = (await eventsOf(db, storyOf(stories, params.story), params.event))[0];
      if (found === undefined) throw notFound("baseline event", params.event);
      return found;
    },
  );
  app.get(
    "/api/v1/stories/:story/events/:event/history",
    {
      schema: {
        tags,
        summary: "List all standings that an event has had, the first one first",
        params: eventParams,
        querystring: z.strictObject(pageQuery),
        response: { 200: z.object({ standings: z.array(standingShown), next: nextCursor }) },
      },
    },
    async ({ params: { story, event }, query: { after, limit } }) => {
      storyOf(stories, story);
      const rows = await listStandingHistory(db, { story, event, limit, ...given({ after }) });
      return { standings: rows.map(showStanding), next: nextOf(rows, limit, ({ id }) => id) };
    },
  );
}

function storyOf(stories: readonly Story[], id: string): Story {
  const story = stories.find((one) => one.id === id);
  if (story === undefined) throw notFound("story", id);
  return story;
}

function showStory({ id, title, timezone, window, baseline }: Story): z.output<typeof storyShown> {
  const { source, lang, published } = baseline.article;
  return { id, title, timezone, window, article: { source, lang, published }, events: baseline.events.length };
}

const NEW: Pick<BaselineEvent, "id" | "kind" | "gloss" | "claims"> = {
  id: "new",
  kind: "figure",
  gloss: { en: "Not in the baseline" },
  claims: [],
};

/** Every baseline event (or one), with what is reported now. */
async function eventsOf(db: Database, story: Story, only?: string): Promise<z.output<typeof eventShown>[]> {
  const standings = await listCurrentStandings(db, { story: story.id, ...given({ event: only }) });
  const wanted = [...story.baseline.events, NEW].filter(({ id }) => only === undefined || id === only);
  return wanted.map(({ id, kind, gloss, claims }) => ({
    id,
    kind,
    gloss: { ...gloss },
    baseline: claims.map((claim) => ({ ...claim })),
    standings: standings.filter((row) => row.event === id).map(showStanding),
  }));
}

function showStanding(row: StandingRow): z.output<typeof standingShown> {
  return {
    id: row.id,
    key: row.key,
    subject: row.subject,
    side: row.side,
    asOf: row.as_of.toISOString(),
    observation: row.observation_id,
    createdAt: row.created_at.toISOString(),
    body: { ...record(row.body) },
  };
}
