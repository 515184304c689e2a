import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signedHeaders } from "../../src/net/signed-headers.ts";

const examples = fileURLToPath(new URL("../../examples/receivers/", import.meta.url));
const secretOf = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString("base64")}`;
const python = process.env.RASID_TEST_PYTHON ?? "python3";

/** Whether this machine has Python with the official library (RASID_TEST_PYTHON names another interpreter). */
function hasPython(): boolean {
  try {
    execFileSync(python, ["-c", "import standardwebhooks"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

let dir: string;
let running: ChildProcess[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "rasid-receiver-"));
  running = [];
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

async function start(command: readonly string[], secrets: string): Promise<{ url: string; lines: () => string[] }> {
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: dir,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, RASID_WEBHOOK_SECRET: secrets, PORT: "0", PYTHONUTF8: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  const port = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /listening on (\d+)/.exec(said);
      if (found) resolve(found[1] as string);
    });
    child.once("exit", () => reject(new Error(said)));
  });
  return { url: `http://127.0.0.1:${port}/`, lines: () => out.split("\n").filter((line) => line !== "") };
}

async function send(url: string, id: string, secrets: readonly string[], at = new Date()): Promise<number> {
  const body = JSON.stringify({
    type: "figure.revised",
    timestamp: at.toISOString(),
    data: { alert: id, quote: "أكثر من 100" },
  });
  const headers = { "content-type": "application/json", ...signedHeaders({ id, at, body, secrets }) };
  return (await fetch(url, { method: "POST", headers, body })).status;
}

const RECEIVERS: [string, readonly string[], boolean][] = [
  ["Node", [process.execPath, join(examples, "node", "receiver.js")], true],
  ["Python", [python, join(examples, "python", "receiver.py")], hasPython()],
];

for (const [language, command, present] of RECEIVERS)
  describe.skipIf(!present)(`the receiver in ${language}`, () => {
    const [old, fresh, foreign] = [secretOf("o"), secretOf("n"), secretOf("f")];

    it("verifies with the official library, and handles each webhook-id once, over restarts too", async () => {
      const first = await start(command, old);
      expect(await send(first.url, "msg_1", [old])).toBe(204);
      expect(await send(first.url, "msg_1", [old])).toBe(204);
      expect(await send(first.url, "msg_2", [foreign])).toBe(401);
      expect(await send(first.url, "msg_3", [old], new Date(Date.now() - 600_000))).toBe(401);
      await expect.poll(() => first.lines().length).toBe(1);
      expect(JSON.parse(first.lines()[0] ?? "")).toMatchObject({ data: { alert: "msg_1", quote: "أكثر من 100" } });
      for (const child of running) child.kill("SIGKILL");
      const again = await start(command, old);
      expect(await send(again.url, "msg_1", [old])).toBe(204);
      expect(await send(again.url, "msg_4", [old])).toBe(204);
      await expect.poll(() => again.lines().length).toBe(1);
    });

    it("takes both signatures during a rotation, whichever secret it has", async () => {
      for (const known of [old, fresh, `${old} ${fresh}`]) {
        const receiver = await start(command, known);
        expect(await send(receiver.url, `msg_${known.length}_${known.at(-3)}`, [fresh, old])).toBe(204);
      }
    });
  });
