import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { BARE_ENVIRONMENT } from "./embedded-binaries.ts";
import { type PostmasterOptions, startPostmaster, stopPostmaster } from "./embedded-postmaster.ts";

/** What the embedded database tells of itself; pino's loggers fit. */
export interface EmbeddedLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Keeps one postmaster running. An owned resource: stop it. */
export interface Keeper {
  pid(): number | null;
  stop(): Promise<void>;
}

const RESTART_PAUSE_MS = [0, 200, 500, 1000, 2000, 5000];

/** Starts the postmaster again whenever it ends without being told to, on the same port, as long as the owner lives. */
export function keepRunning(first: ChildProcess, postmaster: PostmasterOptions, log: EmbeddedLog): Keeper {
  let child: ChildProcess | null = null;
  let guard: ChildProcess | null = null;
  const stopping = new AbortController();
  let restarting: Promise<void> = Promise.resolve();
  const watch = (started: ChildProcess): void => {
    child = started;
    guard = startGuard(started);
    started.once("exit", (code, signal) => {
      child = null;
      guard?.kill("SIGKILL");
      if (stopping.signal.aborted) return;
      log.error({ code, signal }, "the embedded PostgreSQL ended; starting it again");
      restarting = restart();
    });
  };
  const restart = async (): Promise<void> => {
    for (let tries = 0; ; tries++) {
      await pause(RESTART_PAUSE_MS[tries] ?? RESTART_PAUSE_MS.at(-1));
      if (stopping.signal.aborted) return;
      try {
        const again = await startPostmaster(postmaster, stopping.signal);
        watch(again);
        log.info({ pid: again.pid, tries: tries + 1 }, "the embedded PostgreSQL runs again");
        return;
      } catch (error) {
        if (stopping.signal.aborted) return;
        log.error({ err: error, tries: tries + 1 }, "the embedded PostgreSQL could not be started again");
      }
    }
  };
  // An owner that ends without stopping it (an uncaught error) takes the database along.
  const onExit = (): void => void child?.kill("SIGINT");
  process.once("exit", onExit);
  watch(first);
  return {
    pid: () => child?.pid ?? null,
    stop: async () => {
      stopping.abort();
      await restarting;
      if (child?.pid !== undefined) await stopPostmaster(child.pid);
      process.off("exit", onExit);
    },
  };
}

/**
 * A shell that waits for the end of its input, which comes when this process dies, however it dies, and then stops the
 * postmaster: so that a killed daemon leaves no database running. Where there is no shell the next start does it.
 */
function startGuard({ pid }: ChildProcess): ChildProcess | null {
  if (process.platform === "win32" || pid === undefined) return null;
  const guard = spawn("/bin/sh", ["-c", `read -r _; kill -INT ${pid}`], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: BARE_ENVIRONMENT,
    cwd: "/",
  });
  guard.on("error", () => {});
  guard.stdin?.on("error", () => {});
  guard.unref();
  if (guard.stdin !== null && "unref" in guard.stdin && typeof guard.stdin.unref === "function") guard.stdin.unref();
  return guard;
}
