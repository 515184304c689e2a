import { z } from "zod";
import { type Labels, loadLabels } from "../config/labels-schema.ts";
import { SEVERITIES } from "../domain/alert/kinds.ts";
import type { Story } from "../domain/story.ts";
import { countSince } from "../ledger/story-events.ts";
import type { ApiContext } from "./api-context.ts";
import { notFound } from "./problem.ts";
import { labelsShown, type NewsShown, newsShown, type StoryShown, storyShown } from "./story-shown.ts";
import type { ZodServer } from "./zod-server.ts";

const storyParams = z.object({ story: z.string().meta({ examples: ["armenia-azerbaijan"] }) });
const tags = ["stories"];

/** `/api/v1/stories`: the stories that are watched, what they are called, and what is new. */
export function addStoryRoutes(app: ZodServer, context: ApiContext): void {
  addStoryList(app, context);
  addStory(app, context);
  addStoryLabels(app, context);
  addStoryNews(app, context);
}

function addStoryList(app: ZodServer, { stories }: ApiContext): void {
  app.get(
    "/api/v1/stories",
    { schema: { tags, summary: "List stories", response: { 200: z.object({ stories: z.array(storyShown) }) } } },
    async () => ({ stories: stories.map(showStory) }),
  );
}

function addStory(app: ZodServer, { stories }: ApiContext): void {
  app.get(
    "/api/v1/stories/:story",
    { schema: { tags, summary: "Read a story", params: storyParams, response: { 200: storyShown } } },
    async ({ params }) => showStory(storyOf(stories, params.story)),
  );
}

function addStoryLabels(app: ZodServer, { stories, configDir }: ApiContext): void {
  const labels = new Map<string, Labels>(stories.map(({ id }) => [id, loadLabels(configDir, id)]));
  app.get(
    "/api/v1/stories/:story/labels",
    {
      schema: {
        tags,
        summary: "Read what the people, bodies, sides and positions of a story are called",
        params: storyParams,
        response: { 200: labelsShown },
      },
    },
    async ({ params }) => labels.get(storyOf(stories, params.story).id) as Labels,
  );
}

function addStoryNews(app: ZodServer, { db, now, stories }: ApiContext): void {
  app.get(
    "/api/v1/stories/:story/news",
    {
      schema: {
        tags,
        summary: "Count what came since a time: alerts, observations and the items that carried them",
        params: storyParams,
        querystring: z.strictObject({
          since: z.iso
            .datetime({ offset: true })
            .optional()
            .meta({ description: "A time of the ledger's clock; without it, from the beginning." }),
        }),
        response: { 200: newsShown },
      },
    },
    async ({ params, query }) => {
      const until = now();
      const since = new Date(query.since ?? 0);
      const news = await countSince(db, storyOf(stories, params.story).id, since);
      return {
        ...news,
        since: since.toISOString(),
        until: until.toISOString(),
        alerts: alertsByEvent(news.alerts),
      };
    },
  );
}

/** @throws Problem 404 */
export function storyOf(stories: readonly Story[], id: string): Story {
  const story = stories.find((one) => one.id === id);
  if (story === undefined) throw notFound("story", id);
  return story;
}

/** What holds a story's observations against its baseline. */
export function rulesOf({ frames }: Pick<ApiContext, "frames">, { id }: Story) {
  const frame = frames.get(id);
  if (frame === undefined) throw notFound("story", id);
  return frame.changes;
}

function showStory({ id, title, timezone, window, baseline }: Story): StoryShown {
  const { source, lang, published } = baseline.article;
  return { id, title, timezone, window, article: { source, lang, published }, events: baseline.events.length };
}

type AlertCount = { event: string; kind: string; severity: string; count: number };

function alertsByEvent(counts: readonly AlertCount[]): NewsShown["alerts"] {
  const events = new Map<string, NewsShown["alerts"]["events"][number]>();
  for (const { event, kind, severity, count } of counts) {
    const one = events.get(event) ?? { event, count: 0, kinds: {}, highest: "low" };
    one.count += count;
    one.kinds[kind] = (one.kinds[kind] ?? 0) + count;
    one.highest = higher(one.highest, severity);
    events.set(event, one);
  }
  const all = [...events.values()].sort((a, b) => b.count - a.count);
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    highest: all.reduce<NewsShown["alerts"]["highest"]>((most, { highest }) => higher(most ?? "low", highest), null),
    events: all,
  };
}

type Severity = (typeof SEVERITIES)[number];

function higher(a: Severity, b: string): Severity {
  return SEVERITIES[Math.max(SEVERITIES.indexOf(a), SEVERITIES.indexOf(b as Severity))] as Severity;
}
