import { setImmediate as breathe } from "node:timers/promises";

/** What the shell needs of a row that a stage works on. */
export interface TakenRow {
  readonly id: string;
  /** Takes before this one that did not end in a commit. */
  readonly attempts: number;
}

/** A row that a commit moved on; owed to that stage unless it is done. */
export interface MovedRow {
  readonly id: string;
  readonly stage: string;
}

/** The ledger as a stage sees it. */
export interface StageLedger<Row extends TakenRow, Result> {
  take(ids: readonly string[]): Promise<Row[]>;
  /** Commits results and moves the rows on; returns those that moved, with the stage in which they stand now. */
  commit(results: readonly Result[]): Promise<readonly MovedRow[]>;
  park(id: string, error: string): Promise<unknown>;
  /** Gives taken rows back as if they had not been taken. */
  release(ids: readonly string[]): Promise<unknown>;
  /** Notes why the rows could not be worked on now, and frees them for a later try; `counted` says whether it was one. */
  fail(ids: readonly string[], error: string, counted: boolean): Promise<void>;
}

export interface StageOutcome {
  readonly taken: number;
  readonly moved: readonly MovedRow[];
  readonly parked: number;
}

/** The ids of the moved rows that a stage now owes. */
export function owedTo(stage: string, moved: readonly MovedRow[]): string[] {
  return moved.filter((row) => row.stage === stage).map(({ id }) => id);
}

/** A row that was begun so often without an end comes after the others, in small company: the first of it alone. */
const ATTEMPTS_IN_COMPANY = 3;
/** And so often, always alone: the death of its worker then is its own. */
const ATTEMPTS_IN_SMALL_COMPANY = 10;
/** A row that was begun so often without an end is taken out of the way: it would stop the same worker again and again. */
const MOST_ATTEMPTS = 25;
/** Rows decided between two breaths of the event loop. */
const ROWS_A_TURN = 8;

/**
 * Works one job of a stage: take → decide → commit. A row whose decision throws is parked with its error and the rest
 * of the batch commits; when the ledger fails, all rows go back and the error is thrown, for the queue to try again.
 * Rows whose batch ended badly several times come after the others: one, then two, four and so on while all goes well,
 * so that a worker that is killed again and again still gets on, and soon is through when it is not any more; those that
 * ended badly more often still one by one, so that nothing is parked for the company it was in.
 */
export async function runStage<Row extends TakenRow, Result>(
  ids: readonly string[],
  ledger: StageLedger<Row, Result>,
  decide: (row: Row) => Result | Promise<Result>,
): Promise<StageOutcome> {
  const rows = await ledger.take(ids);
  const suspects = rows.length > 1 ? rows.filter(({ attempts }) => attempts >= ATTEMPTS_IN_COMPANY) : [];
  if (suspects.length === 0) return workOn(rows, ledger, decide);
  await ledger.release(suspects.map(({ id }) => id));
  const sound = rows.filter((row) => !suspects.includes(row));
  const outcomes = [await workOn(sound, ledger, decide)];
  for (const piece of piecesOf(suspects)) outcomes.push(await workOn(await ledger.take(piece), ledger, decide));
  return {
    taken: outcomes.reduce((sum, { taken }) => sum + taken, 0),
    moved: outcomes.flatMap(({ moved }) => moved),
    parked: outcomes.reduce((sum, { parked }) => sum + parked, 0),
  };
}

/** Ids in pieces that double from one on; of rows that are to be alone, one each. */
function piecesOf(suspects: readonly TakenRow[]): string[][] {
  const idsOf = (alone: boolean) =>
    suspects.filter(({ attempts }) => attempts >= ATTEMPTS_IN_SMALL_COMPANY === alone).map(({ id }) => id);
  const together = idsOf(false);
  const pieces: string[][] = [];
  for (let from = 0; from < together.length; from = 2 * from + 1) pieces.push(together.slice(from, 2 * from + 1));
  return [...pieces, ...idsOf(true).map((id) => [id])];
}

async function workOn<Row extends TakenRow, Result>(
  rows: readonly Row[],
  ledger: StageLedger<Row, Result>,
  decide: (row: Row) => Result | Promise<Result>,
): Promise<StageOutcome> {
  const results: Result[] = [];
  let parked = 0;
  try {
    for (const [index, row] of rows.entries()) {
      if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await breathe();
      const decided = await decideOne(row, decide);
      if ("result" in decided) results.push(decided.result);
      else {
        await ledger.park(row.id, decided.error);
        parked += 1;
      }
    }
    return { taken: rows.length, moved: await ledger.commit(results), parked };
  } catch (error) {
    const left = rows.map(({ id }) => id);
    const reason = error instanceof Error ? error.message : String(error);
    await ledger.fail(left, reason, !isFromOutside(error)).catch(() => {});
    throw error;
  }
}

async function decideOne<Row extends TakenRow, Result>(
  row: Row,
  decide: (row: Row) => Result | Promise<Result>,
): Promise<{ result: Result } | { error: string }> {
  if (row.attempts >= MOST_ATTEMPTS) return { error: `gave up after ${row.attempts} tries that did not end` };
  try {
    return { result: await decide(row) };
  } catch (error) {
    if (isPassing(error)) throw error;
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const SYSTEM_ERROR = /^E[A-Z]{3,}$/;
/** PostgreSQL's codes have five characters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const DATABASE_ERROR = /^[0-9A-Z]{5}$/;
/** Connection, transaction, rollback, room, state of an object, a hand from outside, system: no row's doing. */
const NO_ROWS_DOING = /^(08|25|40|53|55|57|58)/;

/** Errors of the store and the network pass; the row is not at fault. */
function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return SYSTEM_ERROR.test(code) || DATABASE_ERROR.test(code);
}

/** It would have been the same with any other row, so that these are as good as before, however long it lasts. */
function isFromOutside(error: unknown): boolean {
  const code = codeOf(error);
  return SYSTEM_ERROR.test(code) || (DATABASE_ERROR.test(code) && NO_ROWS_DOING.test(code));
}

function codeOf(error: unknown): string {
  const code: unknown = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === "string" ? code : "";
}
