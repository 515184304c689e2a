import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Account, canReach, giveTo } from "./embedded-account.ts";
import { BARE_ENVIRONMENT, type Binaries } from "./embedded-binaries.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";

/** The database's superuser and the database: one service has it to itself. */
export const DATABASE_USER = "rasid";
export const DATABASE_NAME = "rasid";

/** Where the embedded PostgreSQL's files stand. */
export interface ClusterPlace {
  /** Root of what PostgreSQL's account must reach: the data, and a copy of the binaries where needed. */
  readonly base: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  readonly passwordFile: string;
}

const ROOTS_PLACE = "/var/lib/rasid";

/**
 * Makes the data folder and chooses where PostgreSQL's files go: inside it, or, where root's choice cannot be reached
 * by the account that PostgreSQL runs under, below /var/lib/rasid under a name drawn from the folder's.
 * @throws Error when neither can be reached.
 */
export function placeCluster(dataDir: string, account: Account): ClusterPlace {
  makeDataDir(dataDir);
  const passwordFile = join(dataDir, "postgres-password");
  // Passing through is enough for PostgreSQL's account; what lies in the folder has its own modes.
  if (account !== null) chmodSync(dataDir, 0o711);
  if (canReach(account, join(dataDir, "postgres")))
    return { base: dataDir, cluster: join(dataDir, "postgres"), passwordFile };
  const base = join(ROOTS_PLACE, `at-${createHash("sha256").update(resolve(dataDir)).digest("hex").slice(0, 12)}`);
  mkdirSync(base, { recursive: true, mode: 0o711 });
  if (!canReach(account, join(base, "postgres")))
    throw new LedgerRefusal(
      `neither ${dataDir} nor ${base} can be reached by the account that PostgreSQL runs under (uid ${account?.uid}): set RASID_DATA to a folder that others may pass through`,
    );
  return { base, cluster: join(base, "postgres"), passwordFile };
}

/** Why a folder cannot be made, by Node's code. */
const NOT_MADE: Record<string, string> = {
  EACCES: "this user may not write there",
  EEXIST: "a file stands in its place",
  ENOTDIR: "a part of the path is a file",
  ENOSPC: "the disk is full",
  EROFS: "the disk can only be read",
};

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // Making several folders at once, Node says of a disk that cannot be written that there is none.
    const reason = NOT_MADE[code] ?? `nothing can be written there (${code})`;
    throw new LedgerRefusal(`the folder ${dataDir} (RASID_DATA) cannot be made: ${reason}`, { cause: error });
  }
}

/**
 * Makes the database files if there are none, and reads the password.
 * @throws Error when the files are of another PostgreSQL version, or initdb fails.
 */
export async function prepareCluster(
  place: ClusterPlace,
  binaries: Binaries,
  account: Account,
): Promise<{ password: string; created: boolean }> {
  if (existsSync(place.cluster)) {
    checkVersion(place.cluster, binaries.major);
    return { password: readFileSync(place.passwordFile, "utf8").trim(), created: false };
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(place.passwordFile, `${password}\n`, { mode: 0o600 });
  await initdb(place, binaries, account, password);
  return { password, created: true };
}

function checkVersion(cluster: string, major: string): void {
  const file = join(cluster, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "unknown";
  if (found === major) return;
  throw new LedgerRefusal(
    `the database in ${cluster} is of PostgreSQL ${found}, this Rasid brings PostgreSQL ${major}: run \`rasid export\` with the Rasid that wrote it, then \`rasid import\` with this one into a new RASID_DATA folder`,
  );
}

const LOCALE = [
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--lc-collate=C",
  "--lc-messages=C",
];

/** Works beside the goal and renames at the end, so that an initdb broken off leaves nothing that looks whole. */
async function initdb(place: ClusterPlace, binaries: Binaries, account: Account, password: string): Promise<void> {
  const fresh = `${place.cluster}.new`;
  const passwords = `${place.cluster}.pw`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  giveTo(account, fresh);
  rmSync(passwords, { force: true });
  writeFileSync(passwords, `${password}\n`, { mode: 0o600 });
  giveTo(account, passwords);
  const options = [
    "-D",
    fresh,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwords}`,
    "--auth=scram-sha-256",
    "--no-instructions",
    ...LOCALE,
  ];
  const run = (ctype: string) =>
    promisify(execFile)(binaries.initdb, [...options, `--lc-ctype=${ctype}`], {
      env: BARE_ENVIRONMENT,
      cwd: place.base,
      ...account,
    });
  try {
    // Systems without C.UTF-8 exist; the builtin provider sorts and folds the same with C.
    await run("C.UTF-8").catch(async (error: unknown) => {
      if (!/locale/.test(String(error))) throw error;
      await run("C");
    });
  } catch (error) {
    const reason = reasonOf(error);
    const [, remedy] = REMEDIES.find(([said]) => said.test(reason)) ?? [];
    const told = remedy === undefined ? reason : `${remedy} (${firstFatal(reason)})`;
    throw new LedgerRefusal(`the database cannot be made in ${place.base}: ${told}`, { cause: error });
  } finally {
    rmSync(passwords, { force: true });
  }
  renameSync(fresh, place.cluster);
}

/** What to do about what initdb says. */
const REMEDIES: readonly (readonly [said: RegExp, remedy: string])[] = [
  [
    /could not look up effective user/,
    "PostgreSQL makes its files only under an account that has a name: run as one that stands in /etc/passwd, or set DATABASE_URL to a PostgreSQL server",
  ],
  [/No space left|free disk space/, "the disk is full; an empty ledger takes 60 MB"],
];

/** The line that tells it, of many. */
function firstFatal(reason: string): string {
  const lines = reason.split("\n");
  return lines.find((line) => /FATAL|error:/i.test(line)) ?? lines[0] ?? "";
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && "stderr" in error && typeof error.stderr === "string" && error.stderr.trim() !== "")
    return error.stderr.trim();
  return error instanceof Error ? error.message : String(error);
}
