import { z } from "zod";
import { AnalysisError } from "../analysis/analyzer.ts";
import type { TraceLine } from "../domain/claims/claim.ts";
import { type EvidenceChain, loadEvidence } from "../ledger/evidence.ts";
import { revisionText } from "../ledger/revision-text.ts";
import { readRevision } from "../ledger/revisions.ts";
import type { ApiContext } from "./api-context.ts";
import { evidenceShown, showEvidence } from "./evidence-shown.ts";
import { notFound } from "./problem.ts";
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
      const trace = await traceFor(story.id, chain, context);
      return showEvidence(chain, { story, trace, rules: rulesOf(context, story) });
    },
  );
}

/** The trace is not kept: the same text gives the same one whenever it is read. */
async function traceFor(
  story: string,
  { observation, revisions }: EvidenceChain,
  { db, readToTrace }: ApiContext,
): Promise<readonly TraceLine[]> {
  const number = revisions.find(({ id }) => id === observation.revision_id)?.number;
  const row = await readRevision(db, { itemId: observation.item_id, number });
  if (number === undefined || row === undefined) return [];
  try {
    const readings = await readToTrace(revisionText(row));
    return readings.find((reading) => reading.story === story)?.analysis.trace ?? [];
  } catch (error) {
    if (error instanceof AnalysisError) return [];
    throw error;
  }
}
