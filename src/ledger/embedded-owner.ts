import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { identify, isStillAlive } from "./embedded-process.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";

/** The data folder belongs to a process that lives. */
export class OwnerAliveError extends LedgerRefusal {
  override name = "OwnerAliveError";
  readonly pid: number;
  constructor(dataDir: string, owner: Owner) {
    const where = owner.host === hostname() ? "" : ` on ${owner.host}`;
    super(
      `the data in ${dataDir} is in use by process ${owner.pid}${where}, which took it at ${owner.since}; stop it first, or set RASID_DATA to another folder`,
    );
    this.pid = owner.pid;
  }
}

const ownerSchema = z.object({ pid: z.int(), started: z.string(), host: z.string(), since: z.string() });
/** Who runs the PostgreSQL of a data folder: one process, told from later ones by its start time. */
export type Owner = z.output<typeof ownerSchema>;

/** Held by the owner of a data folder. */
export interface Ownership {
  release(): void;
}

const HEARTBEAT_MS = 5_000;
/** Pids of another machine or container cannot be asked for; its heartbeat on the shared volume can. */
const SILENCE_MS = 30_000;

/**
 * Makes this process the owner of the data folder, taking it over from a dead one.
 * @throws OwnerAliveError when its owner lives.
 */
export function takeOwnership(dataDir: string): Ownership {
  const file = ownerFile(dataDir);
  const self = identify(process.pid);
  if (self === null) throw new Error(`process ${process.pid} cannot be identified: is /proc mounted?`);
  const text = JSON.stringify({ ...self, host: hostname(), since: new Date().toISOString() } satisfies Owner);
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, text, { mode: 0o644 });
  try {
    while (!tryLink(mine, file)) removeDead(dataDir, file);
  } finally {
    unlinkSync(mine);
  }
  const beat = setInterval(() => touch(file), HEARTBEAT_MS);
  beat.unref();
  return {
    release: () => {
      clearInterval(beat);
      if (readIfThere(file) === text) unlinkSync(file);
    },
  };
}

/** The owner of a data folder if it lives, else null. */
export function liveOwner(dataDir: string): Owner | null {
  const owner = parseOwner(readIfThere(ownerFile(dataDir)));
  return owner !== null && lives(owner, ownerFile(dataDir)) ? owner : null;
}

const ownerFile = (dataDir: string): string => join(dataDir, "owner.json");

/** A link is made whole or not at all, so two starts at once cannot both win. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function removeDead(dataDir: string, file: string): void {
  const text = readIfThere(file);
  if (text === null) return;
  const owner = parseOwner(text);
  if (owner !== null && lives(owner, file)) throw new OwnerAliveError(dataDir, owner);
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readFileSync(aside, "utf8");
  // Another start may have taken over between our look and our move: then its record goes back.
  if (moved !== text) tryLink(aside, file);
  unlinkSync(aside);
}

function lives(owner: Owner, file: string): boolean {
  if (owner.host === hostname()) return isStillAlive(owner);
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < SILENCE_MS;
}

function parseOwner(text: string | null): Owner | null {
  if (text === null) return null;
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // A missed beat is made up by the next.
  }
}
