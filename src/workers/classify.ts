import type { Relevance } from "../domain/classify/relevance.ts";
import type { RevisionReader } from "../domain/revision-reader.ts";
import { revisionText } from "../ledger/revision-text.ts";
import {
  commitStage,
  failAttempt,
  parkRevision,
  type StageResult,
  type TakenRevision,
  takeRevisions,
} from "../ledger/revisions.ts";
import type { Database } from "../ledger/schema.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { owedTo, runStage, type StageOutcome } from "../queues/stage-shell.ts";

export interface ClassifyOptions {
  readonly db: Database;
  readonly read: RevisionReader;
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
  const outcome = await runStage<TakenRevision, StageResult>(
    ids,
    {
      take: (wanted) => takeRevisions(db, { ids: wanted, stage: "classify", now: now(), leaseMs: options.leaseMs }),
      commit: (results) => commitStage(db, { stage: "classify", results, now: now() }),
      park: (id, error) => parkRevision(db, { id, error, now: now() }),
      fail: (failed, error) =>
        failAttempt(db, {
          ids: failed,
          stage: "classify",
          error,
          retryAt: new Date(now().getTime() + options.retryMs),
        }),
    },
    (row) => classified(row, options.read),
  );
  const relevant = owedTo("match", outcome.moved);
  await options.enqueueNext(batchesOf(relevant).map((revisions) => ({ revisions })));
  return { ...outcome, relevant: relevant.length };
}

function classified(row: TakenRevision, read: RevisionReader): StageResult {
  const byStory: Record<string, Relevance> = {};
  for (const { story, analysis } of read(revisionText(row))) byStory[story.id] = analysis.relevance;
  const relevant = Object.values(byStory).some((relevance) => relevance.relevant);
  return { id: row.id, nextStage: relevant ? "match" : "done", relevant, relevance: byStory };
}
