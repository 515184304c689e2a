import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { z } from "zod";

/** One process of the service with some of its roles. An owned resource: stop it. */
export interface RoleProcess {
  readonly roles: string;
  readonly pid: number;
  /** Where its API listens; null without the role `api`. */
  readonly address: string | null;
  /** Its log since its start, a JSON object a line. */
  readonly log: () => string;
  readonly alive: () => boolean;
  /** Freezes it, as a machine that hangs would; `thaw` lets it go on. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** Asks it to stop. Returns after how many milliseconds it had ended, and how. */
  stop(withinMs: number): Promise<{ tookMs: number; code: number | null }>;
}

const readyMessage = z.object({ type: z.literal("ready"), address: z.string().nullable() });

export interface RoleProcessOptions {
  readonly entry: string;
  readonly roles: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The command it runs under, such as `ip netns exec NAME`. */
  readonly under?: readonly string[];
}

/** Starts `rasid start` with these roles and waits until it is ready. @throws Error with the last of its log. */
export async function startRoleProcess(options: RoleProcessOptions): Promise<RoleProcess> {
  const { entry, roles, environment, under = [] } = options;
  const [command = process.execPath, ...args] = [...under, process.execPath, entry, "start"];
  const child = spawn(command, args, {
    env: { ...environment, RASID_ROLES: roles },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
    if (process.env.RASID_FAULTS_LOG) appendFileSync(process.env.RASID_FAULTS_LOG, text);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
  });
  const address = await Promise.race([
    readyOf(child),
    ended.then((code) => Promise.reject(new Error(`the process of ${roles} ended (${code}):\n${log.slice(-4000)}`))),
  ]);
  const send = (signal: NodeJS.Signals): void => void child.kill(signal);
  return {
    roles,
    pid: child.pid ?? 0,
    address,
    log: () => log,
    alive: () => child.exitCode === null && child.signalCode === null,
    freeze: () => send("SIGSTOP"),
    thaw: () => send("SIGCONT"),
    kill: async () => {
      send("SIGKILL");
      await ended;
    },
    stop: async (withinMs) => {
      const begun = Date.now();
      send("SIGTERM");
      const timer = setTimeout(() => send("SIGKILL"), withinMs);
      const code = await ended;
      clearTimeout(timer);
      return { tookMs: Date.now() - begun, code };
    },
  };
}

function readyOf(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.on("message", (message: unknown) => {
      const ready = readyMessage.safeParse(message);
      if (ready.success) resolve(ready.data.address);
    });
  });
}
