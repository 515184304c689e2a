import type { ChildProcess } from "node:child_process";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { postgresAccount } from "./embedded-account.ts";
import { prepareBinaries } from "./embedded-binaries.ts";
import { DATABASE_NAME, DATABASE_USER, placeCluster, prepareCluster } from "./embedded-cluster.ts";
import { type EmbeddedLog, keepRunning } from "./embedded-keeper.ts";
import { liveOwner, takeOwnership } from "./embedded-owner.ts";
import { freePort, type PostmasterOptions, startPostmaster, stopOrphan } from "./embedded-postmaster.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** Further settings of PostgreSQL, `name` to value. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running embedded PostgreSQL. An owned resource: stop it. */
export interface EmbeddedPostgres {
  /** Connection string with password; it stays the same when a dead postmaster is restarted. */
  readonly url: string;
  /** The postmaster's pid now. */
  pid(): number | null;
  /** Ends every connection and the server, and gives the data folder free. Can be called again. */
  stop(): Promise<void>;
}

const connectionSchema = z.object({ url: z.string(), port: z.int(), owner: z.int() });
const PORT_TRIES = 3;

/**
 * Starts the PostgreSQL of a data folder and keeps it running: a postmaster that dies is started again.
 * @throws OwnerAliveError when another live process runs it; Error in words for users when it cannot be started.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const account = postgresAccount();
  const place = placeCluster(dataDir, account);
  const ownership = takeOwnership(dataDir);
  try {
    rmSync(connectionFile(dataDir), { force: true });
    const orphan = await stopOrphan(place.cluster);
    if (orphan !== null) options.log.warn({ pid: orphan }, "stopped a PostgreSQL that a dead process had left behind");
    const binaries = prepareBinaries(account, place.base);
    const { password, created } = await prepareCluster(place, binaries, account);
    const settings = options.settings ?? {};
    const logFile = join(place.base, "postgres.log");
    const first = await startOnFreePort({ binaries, account, cluster: place.cluster, settings, logFile });
    const url = urlOf(first.postmaster.port, password);
    const keeper = keepRunning(first.child, first.postmaster, options.log);
    try {
      await (created ? createDatabase(url) : ensureDatabase(url));
      writeConnection(dataDir, { url, port: first.postmaster.port, owner: process.pid });
    } catch (error) {
      await keeper.stop();
      throw error;
    }
    options.log.info({ port: first.postmaster.port, pid: first.child.pid, dataDir }, "the embedded PostgreSQL runs");
    const shutDown = async (): Promise<void> => {
      rmSync(connectionFile(dataDir), { force: true });
      await keeper.stop().finally(ownership.release);
    };
    let stopped: Promise<void> | null = null;
    return {
      url,
      pid: keeper.pid,
      stop: () => {
        stopped ??= shutDown();
        return stopped;
      },
    };
  } catch (error) {
    ownership.release();
    throw error;
  }
}

/**
 * The connection string of the embedded PostgreSQL that another live process runs on this data folder; null when none does.
 * @throws Error when it runs but this account may not read its password.
 */
export function connectToRunning(dataDir: string): string | null {
  const owner = liveOwner(dataDir);
  if (owner === null) return null;
  try {
    const connection = connectionSchema.parse(JSON.parse(readFileSync(connectionFile(dataDir), "utf8")));
    // What an owner killed before left behind names a port that may be somebody else's by now.
    return connection.owner === owner.pid ? connection.url : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new LedgerRefusal(`${connectionFile(dataDir)} cannot be read: run this as the user who runs the daemon`, {
      cause: error,
    });
  }
}

const connectionFile = (dataDir: string): string => join(dataDir, "connection.json");

const urlOf = (port: number, password: string, database = DATABASE_NAME): string =>
  `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;

function writeConnection(dataDir: string, connection: z.output<typeof connectionSchema>): void {
  const file = connectionFile(dataDir);
  rmSync(`${file}.new`, { force: true });
  writeFileSync(`${file}.new`, JSON.stringify(connection), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Between the look for a free port and its use another program may take it: then the next is tried. */
async function startOnFreePort(
  options: Omit<PostmasterOptions, "port">,
): Promise<{ child: ChildProcess; postmaster: PostmasterOptions }> {
  for (let tries = 1; ; tries++) {
    const postmaster = { ...options, port: await freePort() };
    try {
      return { child: await startPostmaster(postmaster), postmaster };
    } catch (error) {
      if (tries === PORT_TRIES || !/in use|could not create any TCP/i.test(String(error))) throw error;
      await pause(200);
    }
  }
}

/** A first start may have been broken off between initdb and this. */
async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    const UNKNOWN_DATABASE = "3D000";
    if (!(error instanceof pg.DatabaseError) || error.code !== UNKNOWN_DATABASE) throw error;
    await createDatabase(url);
  } finally {
    await client.end();
  }
}

async function createDatabase(url: string): Promise<void> {
  const server = new URL(url);
  server.pathname = "/postgres";
  const client = new pg.Client({ connectionString: server.href });
  await client.connect();
  try {
    await client.query(`create database ${DATABASE_NAME}`);
  } finally {
    await client.end();
  }
}
