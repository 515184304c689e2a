import { z } from "zod";
import type { BaselineEvent } from "../domain/baseline/baseline.ts";
import type { Story } from "../domain/story.ts";
import { listCurrentStandings, listStandingHistory } from "../ledger/standings.ts";
import { countEvents, listPoints, listSteps, loadReporting } from "../ledger/story-events.ts";
import type { ApiContext } from "./api-context.ts";
import { given, ledgerId, nextCursor, nextOf, pageQuery } from "./paging.ts";
import { notFound } from "./problem.ts";
import { linesOf, seriesShown, showPoint, withoutRepeats } from "./series-shown.ts";
import { rulesOf, storyOf } from "./story-routes.ts";
import { type EventShown, eventShown, showEvent, showStanding, standingShown } from "./story-shown.ts";
import type { ZodServer } from "./zod-server.ts";

const storyParam = z.string().meta({ examples: ["armenia-azerbaijan"] });
const storyParams = z.object({ story: storyParam });
const eventParams = z.object({ story: storyParam, event: z.string().meta({ examples: ["armenian-deaths"] }) });
const tags = ["stories"];
/** A chart takes all observations of an event at once. */
const MOST_POINTS = 5000;
const MOST_MINUTES = 7 * 24 * 60;

/** `/api/v1/stories/:story/events`: what the baseline says, what stands now, and how it came to stand. */
export function addEventRoutes(app: ZodServer, context: ApiContext): void {
  addEventList(app, context);
  addEvent(app, context);
  addEventSeries(app, context);
  addEventHistory(app, context);
}

function addEventList(app: ZodServer, context: ApiContext): void {
  const { stories } = context;
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
    async ({ params }) => ({ events: await eventsOf(context, storyOf(stories, params.story)) }),
  );
}

function addEvent(app: ZodServer, context: ApiContext): void {
  const { stories } = context;
  app.get(
    "/api/v1/stories/:story/events/:event",
    { schema: { tags, summary: "Read a baseline event", params: eventParams, response: { 200: eventShown } } },
    async ({ params }) => {
      const found = (await eventsOf(context, storyOf(stories, params.story), params.event))[0];
      if (found === undefined) throw notFound("baseline event", params.event);
      return found;
    },
  );
}

function addEventSeries(app: ZodServer, { db, stories }: ApiContext): void {
  app.get(
    "/api/v1/stories/:story/events/:event/series",
    {
      schema: {
        tags,
        summary: "Read an event as a chart: each side's steps, and every observation as a point",
        params: eventParams,
        querystring: z.strictObject({
          after: ledgerId.optional().meta({ description: "The `next` of the points before." }),
          limit: z.coerce.number().int().min(1).max(MOST_POINTS).default(MOST_POINTS),
          stretch: z.coerce.number().int().min(1).max(MOST_MINUTES).optional().meta({
            description:
              "Minutes: of observations in which one speaker says the same within such a stretch, the first alone, with `more`; of steps, those that change something.",
          }),
        }),
        response: { 200: seriesShown },
      },
    },
    async ({ params, query: { after, limit, stretch } }) => {
      const story = storyOf(stories, params.story);
      const event = known(story, params.event);
      const baseline = story.baseline.byId.get(event.id) ?? null;
      const staged = baseline === null || baseline.stages.length > 0;
      const [steps, points] = await Promise.all([
        after === undefined ? listSteps(db, { story: story.id, event: event.id }) : [],
        listPoints(db, { story: story.id, event: event.id, ...given({ after, stretch }), staged, limit }),
      ]);
      const lines = after === undefined ? linesOf(baseline, steps) : [];
      return {
        event: event.id,
        lines: stretch === undefined ? lines : withoutRepeats(lines),
        points: points.map(showPoint),
        next: nextOf(points, limit, ({ seq }) => seq),
      };
    },
  );
}

function addEventHistory(app: ZodServer, context: ApiContext): void {
  const { db, stories } = context;
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
    async ({ params, query: { after, limit } }) => {
      const story = storyOf(stories, params.story);
      const { event } = params;
      const rows = await listStandingHistory(db, { story: story.id, event, limit, ...given({ after }) });
      const parts = {
        baseline: story.baseline.byId.get(event) ?? null,
        reporting: await loadReporting(db, story.id, rows),
        rules: rulesOf(context, story),
      };
      return { standings: rows.map((row) => showStanding(row, parts)), next: nextOf(rows, limit, ({ id }) => id) };
    },
  );
}

type ListedEvent = Pick<BaselineEvent, "id" | "kind" | "gloss" | "claims" | "sameAs" | "keyedBy">;
const NEW: ListedEvent = {
  id: "new",
  kind: "figure",
  gloss: { en: "Not in the baseline", ar: "ما لا يرد في خط الأساس" },
  claims: [],
  sameAs: null,
  keyedBy: "side",
};

function listed({ baseline }: Story): ListedEvent[] {
  return [...baseline.events, NEW];
}

function known(story: Story, id: string): ListedEvent {
  const event = listed(story).find((one) => one.id === id);
  if (event === undefined) throw notFound("baseline event", id);
  return event;
}

/** Every baseline event (or one), with what is reported now. */
async function eventsOf(context: ApiContext, story: Story, only?: string): Promise<EventShown[]> {
  const { db } = context;
  const [standings, counts] = await Promise.all([
    listCurrentStandings(db, { story: story.id, ...given({ event: only }) }),
    countEvents(db, story.id),
  ]);
  const reporting = await loadReporting(db, story.id, standings);
  return listed(story)
    .filter(({ id }) => only === undefined || id === only)
    .map((event) =>
      showEvent({
        event,
        baseline: story.baseline.byId.get(event.id) ?? null,
        rows: standings.filter((row) => row.event === event.id),
        count: counts.find((one) => one.event === event.id),
        reporting,
        rules: rulesOf(context, story),
      }),
    );
}
