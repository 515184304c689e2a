import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { baselinePath, readBaselineFile, replaceFile } from "../config/baseline-file.ts";
import { baselineSchema } from "../config/baseline-schema.ts";
import { baselineYaml } from "../config/baseline-yaml.ts";
import { storyIds } from "../config/load-story.ts";
import { ConfigError, hashOf, readYaml, readYamlText } from "../config/read-yaml.ts";
import { storySchema } from "../config/story-schema.ts";
import { topicsSchema } from "../config/topics-schema.ts";
import { writeRefusal } from "../config/write-refusal.ts";
import { DraftingGivenUp, openDrafter } from "../drafting/drafter.ts";
import type { DraftingAnswer, DraftingJob } from "../drafting/drafting-jobs.ts";
import { type ApiContext, type Audited, actorOf, audited } from "./api-context.ts";
import { baselinePlace, baselineShown, checkShown, draftShown, savedShown } from "./baseline-shown.ts";
import { invalidFields, notFound, Problem } from "./problem.ts";
import { whileRoom } from "./while-room.ts";

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

/** Drafts and checks that may wait for the thread, and how long. */
const MOST_JOBS = 4;
const JOB_MS = 90_000;

/**
 * `/api/v1/baseline`: a baseline drawn from an article, checked, and saved as a file under config/. Nothing that is
 * saved is in force before the service starts anew, and nothing with a `review` left is saved.
 */
export function addBaselineRoutes(server: FastifyInstance, context: ApiContext): void {
  const { configDir, feedsFile } = context;
  const app = server.withTypeProvider<ZodTypeProvider>();
  const loaded = new Map(storyIds(configDir).map((id) => [id, readBaselineFile(configDir, id)?.hash ?? null]));
  const drafter = openDrafter();
  app.addHook("onClose", () => drafter.close());
  const room = whileRoom({ most: MOST_JOBS, ms: JOB_MS, what: "reading the article" });
  app.get(
    "/api/v1/baseline",
    {
      schema: {
        tags,
        summary: "List the stories with their baselines' files",
        response: { 200: z.object({ stories: z.array(baselinePlace) }) },
      },
    },
    async () => ({ stories: storyIds(configDir).map(placeOf) }),
  );
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
      const { text } = fileOf(story);
      return { ...placeOf(story), text, baseline: text === null ? null : asBaseline(text), ...namesOf(story) };
    },
  );
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
      fileOf(options.story);
      const answer = await inThread({ kind: "draft", source: article, options, configDir });
      if (answer.kind !== "drawn") throw new Error(`the drafting thread answered ${answer.kind}`);
      const { drawn } = answer;
      return { article: { ...drawn.article, captions: [...drawn.article.captions] }, draft: { ...drawn.draft } };
    },
  );
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
      return { text, hash: hashOf(text), ...(await checked(story, text)) };
    },
  );
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
      refuseBlindOverwrite(story, request.headers["if-match"]);
      const { mistakes } = await checked(story, text);
      if (mistakes.length > 0)
        throw invalidFields(
          mistakes.map(({ file, line, field, problem }) => ({ field: `${file}:${line} ${field}`.trim(), problem })),
        );
      await save(story, text, request.headers["if-match"], actorOf(request));
      const { hash, file, loaded: inForce } = placeOf(story);
      return { file, hash: hash ?? "", loaded: inForce };
    },
  );

  function fileOf(story: string) {
    const file = readBaselineFile(configDir, story);
    if (file === null) throw notFound("story", story);
    return file;
  }

  function placeOf(story: string): z.output<typeof baselinePlace> {
    const { name, hash, writable } = fileOf(story);
    const { title, window, timezone } = readYaml(join(configDir, "stories", story, "story.yaml"), storySchema);
    const inForce = hash !== null && loaded.get(story) === hash;
    return { story, title, window, timezone, file: name, hash, loaded: inForce, writable };
  }

  function namesOf(story: string): Pick<z.output<typeof baselineShown>, "speakers" | "sides" | "positions"> {
    const { entities } = readYaml(join(configDir, "stories", story, "story.yaml"), storySchema);
    const { topics } = readYaml(join(configDir, "stories", story, "topics.yaml"), topicsSchema);
    return {
      speakers: Object.entries(entities).map(([id, { side, kind }]) => ({ id, side, kind })),
      sides: [...new Set(Object.values(entities).flatMap(({ side }) => side ?? []))].sort(),
      positions: Object.entries(topics).flatMap(([topic, { positions }]) =>
        positions.map(({ position }) => ({ topic, position })),
      ),
    };
  }

  async function checked(story: string, text: string) {
    fileOf(story);
    const answer = await inThread({ kind: "check", configDir, feedsFile, story, text });
    if (answer.kind !== "checked") throw new Error(`the drafting thread answered ${answer.kind}`);
    return { mistakes: [...answer.check.mistakes], doubts: [...answer.check.doubts] };
  }

  /** @throws Problem 428 where the file that would be replaced is not named, 412 where it is another by now. */
  function refuseBlindOverwrite(story: string, given: string | undefined): void {
    const { hash, name } = fileOf(story);
    const named = given?.trim().replace(/^W\//, "").replaceAll('"', "");
    if (hash === null && (named === undefined || named === "")) return;
    if (named === undefined || named === "*")
      throw new Problem(428, "Precondition required", `${name} exists: send its hash as If-Match to replace it`);
    if (named !== hash)
      throw new Problem(
        412,
        "Precondition failed",
        `${name} is not the file that was looked at: it was changed meanwhile`,
      );
  }

  async function save(story: string, text: string, given: string | undefined, actor: string): Promise<void> {
    const path = baselinePath(configDir, story);
    if (path === null) throw notFound("story", story);
    const entry: Audited = { action: "baseline.save", target: `story:${story}` };
    try {
      await audited(
        context,
        actor,
        async () => {
          // Looked at again in the same breath as it is written.
          refuseBlindOverwrite(story, given);
          const before = fileOf(story).hash;
          replaceFile(path, text);
          return before;
        },
        (before) => ({ ...entry, detail: { before, after: hashOf(text) } }),
      );
    } catch (error) {
      const refused = writeRefusal(error);
      if (refused === null) throw error;
      throw new Problem(
        409,
        "Conflict",
        `${fileOf(story).name} cannot be written (${refused}): the configuration folder is read-only for Rasid. Download the file and put it there by hand`,
      );
    }
  }

  async function inThread(job: DraftingJob): Promise<Exclude<DraftingAnswer, { kind: "refused" }>> {
    try {
      const answer = await room(() => drafter.ask(job));
      if (answer.kind !== "refused") return answer;
      if (answer.field !== "") throw invalidFields([{ field: answer.field, problem: answer.message }]);
      throw new Problem(409, "Conflict", `the configuration has mistakes: ${answer.message}`);
    } catch (error) {
      if (error instanceof DraftingGivenUp) throw new Problem(422, "Unprocessable", `the text was ${error.message}`);
      throw error;
    }
  }
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
    readYamlText(text, "baseline.yaml", baselineSchema);
    return readYamlText(text, "baseline.yaml", z.looseObject({}));
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
