import { z } from "zod";
import { readMeta, writeMeta } from "../ledger/meta.ts";
import type { Database } from "../ledger/schema.ts";
import { startDuty } from "../upkeep/duty.ts";
import type { Log } from "./log.ts";

export interface WatchOptions {
  readonly db: Database;
  readonly log: Log;
  readonly now: () => Date;
  /** What this process reads texts with. */
  readonly fingerprint: string;
  /** Default 20 s. */
  readonly everyMs?: number;
}

const EVERY_MS = 20_000;
/** Looks in a row that find another configuration before it is told: processes are restarted one by one. */
const LOOKS = 3;
const KEY = "configuration";
const newestSchema = z.object({ fingerprint: z.string(), startedAt: z.string() });

/**
 * Enters what this process reads with, and tells once when one that started later reads with something else: then the
 * same text could come to different claims. An owned resource: stop it.
 */
export async function watchConfiguration({
  db,
  log,
  now,
  fingerprint,
  everyMs = EVERY_MS,
}: WatchOptions): Promise<{ stop(): Promise<void> }> {
  await writeMeta(db, KEY, { fingerprint, startedAt: now().toISOString() });
  let others = 0;
  const look = async (): Promise<void> => {
    const newest = await readMeta(db, KEY, newestSchema);
    others = newest === undefined || newest.fingerprint === fingerprint ? 0 : others + 1;
    if (others === LOOKS)
      log.warn(
        { own: fingerprint, newest },
        "a process that started later has another configuration; restart this one",
      );
  };
  // A ledger that cannot be reached is told of by those who need it.
  return startDuty(look, { everyMs, firstAfterMs: everyMs, onError: () => {} });
}
