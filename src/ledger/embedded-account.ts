import { chownSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** The account under which PostgreSQL runs; it refuses to run as root. null: the account of this process. */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** "nobody" of Linux. */
const UNPRIVILEGED = 65534;

/** The account for PostgreSQL: unprivileged when this process is root, else the same. */
export function postgresAccount(): Account {
  return process.getuid?.() === 0 ? nobody(readUsers()) : null;
}

/** Uid 65534 as a rule. Where it has no name (macOS calls another one "nobody") initdb would refuse it. */
export function nobody(users: string): Exclude<Account, null> {
  const known = users.split("\n").map((line) => line.split(":"));
  if (known.some(([, , uid]) => uid === String(UNPRIVILEGED))) return { uid: UNPRIVILEGED, gid: UNPRIVILEGED };
  const [, , uid, gid] = known.find(([name]) => name === "nobody") ?? [];
  // macOS writes -2 for what the system calls 4294967294.
  return uid === undefined
    ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED }
    : { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}

function readUsers(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
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
