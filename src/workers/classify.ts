import { type AnalyzeRevision, readAhead } from "../analysis/analyzer.ts";
import type { RevisionAnalysis } from "../domain/revision-analysis.ts";
import { relevanceByStory, revisionToAnalyze } from "../ledger/revision-text.ts";
import {
  commitStage,
  failAttempt,
  parkRevision,
  releaseRevisions,
  type StageResult,
  type TakenRevision,
  takeRevisions,
} from "../ledger/revisions.ts";
import type { Database } from "../ledger/schema.ts";
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
      take: async (wanted) => {
        const rows = await takeRevisions(db, {
          ...{ ids: wanted, stage: "classify", now: now(), leaseMs: options.leaseMs },
        });
        readings.begin(rows);
        return rows;
      },
      commit: (results) => commitStage(db, { stage: "classify", results, now: now() }),
      release: (left) => releaseRevisions(db, { ids: left, stage: "classify" }),
      park: (id, error) => parkRevision(db, { id, error, now: now() }),
      fail: (failed, error) =>
        failAttempt(db, {
          ids: failed,
          stage: "classify",
          error,
          retryAt: new Date(now().getTime() + options.retryMs),
        }),
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
