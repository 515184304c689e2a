import { type ChildProcess, fork } from "node:child_process";
import { z } from "zod";
import { InputError } from "../input-error.ts";

/** The daemon as a process of its own, as a user would start it. An owned resource: stop it. */
export interface DaemonProcess {
  /** Where its API listens. */
  readonly address: string;
  readonly pid: number;
  /** Ends it as a crash would, at once. */
  kill(): Promise<void>;
  /** Asks it to stop and waits, at most `withinMs`; after that it is killed. */
  stop(withinMs: number): Promise<void>;
  /** Resolves when the process ended without having been asked to. */
  readonly died: Promise<string>;
}

const readyMessage = z.object({ type: z.literal("ready"), address: z.string() });

export interface DaemonOptions {
  /** The command line's entry file. */
  readonly entry: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where its log goes; null: nowhere. */
  readonly onLog: ((line: string) => void) | null;
}

/**
 * Starts `rasid start` and waits until it is ready.
 * @throws InputError with the reason that it gives when it ends before.
 */
export async function startDaemonProcess({ entry, environment, onLog }: DaemonOptions): Promise<DaemonProcess> {
  // What this process was started with (a loader of TypeScript, say) is not for a daemon that is compiled.
  const execArgv = entry.endsWith(".ts") ? process.execArgv : [];
  const child = fork(entry, ["start"], { env: environment, execArgv, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const lastWords: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords.push(text);
    if (lastWords.length > 20) lastWords.shift();
    onLog?.(text);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  const address = await Promise.race([
    readyOf(child),
    ended.then((how) => Promise.reject(new InputError(`the daemon ended (${how}): ${reasonIn(lastWords.join(""))}`))),
  ]);
  let asked = false;
  return {
    address,
    pid: child.pid ?? 0,
    died: new Promise((resolve) => void ended.then((how) => asked || resolve(`${how}\n${lastWords.join("")}`))),
    kill: async () => {
      asked = true;
      child.kill("SIGKILL");
      await ended;
    },
    stop: async (withinMs) => {
      asked = true;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), withinMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

const lastLine = z.object({ reason: z.string() });

/** The reason in the last line of a log; all of the log where there is none. */
export function reasonIn(log: string): string {
  try {
    return lastLine.parse(JSON.parse(log.trimEnd().split("\n").at(-1) ?? "")).reason;
  } catch {
    return log.trimEnd();
  }
}

function readyOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on("message", (message: unknown) => {
      const ready = readyMessage.safeParse(message);
      if (ready.success) resolve(ready.data.address);
    });
  });
}
