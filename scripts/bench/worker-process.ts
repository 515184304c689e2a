import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { connectToRunning } from "../../src/ledger/embedded.ts";
import { entryFile } from "./built.ts";
import { endWithUs, hasEnded } from "./processes.ts";

/** A process that works stages beside the one that owns the embedded database. Stop it before that one. */
export interface WorkerProcess {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** The environment of the process that owns the database, which must name RASID_SECRET_KEY. */
  readonly environment: NodeJS.ProcessEnv;
  /** The one that it is to keep to, V8's helpers included. Default: as the system gives it. */
  readonly core?: number;
  readonly dataDir: string;
  /** RASID_ROLES. */
  readonly roles: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Starts a worker process and waits for its word that it is ready. */
export async function startWorkerProcess(options: WorkerOptions): Promise<WorkerProcess> {
  const environment = {
    ...options.environment,
    ...options.variables,
    DATABASE_URL: connectToRunning(options.dataDir) ?? "",
    RASID_ROLES: options.roles,
  };
  // What runs the bench itself (a loader of TypeScript) is none of the process that is measured.
  const child = fork(entryFile(), ["start"], {
    env: environment,
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  const pid = child.pid ?? 0;
  endWithUs(pid);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve(hasEnded(pid))));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error("a worker process ended")));
  });
  if (options.core !== undefined) execFileSync("taskset", ["-a", "-c", "-p", String(options.core), String(pid)]);
  return { pid, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}
