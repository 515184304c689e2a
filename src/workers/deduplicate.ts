import { type AnalyzeRevision, readAhead } from "../analysis/analyzer.ts";
import { createCopyIndex } from "../domain/dedup/copy-index.ts";
import { type CopyDecision, decideCopy, type NewItem } from "../domain/dedup/decide-copy.ts";
import type { RevisionAnalysis } from "../domain/revision-analysis.ts";
import { createClusters } from "../ledger/clusters.ts";
import type { LedgerCopyIndex } from "../ledger/copy-index.ts";
import { lockClusters } from "../ledger/locks.ts";
import { relevanceByStory, revisionToAnalyze } from "../ledger/revision-text.ts";
import { commitStage, type StageResult, type TakenRevision } from "../ledger/revisions.ts";
import type { Database } from "../ledger/schema.ts";
import { stageRevisions } from "../ledger/stage-revisions.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { type MovedRow, owedTo, runStage, type StageOutcome } from "../queues/stage-shell.ts";

export interface DeduplicateOptions {
  readonly db: Database;
  readonly analyze: AnalyzeRevision;
  readonly copies: LedgerCopyIndex;
  readonly now: () => Date;
  readonly leaseMs: number;
  readonly retryMs: number;
  readonly enqueueNext: (payloads: readonly Payload<"classify">[]) => Promise<void>;
}

/** One index for all stories: a copy is a copy whatever it is about. */
export const COPY_INDEX = "all";

interface Analyzed {
  readonly row: TakenRevision;
  readonly analysis: RevisionAnalysis;
}

interface Fingerprinted {
  readonly row: TakenRevision;
  readonly item: NewItem;
  readonly windowMs: number;
  readonly lang: string;
}

/**
 * Reads revisions and places those that concern a story in clusters of copies: read → look up and decide under the
 * index's lock → classify. One that concerns no story is done: nothing would come of its copies.
 */
export async function deduplicate(ids: readonly string[], options: DeduplicateOptions): Promise<StageOutcome> {
  const { db } = options;
  const readings = readAhead(options.analyze, revisionToAnalyze);
  const outcome = await runStage<TakenRevision, Analyzed>(
    ids,
    {
      ...stageRevisions(db, { ...options, stage: "deduplicate", onTaken: readings.begin }),
      commit: (results) => commitClusters(results, options),
    },
    async (row) => ({ row, analysis: await readings.of(row) }),
  );
  await options.enqueueNext(batchesOf(owedTo("classify", outcome.moved)).map((revisions) => ({ revisions })));
  return outcome;
}

function fingerprintOf({ row, analysis: { lang, copy } }: Analyzed): Fingerprinted[] {
  if (copy === null) return [];
  // A date after the item was seen is a wrong one.
  const at = Math.min(row.publishedAt?.getTime() ?? Number.POSITIVE_INFINITY, row.seenAt.getTime());
  // Ids of revisions and of clusters are both digits; the letter keeps a cluster yet to be made apart from one that is.
  const item = { id: `r${row.id}`, at, fingerprint: copy.fingerprint };
  return [{ row, lang, item, windowMs: copy.windowMs }];
}

async function commitClusters(results: readonly Analyzed[], options: DeduplicateOptions): Promise<readonly MovedRow[]> {
  const { db, now, copies } = options;
  const concerned = results.flatMap(fingerprintOf);
  const done = results.filter(({ analysis }) => analysis.copy === null).map(doneResult);
  if (concerned.length === 0) return commitStage(db, { stage: "deduplicate", now: now(), results: done });
  // A process that begins reads the whole window, which need not be under the lock.
  await copies.catchUp(db);
  return db.transaction().execute(async (trx) => {
    await lockClusters(trx, COPY_INDEX);
    const placed = await place(trx, concerned, options);
    return commitStage(trx, { stage: "deduplicate", now: now(), results: [...placed, ...done] });
  });
}

function doneResult({ row, analysis }: Analyzed): StageResult {
  const relevance = relevanceByStory(analysis);
  return { id: row.id, nextStage: "done", lang: analysis.lang, relevant: false, relevance };
}

/** Finds the cluster of each, or makes it, and enters it in the index. Under the clusters' lock. */
async function place(
  trx: Database,
  concerned: readonly Fingerprinted[],
  { copies, now }: DeduplicateOptions,
): Promise<StageResult[]> {
  const decisions = await decideAll(trx, copies, concerned);
  const firsts = concerned.filter((_, index) => decisions[index]?.kind === "first").map(({ row }) => row.id);
  const made = await createClusters(trx, { story: COPY_INDEX, firstRevisionIds: firsts, now: now() });
  const clusterOf = ({ cluster }: CopyDecision) =>
    (cluster.startsWith("r") ? made.get(cluster.slice(1)) : cluster) as string;
  const placed = concerned.map(({ row, item, windowMs }, index) => ({
    revisionId: row.id,
    itemId: row.itemId,
    windowMs,
    clusterId: clusterOf(decisions[index] as CopyDecision),
    at: item.at,
    fingerprint: item.fingerprint,
  }));
  await copies.insert(trx, placed, now());
  return concerned.map(({ row, lang }, index) => {
    const { kind, of, veto } = decisions[index] as CopyDecision;
    return {
      id: row.id,
      nextStage: "classify" as const,
      lang,
      clusterId: placed[index]?.clusterId as string,
      clusterKind: kind,
      ...(of === undefined ? {} : { clusterOf: revisionIdOf(of) }),
      ...(veto === undefined ? {} : { clusterVeto: { of: revisionIdOf(veto.of), because: veto.because } }),
    };
  });
}

/** Decides one after the other, so that copies within a batch find each other too. */
async function decideAll(
  trx: Database,
  copies: LedgerCopyIndex,
  results: readonly Fingerprinted[],
): Promise<CopyDecision[]> {
  const known = await copies.find(
    trx,
    results.map(({ item, windowMs }) => ({ ...item, windowMs })),
  );
  const batch = createCopyIndex();
  return results.map(({ item, windowMs }, index) => {
    const decision = decideCopy(item, [...(known[index] ?? []), ...batch.lookUp(item, windowMs)]);
    batch.insert(item, decision.cluster);
    return decision;
  });
}

const revisionIdOf = (id: string): string => (id.startsWith("r") ? id.slice(1) : id);
