import { failAttempt, parkRevision, releaseRevisions, type TakenRevision, takeRevisions } from "./revisions.ts";
import type { Database, LedgerId, OwedStage } from "./schema.ts";

export interface StageRevisionsOptions {
  readonly stage: OwedStage;
  readonly now: () => Date;
  /** How long a taken revision is its taker's. */
  readonly leaseMs: number;
  /** When a revision that could not be worked on is tried again. */
  readonly retryMs: number;
  /** Is told of what was taken, before the stage works on it. */
  readonly onTaken: (rows: readonly TakenRevision[]) => void;
}

/** How a stage takes revisions from the ledger and gives them back. What it commits is its own matter. */
export function stageRevisions(db: Database, { stage, now, leaseMs, retryMs, onTaken }: StageRevisionsOptions) {
  return {
    take: async (ids: readonly LedgerId[]): Promise<TakenRevision[]> => {
      const rows = await takeRevisions(db, { ids, stage, now: now(), leaseMs });
      onTaken(rows);
      return rows;
    },
    release: (ids: readonly LedgerId[]) => releaseRevisions(db, { ids, stage }),
    park: (id: LedgerId, error: string) => parkRevision(db, { id, stage, error, now: now() }),
    fail: (ids: readonly LedgerId[], error: string, counted: boolean) =>
      failAttempt(db, { ids, stage, error, counted, retryAt: new Date(now().getTime() + retryMs) }),
  };
}
