import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Account, giveTo } from "./embedded-account.ts";
import { BARE_ENVIRONMENT, type Binaries } from "./embedded-binaries.ts";
import { commandLineOf, identify, isStillAlive } from "./embedded-process.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";

/** What a postmaster is started with. */
export interface PostmasterOptions {
  readonly binaries: Binaries;
  readonly account: Account;
  readonly cluster: string;
  readonly port: number;
  /** Further settings of PostgreSQL, `name` to value. */
  readonly settings: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const READY_WITHIN_MS = 120_000;
const FAST_STOP_MS = 7_000;
const IMMEDIATE_STOP_MS = 5_000;
const LOG_LIMIT = 8 * 1024 * 1024;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  max_wal_size: "256MB",
  timezone: "UTC",
  log_timezone: "UTC",
  // Queries here are short: compiling them costs more than it saves.
  jit: "off",
  log_checkpoints: "off",
  // The queues' tables turn over quickly and stay small only when vacuumed often.
  autovacuum_naptime: "15s",
  max_logical_replication_workers: "0",
};

/**
 * Starts the postmaster and waits until it takes connections. It stands in a process group of its own, so that
 * Ctrl-C reaches the daemon alone, which drains its workers before it stops the database.
 * @throws Error with the last lines of PostgreSQL's log; when `signal` is aborted meanwhile, with nothing left running.
 */
export async function startPostmaster(options: PostmasterOptions, signal?: AbortSignal): Promise<ChildProcess> {
  const log = openLog(options.logFile, options.account);
  const settings = { ...SETTINGS, port: String(options.port), ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(options.binaries.postgres, ["-D", options.cluster, ...flags], {
    detached: true,
    stdio: ["ignore", log, log],
    env: BARE_ENVIRONMENT,
    cwd: options.cluster,
    windowsHide: true,
    ...options.account,
  });
  closeSync(log);
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {});
  await Promise.race([untilReady(child, options, signal), failed]);
  return child;
}

/** A port of the loopback address that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done, fail) => server.once("error", fail).listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no free port on 127.0.0.1");
  return address.port;
}

/** Stops a postmaster: open transactions are rolled back; at the second try without a checkpoint. */
export async function stopPostmaster(pid: number): Promise<void> {
  const known = identify(pid);
  if (known === null) return;
  for (const [signal, patience] of [
    ["SIGINT", FAST_STOP_MS],
    ["SIGQUIT", IMMEDIATE_STOP_MS],
    ["SIGKILL", IMMEDIATE_STOP_MS],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + patience;
    while (Date.now() < until) {
      if (!isStillAlive(known)) return;
      await pause(10);
    }
  }
}

/**
 * Stops a postmaster that a dead owner left behind, and removes a `postmaster.pid` that names another process.
 * To be called by the owner of the data folder only. Returns the pid that was stopped.
 */
export async function stopOrphan(cluster: string): Promise<number | null> {
  const file = join(cluster, "postmaster.pid");
  const pid = Number(readFileOr(file, "").split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0) {
    rmSync(file, { force: true });
    return null;
  }
  if (identify(pid) === null) return null;
  if (commandLineOf(pid).includes(cluster)) {
    await stopPostmaster(pid);
    return pid;
  }
  // The pid was given to somebody else: PostgreSQL would take that process for a postmaster and refuse.
  rmSync(file, { force: true });
  return null;
}

async function untilReady(child: ChildProcess, options: PostmasterOptions, signal?: AbortSignal): Promise<void> {
  const file = join(options.cluster, "postmaster.pid");
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until && !signal?.aborted) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new LedgerRefusal(
        `the embedded PostgreSQL ended while starting: ${whyEnded(options.logFile)} (see ${options.logFile})`,
      );
    const lines = readFileOr(file, "").split("\n");
    if (lines[0] === String(child.pid) && lines[7]?.trim() === "ready") return;
    await pause(5);
  }
  if (child.pid !== undefined) await stopPostmaster(child.pid);
  signal?.throwIfAborted();
  throw new Error(
    `the embedded PostgreSQL was not ready within ${READY_WITHIN_MS / 1000} s: ${lastLines(options.logFile)}`,
  );
}

function openLog(file: string, account: Account): number {
  const tooLong = existsSync(file) && statSync(file).size > LOG_LIMIT;
  const log = openSync(file, tooLong ? "w" : "a", 0o600);
  giveTo(account, file);
  return log;
}

function lastLines(file: string): string {
  return readFileOr(file, "").trimEnd().split("\n").slice(-4).join(" | ");
}

/** What it died of; the lines behind that only tell how it went down. */
export function whyEnded(file: string): string {
  const started =
    readFileOr(file, "")
      .split(/^.*LOG: {2}starting PostgreSQL.*$/m)
      .at(-1) ?? "";
  return /(?:FATAL|PANIC): .*/.exec(started)?.[0] ?? lastLines(file);
}

function readFileOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
