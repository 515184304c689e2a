import { type AnalyzeRevision, readAhead } from "../analysis/analyzer.ts";
import type { RevisionAnalysis } from "../domain/revision-analysis.ts";
import { relevanceByStory, revisionToAnalyze } from "../ledger/revision-text.ts";
import { commitStage, type StageResult, type TakenRevision } from "../ledger/revisions.ts";
import type { Database } from "../ledger/schema.ts";
import { stageRevisions } from "../ledger/stage-revisions.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { owedTo, runStage, type StageOutcome } from "../queues/stage-shell.ts";

export interface ClassifyOptions {
  readonly db: Database;
  readonly analyze: AnalyzeRevision;
  readonly now: () => Date;
  readonly leaseMs: number;
  readonly retryMs: number;
  readonly enqueueNext: (payloads: readonly Payload<"match">[]) => Promise<void>;
}

/** Decides which stories a revision belongs to. One that belongs to none is done; the words that decided are kept. */
export async function classify(
  ids: readonly string[],
  options: ClassifyOptions,
): Promise<StageOutcome & { relevant: number }> {
  const { db, now } = options;
  const readings = readAhead(options.analyze, revisionToAnalyze);
  const outcome = await runStage<TakenRevision, StageResult>(
    ids,
    {
      ...stageRevisions(db, { ...options, stage: "classify", onTaken: readings.begin }),
      commit: (results) => commitStage(db, { stage: "classify", results, now: now() }),
    },
    async (row) => classified(row, await readings.of(row)),
  );
  const relevant = owedTo("match", outcome.moved);
  await options.enqueueNext(batchesOf(relevant).map((revisions) => ({ revisions })));
  return { ...outcome, relevant: relevant.length };
}

function classified(row: TakenRevision, analysis: RevisionAnalysis): StageResult {
  const { relevant } = analysis;
  return { id: row.id, nextStage: relevant ? "match" : "done", relevant, relevance: relevanceByStory(analysis) };
}
