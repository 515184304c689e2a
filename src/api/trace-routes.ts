import { setImmediate as breathe } from "node:timers/promises";
import { z } from "zod";
import { AnalysisError, isStopped } from "../analysis/analyzer.ts";
import type { Frame } from "../domain/baseline/frame.ts";
import type { Observation, Origin } from "../domain/baseline/observation.ts";
import type { RevisionText } from "../domain/revision-reader.ts";
import { type TraceReading, tracedSubjects, traceReading } from "../domain/trace.ts";
import { knownAlertIds } from "../ledger/alerts.ts";
import { readHistory } from "../ledger/observations.ts";
import { revisionOrigin, revisionText } from "../ledger/revision-text.ts";
import { readRevision } from "../ledger/revisions.ts";
import type { ApiContext } from "./api-context.ts";
import { given, ledgerId, shownTime } from "./paging.ts";
import { invalidFields, notFound, Problem } from "./problem.ts";
import { showTrace, type TraceShown, traceShown } from "./trace-shown.ts";
import type { ZodServer } from "./zod-server.ts";

/** Reading takes time in proportion to the length; what is read is held against the ledger in the event loop, in turns. */
const LONGEST_TEXT = 65_536;
const LONGEST_TITLE = 1_000;
/** The ledger counts no further. */
const MOST_REVISIONS = 2 ** 31 - 1;

const pasted = z
  .strictObject({
    title: z.string().max(LONGEST_TITLE).default(""),
    text: z.string().max(LONGEST_TEXT).default(""),
    published: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: "When it was published; now, where it is left out." }),
    lang: z.string().max(20).optional().meta({ description: "A hint; the language is read from the text." }),
    tier: z
      .union([z.literal(1), z.literal(2), z.literal(3)])
      .default(2)
      .meta({ description: "How far its source is trusted, as of feeds." }),
  })
  .meta({
    examples: [
      {
        text: "At least 135 Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan said.",
        published: "2022-09-16T08:10:00Z",
      },
    ],
  });

const read = z.object({ title: z.string(), text: z.string(), lang: z.string(), published: z.string() });
const itemTrace = z.object({
  item: z.string(),
  revision: z.number(),
  source: z.string(),
  stage: z
    .string()
    .meta({ description: "done, or the stage in which it waits; nothing is told before match is done." }),
  forgottenAt: z.string().nullable().meta({ description: "When its text was forgotten; then only its title is read." }),
  ...read.shape,
  stories: z.array(traceShown),
});

/** `/api/v1/items/:id/trace` and `/api/v1/analyze`: what is read in a text, and why it is (not) an alert. */
export function addTraceRoutes(app: ZodServer, context: ApiContext): void {
  addItemTrace(app, context);
  addPastedText(app, context);
}

function addItemTrace(app: ZodServer, context: ApiContext): void {
  const { db } = context;
  const reader = readerOf(context);
  app.get(
    "/api/v1/items/:id/trace",
    {
      schema: {
        tags: ["items"],
        summary: "Say why an item is, or is not, an alert: read anew from the stored text, as the pipeline reads it",
        params: z.object({ id: ledgerId.meta({ examples: ["1"] }) }),
        querystring: z.strictObject({
          revision: z.coerce
            .number()
            .int()
            .min(1)
            .max(MOST_REVISIONS)
            .optional()
            .meta({ description: "The newest, where it is left out." }),
        }),
        response: { 200: itemTrace },
      },
    },
    async ({ params: { id }, query: { revision: number } }) => {
      const row = await readRevision(db, { itemId: id, number });
      if (row === undefined) throw notFound(number === undefined ? "item" : `revision ${number} of item`, id);
      const revision = revisionText(row);
      const readings = await reader(revision);
      return {
        item: row.itemId,
        revision: row.number,
        source: row.source,
        stage: row.stage,
        forgottenAt: shownTime(row.textForgottenAt),
        ...readPart(revision, readings),
        stories: await tracesOf(context, readings, (lang) => revisionOrigin(row, lang)),
      };
    },
  );
}

function addPastedText(app: ZodServer, context: ApiContext): void {
  const { now } = context;
  const reader = readerOf(context);
  app.post(
    "/api/v1/analyze",
    {
      schema: {
        tags: ["items"],
        summary: "Read any text: what would be read in it, and which alerts it would raise now; nothing is stored",
        body: pasted,
        response: { 200: z.object({ ...read.shape, stories: z.array(traceShown) }) },
      },
      config: { scope: "read" },
    },
    async ({ body: { title, text, lang, tier, published = now().toISOString() } }) => {
      if (title.trim() === "" && text.trim() === "")
        throw invalidFields([{ field: "text", problem: "must not be empty" }]);
      const revision = { id: PASTED, title, text, published, ...given({ lang }) };
      const readings = await reader(revision);
      const origin = { item: PASTED, revision: 1, page: PASTED, cluster: PASTED, source: "-", tier, url: null };
      return {
        ...readPart(revision, readings),
        stories: await tracesOf(context, readings, (found) => ({ ...origin, lang: found, published })),
      };
    },
  );
}

/** What no id of the ledger can be. */
const PASTED = "pasted";

/** Tells a text that cannot be read, and a daemon that stops, in problem details. */
function readerOf({ readToTrace }: ApiContext): ApiContext["readToTrace"] {
  return async (revision) => {
    try {
      return await readToTrace(revision);
    } catch (error) {
      if (error instanceof AnalysisError && error.givenUp) throw new Problem(422, "Unreadable", error.message);
      if (isStopped(error)) throw new Problem(503, "Stopping", "Rasid is stopping; ask again in a moment");
      throw error;
    }
  };
}

function readPart({ title, text, published }: RevisionText, readings: readonly TraceReading[]): z.output<typeof read> {
  return { title, text, lang: readings[0]?.analysis.lang ?? "", published: published ?? "" };
}

async function tracesOf(
  { db, frames }: ApiContext,
  readings: readonly TraceReading[],
  originIn: (lang: string) => Origin,
): Promise<TraceShown[]> {
  const shown: TraceShown[] = [];
  for (const reading of readings) {
    const { story } = reading;
    const frame = frames.get(story) as Frame;
    const options = { frame, origin: originIn(reading.analysis.lang) };
    const history: Observation[] = [];
    for (const subject of tracedSubjects(reading, options))
      for await (const page of readHistory(db, { story, subject })) history.push(...page);
    const trace = await inTurns(traceReading(reading, { ...options, history }));
    const alerts = trace.claims.flatMap((claim) => claim.alerts.map(({ id }) => id));
    shown.push(showTrace(story, trace, await knownAlertIds(db, alerts)));
  }
  return shown;
}

/** Between two pieces of the work others get their turn. */
async function inTurns<T>(work: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await breathe();
  }
}
