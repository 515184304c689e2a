import { z } from "zod";
import { loadEvidence } from "../ledger/evidence.ts";
import type { ApiContext } from "./api-context.ts";
import { evidenceShown, showEvidence } from "./evidence-shown.ts";
import { notFound } from "./problem.ts";
import { readingRules } from "./reading-rules.ts";
import { rulesOf, storyOf } from "./story-routes.ts";
import type { ZodServer } from "./zod-server.ts";

/** `/api/v1/stories/:story/observations/:id/evidence`: the words of a claim, and all around them. */
export function addEvidenceRoutes(app: ZodServer, context: ApiContext): void {
  app.get(
    "/api/v1/stories/:story/observations/:id/evidence",
    {
      schema: {
        tags: ["observations"],
        summary: "Follow an observation back to its item, revisions and copies, and on to what it changed and raised",
        params: z.object({
          story: z.string().meta({ examples: ["armenia-azerbaijan"] }),
          id: z.string().meta({ examples: ["1:1:text:0"] }),
        }),
        response: { 200: evidenceShown },
      },
    },
    async ({ params }) => {
      const story = storyOf(context.stories, params.story);
      const chain = await loadEvidence(context.db, story.id, params.id);
      if (chain === undefined) throw notFound("observation", params.id);
      const number = chain.revisions.find(({ revision }) => revision.id === chain.observation.revision_id)?.revision
        .number;
      const read = await readingRules(chain.observation, number, context);
      return showEvidence(chain, { story, read, rules: rulesOf(context, story) });
    },
  );
}
