import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../src/ledger/embedded-postmaster.ts";

/** A Redis of its own that can be killed and started again on its append-only file. Stop it. */
export interface RedisServer {
  readonly url: string;
  readonly pid: () => number | null;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function hasRedis(): boolean {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Starts it on this machine's loopback address, or on the address of another host, under that host's command. */
export async function startRedis({
  host = "127.0.0.1",
  under = [],
}: {
  host?: string;
  under?: readonly string[];
} = {}): Promise<RedisServer> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-redis-"));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const options = ["--port", String(port), "--bind", host, "--dir", dir, "--save", "", "--appendonly", "yes"];
    const safe = ["--appendfsync", "everysec", "--maxmemory-policy", "noeviction", "--protected-mode", "no"];
    const [command = "redis-server", ...args] = [...under, "redis-server", ...options, ...safe];
    child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    const started = child;
    await new Promise<void>((resolve, reject) => {
      started.stdout?.setEncoding("utf8").on("data", (text: string) => {
        if (text.includes("Ready to accept connections")) resolve();
      });
      started.once("exit", () => reject(new Error("redis-server ended")));
    });
  };
  const kill = (): Promise<void> =>
    new Promise((resolve) => {
      if (child === null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
      child = null;
    });
  await start();
  return {
    url: `redis://${host}:${port}`,
    pid: () => child?.pid ?? null,
    kill,
    start,
    stop: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
