import { z } from "zod";
import { baselineSchema } from "../config/baseline-schema.ts";
import { baselineYaml } from "../config/baseline-yaml.ts";
import { storyIds } from "../config/load-story.ts";
import { ConfigError, hashOf, readYamlText } from "../config/read-yaml.ts";
import { type ApiContext, actorOf } from "./api-context.ts";
import {
  type BaselineDesk,
  checked,
  fileOf,
  namesOf,
  openBaselineDesk,
  placeOf,
  refuseBlindOverwrite,
  saveBaseline,
} from "./baseline-desk.ts";
import { baselinePlace, baselineShown, checkShown, draftShown, savedShown, showDraft } from "./baseline-shown.ts";
import { invalidFields } from "./problem.ts";
import type { ZodServer } from "./zod-server.ts";

const tags = ["baseline"];
const STORY = "armenia-azerbaijan";
const storyParams = z.object({ story: z.string().meta({ examples: [STORY] }) });
const LONGEST_ARTICLE = 200_000;
const LONGEST_BASELINE = 500_000;

const articleGiven = z
  .strictObject({
    story: z.string().max(100),
    article: z
      .string()
      .trim()
      .min(1)
      .max(LONGEST_ARTICLE)
      .meta({ description: "Plain text, its title first, or HTML." }),
    published: z
      .string()
      .max(40)
      .optional()
      .meta({ description: "When it appeared, ISO 8601; else as it says itself." }),
    lang: z
      .string()
      .regex(/^[a-z]{2,3}$/, "must be an ISO 639 code such as ar")
      .optional(),
  })
  .meta({
    examples: [
      {
        story: STORY,
        article: "Toll grows\n\nAt least 92 Armenian soldiers were killed in the clashes, the government said.",
        published: "2022-09-15",
      },
    ],
  });
const EXAMPLE = {
  article: { source: "Example Post", lang: "en", published: "2022-09-15T00:00:00+04:00" },
  events: [
    {
      id: "example-deaths",
      kind: "figure",
      gloss: { en: "Soldiers killed" },
      claims: [
        {
          speaker: "armenia",
          side: "armenia",
          asOf: "2022-09-14",
          figure: { measure: "killed", party: "armenia", civilian: false, value: 92, qualifier: "at_least" },
        },
      ],
    },
  ],
};
const checkGiven = z
  .strictObject({
    story: z.string().max(100),
    text: z.string().max(LONGEST_BASELINE).optional(),
    baseline: z.looseObject({}).optional(),
    note: z.string().max(10_000).optional().meta({ description: "Above the file, as a comment; with `baseline`." }),
  })
  .refine(({ text, baseline }) => (text === undefined) !== (baseline === undefined), "give `text` or `baseline`")
  .meta({ examples: [{ story: STORY, baseline: EXAMPLE }] });
const textGiven = z
  .strictObject({ text: z.string().max(LONGEST_BASELINE) })
  .meta({ examples: [{ text: JSON.stringify(EXAMPLE) }] });

/**
 * `/api/v1/baseline`: a baseline drawn from an article, checked, and saved as a file under config/. Nothing that is
 * saved is in force before the service starts anew, and nothing with a `review` left is saved.
 */
export function addBaselineRoutes(app: ZodServer, context: ApiContext): void {
  const desk = openBaselineDesk(app, context);
  addPlaces(app, desk);
  addBaseline(app, desk);
  addDraft(app, desk);
  addCheck(app, desk);
  addSave(app, desk);
}

function addPlaces(app: ZodServer, desk: BaselineDesk): void {
  app.get(
    "/api/v1/baseline",
    {
      schema: {
        tags,
        summary: "List the stories with their baselines' files",
        response: { 200: z.object({ stories: z.array(baselinePlace) }) },
      },
    },
    async () => ({ stories: storyIds(desk.configDir).map((story) => placeOf(desk, story)) }),
  );
}

function addBaseline(app: ZodServer, desk: BaselineDesk): void {
  // Parsing holds up the event loop, and a file seldom changes.
  const parsed = new Map<string, { readonly text: string; readonly baseline: ReturnType<typeof asBaseline> }>();
  const baselineIn = (story: string, text: string) => {
    const before = parsed.get(story);
    if (before?.text === text) return before.baseline;
    const baseline = asBaseline(text);
    parsed.set(story, { text, baseline });
    return baseline;
  };
  app.get(
    "/api/v1/baseline/:story",
    {
      schema: {
        tags,
        summary: "Read a baseline's file, and what its claims may name",
        params: storyParams,
        response: { 200: baselineShown },
      },
    },
    async ({ params: { story } }) => {
      const { text } = fileOf(desk, story);
      return {
        ...placeOf(desk, story),
        text,
        baseline: text === null ? null : baselineIn(story, text),
        ...namesOf(desk, story),
      };
    },
  );
}

function addDraft(app: ZodServer, desk: BaselineDesk): void {
  app.post(
    "/api/v1/baseline/draft",
    {
      schema: {
        tags,
        summary: "Draw a baseline from an article, every claim marked for review; nothing is kept",
        body: articleGiven,
        response: { 200: draftShown },
      },
    },
    async ({ body: { article, ...options } }) => {
      fileOf(desk, options.story);
      const answer = await desk.ask({ kind: "draft", source: article, options, configDir: desk.configDir });
      if (answer.kind !== "drawn") throw new Error(`the drafting thread answered ${answer.kind}`);
      return showDraft(answer.drawn);
    },
  );
}

function addCheck(app: ZodServer, desk: BaselineDesk): void {
  app.post(
    "/api/v1/baseline/check",
    {
      schema: {
        tags,
        summary: "Check a baseline as `rasid check` would in its place; nothing is kept",
        body: checkGiven,
        response: { 200: checkShown },
      },
    },
    async ({ body: { story, text: given, baseline, note } }) => {
      const text = given ?? baselineYaml(baseline ?? {}, commentOf(note));
      return { text, hash: hashOf(text), ...(await checked(desk, story, text)) };
    },
  );
}

function addSave(app: ZodServer, desk: BaselineDesk): void {
  app.put(
    "/api/v1/baseline/:story",
    {
      config: { scope: "admin" },
      schema: {
        tags,
        summary:
          "Save a baseline's file; over an existing one only with its hash in If-Match. In force after a restart",
        params: storyParams,
        headers: z.looseObject({
          "if-match": z
            .string()
            .optional()
            .meta({ examples: ['"hash_of_the_file"'] }),
        }),
        body: textGiven,
        response: { 200: savedShown },
      },
    },
    async (request) => {
      const { story } = request.params;
      const { text } = request.body;
      const ifMatch = request.headers["if-match"];
      refuseBlindOverwrite(desk, story, ifMatch);
      const { mistakes } = await checked(desk, story, text);
      if (mistakes.length > 0)
        throw invalidFields(
          mistakes.map(({ file, line, field, problem }) => ({ field: `${file}:${line} ${field}`.trim(), problem })),
        );
      await saveBaseline(desk, { story, text, ifMatch, actor: actorOf(request) });
      const { hash, file, loaded: inForce } = placeOf(desk, story);
      return { file, hash: hash ?? "", loaded: inForce };
    },
  );
}

function commentOf(note: string | undefined): string {
  if (note === undefined) return "";
  return `${note
    .split("\n")
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")}\n\n`;
}

function asBaseline(text: string): Record<string, unknown> | null {
  try {
    const read = readYamlText(text, "baseline.yaml", z.looseObject({}));
    return baselineSchema.safeParse(read).success ? read : null;
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
