import { createCopyIndex } from "../domain/dedup/copy-index.ts";
import type { CopyRules } from "../domain/dedup/copy-rules.ts";
import { copyWindow } from "../domain/dedup/copy-window.ts";
import { type CopyDecision, decideCopy, type NewItem } from "../domain/dedup/decide-copy.ts";
import { fingerprintItem } from "../domain/dedup/fingerprint-item.ts";
import type { RevisionReader } from "../domain/revision-reader.ts";
import { createClusters } from "../ledger/clusters.ts";
import type { LedgerCopyIndex } from "../ledger/copy-index.ts";
import { lockClusters } from "../ledger/locks.ts";
import { revisionText } from "../ledger/revision-text.ts";
import { commitStage, failAttempt, parkRevision, type TakenRevision, takeRevisions } from "../ledger/revisions.ts";
import type { Database } from "../ledger/schema.ts";
import { batchesOf, type Payload } from "../queues/pipeline.ts";
import { type MovedRow, owedTo, runStage, type StageOutcome } from "../queues/stage-shell.ts";

export interface DeduplicateOptions {
  readonly db: Database;
  readonly read: RevisionReader;
  readonly copyRules: CopyRules;
  readonly copies: LedgerCopyIndex;
  readonly now: () => Date;
  readonly leaseMs: number;
  readonly retryMs: number;
  readonly enqueueNext: (payloads: readonly Payload<"classify">[]) => Promise<void>;
}

/** One index for all stories: a copy is a copy whatever it is about. */
export const COPY_INDEX = "all";

interface Fingerprinted {
  readonly row: TakenRevision;
  readonly item: NewItem;
  readonly windowMs: number;
  readonly lang: string;
}

/** Places revisions in clusters of copies: read → fingerprint → look up and decide under the index's lock → classify. */
export async function deduplicate(ids: readonly string[], options: DeduplicateOptions): Promise<StageOutcome> {
  const { db, now } = options;
  const outcome = await runStage<TakenRevision, Fingerprinted>(
    ids,
    {
      take: (wanted) => takeRevisions(db, { ids: wanted, stage: "deduplicate", now: now(), leaseMs: options.leaseMs }),
      commit: (results) => commitClusters(results, options),
      park: (id, error) => parkRevision(db, { id, error, now: now() }),
      fail: (failed, error) =>
        failAttempt(db, {
          ids: failed,
          stage: "deduplicate",
          error,
          retryAt: new Date(now().getTime() + options.retryMs),
        }),
    },
    (row) => fingerprintOf(row, options),
  );
  await options.enqueueNext(batchesOf(owedTo("classify", outcome.moved)).map((revisions) => ({ revisions })));
  return outcome;
}

function fingerprintOf(row: TakenRevision, { read, copyRules }: DeduplicateOptions): Fingerprinted {
  const readings = read(revisionText(row));
  const taken = fingerprintItem(readings, row.canonicalUrl, copyRules);
  // A date after the item was seen is a wrong one.
  const at = Math.min(row.publishedAt?.getTime() ?? Number.POSITIVE_INFINITY, row.seenAt.getTime());
  // Ids of revisions and of clusters are both digits; the letter keeps a cluster yet to be made apart from one that is.
  const item = { id: `r${row.id}`, at, fingerprint: taken };
  return { row, lang: taken.sketch.lang, item, windowMs: copyWindow(readings) };
}

async function commitClusters(
  results: readonly Fingerprinted[],
  { db, now, copies }: DeduplicateOptions,
): Promise<readonly MovedRow[]> {
  if (results.length === 0) return [];
  // A process that begins reads the whole window, which need not be under the lock.
  await copies.catchUp(db);
  return db.transaction().execute(async (trx) => {
    await lockClusters(trx, COPY_INDEX);
    const decisions = await decideAll(trx, copies, results);
    const firsts = results.filter((_, index) => decisions[index]?.kind === "first").map(({ row }) => row.id);
    const made = await createClusters(trx, { story: COPY_INDEX, firstRevisionIds: firsts, now: now() });
    const clusterOf = ({ cluster }: CopyDecision) =>
      (cluster.startsWith("r") ? made.get(cluster.slice(1)) : cluster) as string;
    const placed = results.map(({ row, item, windowMs }, index) => ({
      revisionId: row.id,
      itemId: row.itemId,
      windowMs,
      clusterId: clusterOf(decisions[index] as CopyDecision),
      at: item.at,
      fingerprint: item.fingerprint,
    }));
    await copies.insert(trx, placed, now());
    return commitStage(trx, {
      stage: "deduplicate",
      now: now(),
      results: results.map(({ row, lang }, index) => {
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
      }),
    });
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
  return results.map(({ item }, index) => {
    const decision = decideCopy(item, [...(known[index] ?? []), ...batch.lookUp(item)]);
    batch.insert(item, decision.cluster);
    return decision;
  });
}

const revisionIdOf = (id: string): string => (id.startsWith("r") ? id.slice(1) : id);
