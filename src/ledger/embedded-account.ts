import { chownSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The account under which PostgreSQL runs; it refuses to run as root. null: the account of this process. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** "nobody" on every system that has it, and needs no entry in a user table where it is absent. */
const UNPRIVILEGED = 65534;

/** The account for PostgreSQL: unprivileged when this process is root, else the same. */
export function postgresAccount(): Account {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : null;
}

/** Tells whether the account may pass through every folder above a path, judged by the mode bits. */
export function canReach(account: Account, path: string): boolean {
  if (account === null) return true;
  let folder = dirname(resolve(path));
  while (true) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    const above = dirname(folder);
    if (above === folder) return true;
    folder = above;
  }
}

/** Gives a file or folder to the account. */
export function giveTo(account: Account, path: string): void {
  if (account !== null) chownSync(path, account.uid, account.gid);
}
