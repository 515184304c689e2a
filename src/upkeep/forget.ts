import { setTimeout as pause } from "node:timers/promises";
import { dropFingerprints } from "../ledger/copy-index.ts";
import { dropOldWrites } from "../ledger/idempotency.ts";
import {
  type Forgotten,
  forgetAttempts,
  forgetAudit,
  forgetBodies,
  forgetSessions,
  forgetTexts,
} from "../ledger/retention.ts";
import type { Database } from "../ledger/schema.ts";
import type { Retention } from "../settings.ts";

export interface ForgetPlan {
  readonly db: Database;
  readonly now: () => Date;
  readonly retention: Retention;
  /** Ends it between two steps; the next run goes on. */
  readonly signal: AbortSignal;
}

/** Rows that were forgotten. */
export interface Pruned {
  readonly fingerprints: number;
  readonly texts: number;
  readonly bodies: number;
  readonly attempts: number;
  readonly audit: number;
  readonly sessions: number;
  readonly writes: number;
}

const DAY_MS = 86_400_000;
/** Few enough that a step holds its rows for some milliseconds. */
const ROWS_A_STEP = 500;
/** Between two steps others have the database to themselves. */
const REST_MS = 20;

/** Forgets what is past its time, step by step. Never what an observation, and so an alert, was read from. */
export async function forget({ db, now, retention, signal }: ForgetPlan): Promise<Pruned> {
  const at = now();
  const limit = ROWS_A_STEP;
  const after = (days: number | null, step: (before: Date) => Promise<Forgotten>): Promise<number> =>
    days === null ? Promise.resolve(0) : stepwise(() => step(new Date(at.getTime() - days * DAY_MS)), signal);
  return {
    fingerprints: await after(0, (before) => dropFingerprints(db, { before, limit })),
    texts: await after(retention.textsDays, (before) => forgetTexts(db, { before, limit, now: at })),
    attempts: await after(retention.attemptsDays, (before) => forgetAttempts(db, { before, limit })),
    bodies: await after(retention.bodiesDays, (before) => forgetBodies(db, { before, limit })),
    audit: await after(retention.auditDays, (before) => forgetAudit(db, { before, limit })),
    sessions: await after(0, (before) => forgetSessions(db, { before, limit })),
    writes: await dropOldWrites(db, at),
  };
}

async function stepwise(step: () => Promise<Forgotten>, signal: AbortSignal): Promise<number> {
  let rows = 0;
  while (!signal.aborted) {
    const done = await step();
    rows += done.rows;
    if (!done.more) break;
    await pause(REST_MS, undefined, { signal }).catch(() => {});
  }
  return rows;
}
