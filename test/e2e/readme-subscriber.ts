import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import { startWorld, type World } from "../faults/world.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A running receiver. An owned resource: stop it. */
export interface ReadmeSubscriber {
  /** What it said of each alert that it handled. */
  readonly lines: () => string[];
  /** Kills it, as a crash does. */
  readonly stop: () => Promise<void>;
}

/** The receiver as the README gives it, in a folder of its own with the official library alone. */
async function startReadmeSubscriber(dir: string, secret: string, port: number): Promise<ReadmeSubscriber> {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const program = [...readme.matchAll(/```js\n([\s\S]*?)```/g)]
    .map((found) => found[1] ?? "")
    .find((text) => text.includes("Webhook("));
  if (program === undefined) throw new Error("the README shows no receiver");
  mkdirSync(join(dir, "node_modules"), { recursive: true });
  for (const name of ["standardwebhooks", "@stablelib", "fast-sha256"])
    try {
      symlinkSync(join(root, "node_modules", name), join(dir, "node_modules", name));
    } catch {
      // It is there from the run before.
    }
  const ready = `listen(${port}, "127.0.0.1", () => console.log("ready"))`;
  writeFileSync(join(dir, "receiver.mjs"), program.replace("listen(8080)", ready));
  const child = spawn(process.execPath, ["receiver.mjs"], { cwd: dir, env: { RASID_WEBHOOK_SECRET: secret } });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let out = "";
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the receiver ended with ${code}`)));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      if (out.includes("ready")) resolve();
    });
  });
  return {
    lines: () => out.split("\n").filter((line) => line.startsWith("figure.")),
    stop: () => {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

export interface SubscriberTests {
  /** The daemon of the test that runs. */
  readonly world: () => World;
  /** Starts a receiver, always in the same folder, so that a later one knows what an earlier one handled. */
  readonly start: (secret: string, port: number) => Promise<ReadmeSubscriber>;
}

/** For each test of a file a daemon, and receivers as the README gives them. */
export function subscribersForTests(): SubscriberTests {
  let world: World;
  let dir: string;
  let latest: ReadmeSubscriber | null = null;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), "rasid-subscriber-"));
    world = await startWorld({});
    await world.start();
  });
  afterEach(async () => {
    await latest?.stop();
    await world.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    world: () => world,
    start: async (secret, port) => {
      latest = await startReadmeSubscriber(dir, secret, port);
      return latest;
    },
  };
}
