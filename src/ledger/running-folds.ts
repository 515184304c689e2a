import { sql } from "kysely";
import type { Frame } from "../domain/baseline/frame.ts";
import { bySubject, foldTaken, type HeldOfFresh, type Increment, takenOf } from "../domain/baseline/increment-fold.ts";
import type { Observation } from "../domain/baseline/observation.ts";
import { beginRunningFold, type RunningFold } from "../domain/baseline/running-fold.ts";
import { observationSchema } from "./observation-schema.ts";
import { type LedgerObservation, loadHistory } from "./observations.ts";
import type { Database } from "./schema.ts";

/** What fresh observations add, and what is to be done once they are committed. */
export interface JudgedIncrement extends Increment {
  /** Keeps the folds for the next batch. To be called after the commit: without it they are read from the ledger anew. */
  readonly keep: () => void;
  /** Notes what was inserted, within the transaction. */
  readonly inserted: (trx: Database) => Promise<void>;
}

/**
 * The folds of each story's subjects as one process holds them, so that a batch costs what it brings and not what the
 * ledger holds. The observations of the ledger are the truth: a fold goes on only when all before it are folded.
 */
export interface RunningFolds {
  /** Folds fresh observations in. To be called with the story locked; nobody else adds observations until the commit. */
  readonly judge: (
    trx: Database,
    batch: { readonly frame: Frame; readonly observations: readonly LedgerObservation[] },
  ) => Promise<JudgedIncrement>;
}

/** The last observation of a story that was folded. A ledger that was restored no longer has it. */
interface Mark {
  readonly seq: string;
  readonly id: string;
}

interface Held {
  mark: Mark | null;
  /** By subject; those used last come last. */
  readonly folds: Map<string, RunningFold>;
}

/** Under half a kilobyte each, over all subjects of a story but for the largest: a large story must not take the process's memory. */
const OBSERVATIONS_KEPT = 100_000;
/** What other processes added meanwhile; beyond that it is quicker to begin anew. */
const MOST_TO_CATCH_UP = 2000;

const nothingHeld = (): Held => ({ mark: null, folds: new Map() });

/** Opens the folds of this process. They are empty until they are first asked for. */
export function openRunningFolds(options: { readonly keep?: number } = {}): RunningFolds {
  const most = options.keep ?? OBSERVATIONS_KEPT;
  const stories = new Map<string, Held>();
  return {
    judge: async (trx, { frame, observations }) => {
      const { story } = frame;
      const fresh = observations.map(({ observation }) => observation);
      const known = stories.get(story) ?? nothingHeld();
      // Taken out: what is folded in a transaction that fails must not be found again.
      stories.delete(story);
      const held = await caughtUp(trx, story, known);
      const taken = takenOf(fresh, await heldOfFresh(trx, story, observations));
      const before = await readMissing(trx, { frame, held, taken });
      const folded = foldTaken(taken, (subject) => ({
        running: held.folds.get(subject) as RunningFold,
        before: before.get(subject) ?? [],
      }));
      return {
        ...folded,
        taken,
        inserted: async (after) => {
          held.mark = await lastObservation(after, story);
        },
        keep: () => {
          forgetOldest(held.folds, most);
          stories.set(story, held);
        },
      };
    },
  };
}

/** Folds on what others added since, or begins anew where that cannot be told. */
async function caughtUp(trx: Database, story: string, held: Held): Promise<Held> {
  const last = await lastObservation(trx, story);
  if (held.mark?.seq === last?.seq && held.mark?.id === last?.id) return held;
  const anew = { mark: last, folds: new Map<string, RunningFold>() };
  if (held.mark === null) return anew;
  const [mark, ...added] = await readFrom(trx, story, held.mark.seq);
  if (mark?.id !== held.mark.id || added.length > MOST_TO_CATCH_UP) return anew;
  for (const [subject, list] of bySubject(added.map(({ body }) => observationSchema.parse(body)))) {
    const running = held.folds.get(subject);
    if (running?.follow(list)) running.fold(list);
    else held.folds.delete(subject);
  }
  return { mark: last, folds: held.folds };
}

/** Begins the folds that are not held, or into which what was taken comes late; returns what is stored of those. */
async function readMissing(
  trx: Database,
  { frame, held, taken }: { frame: Frame; held: Held; taken: readonly Observation[] },
): Promise<Map<string, Observation[]>> {
  const missing: string[] = [];
  for (const [subject, mine] of bySubject(taken)) {
    const known = held.folds.get(subject);
    const running = known?.follow(mine) ? known : null;
    if (running === null) missing.push(subject);
    held.folds.delete(subject);
    held.folds.set(subject, running ?? beginRunningFold(frame, subject));
  }
  return bySubject(await loadHistory(trx, { story: frame.story, subjects: missing }));
}

async function lastObservation(trx: Database, story: string): Promise<Mark | null> {
  const last =
    await sql<Mark>`select seq, id from observations where story = ${story} order by seq desc limit 1`.execute(trx);
  return last.rows[0] ?? null;
}

async function readFrom(trx: Database, story: string, seq: string): Promise<(Mark & { readonly body: unknown })[]> {
  const { rows } = await sql<Mark & { body: unknown }>`
    select seq, id, body from observations where story = ${story} and seq >= ${seq}::bigint order by seq
    limit ${MOST_TO_CATCH_UP + 2}`.execute(trx);
  return rows;
}

/** Which fresh observations are stored, and the newest revision of their items that the ledger has for these subjects. */
async function heldOfFresh(
  trx: Database,
  story: string,
  observations: readonly LedgerObservation[],
): Promise<HeldOfFresh> {
  const items = [...new Set(observations.map(({ itemId }) => itemId))];
  const subjects = [...new Set(observations.map(({ observation }) => observation.subject))];
  const { rows } = await sql<{ id: string; item: string; revision: number }>`
    select id, body->>'item' as item, (body->>'revision')::int as revision from observations
    where item_id = any(${items}::bigint[]) and story = ${story} and subject = any(${subjects}::text[])`.execute(trx);
  const newest = new Map<string, number>();
  for (const { item, revision } of rows) newest.set(item, Math.max(revision, newest.get(item) ?? 0));
  return { stored: new Set(rows.map(({ id }) => id)), newest };
}

/** Forgets folds from the one used longest ago on. The last one stays however large it is: to read it anew for every batch would cost more. */
function forgetOldest(folds: Map<string, RunningFold>, most: number): void {
  let count = 0;
  for (const running of folds.values()) count += running.size();
  for (const [subject, running] of folds) {
    if (count <= most || folds.size === 1) return;
    folds.delete(subject);
    count -= running.size();
  }
}
