import type { Role } from "../domain/role.ts";
import { findMissingRoles } from "../ledger/connected-roles.ts";
import type { Database } from "../ledger/schema.ts";
import { startDuty } from "../upkeep/duty.ts";
import type { Log } from "./log.ts";

export interface WatchOptions {
  readonly db: Database;
  readonly log: Log;
  /** Default 20 s. */
  readonly everyMs?: number;
}

const EVERY_MS = 20_000;
/** Looks in a row that find a role missing before it is told: a process that is replaced is away for less. */
const LOOKS = 3;

/** Tells once of each role that no process has, and when it is there again. An owned resource: stop it. */
export function watchRoles({ db, log, everyMs = EVERY_MS }: WatchOptions): { stop(): Promise<void> } {
  const missed = new Map<Role, number>();
  const look = async (): Promise<void> => {
    const missing = await findMissingRoles(db);
    const back = [...missed.keys()].filter((role) => !missing.includes(role));
    const told = back.filter((role) => (missed.get(role) ?? 0) >= LOOKS);
    for (const role of back) missed.delete(role);
    for (const role of missing) missed.set(role, (missed.get(role) ?? 0) + 1);
    const roles = missing.filter((role) => missed.get(role) === LOOKS);
    if (told.length > 0) log.info({ roles: told }, "a process has these roles again");
    if (roles.length > 0) log.warn({ roles }, "no process has these roles; their work waits");
  };
  // A ledger that cannot be reached is told of by those who need it.
  return startDuty(look, { everyMs, firstAfterMs: everyMs, onError: () => {} });
}
