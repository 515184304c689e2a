import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { environmentWith } from "../../src/settings.ts";

const entry = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
let dir: string;
let daemon: DaemonProcess;
let environment: NodeJS.ProcessEnv;
const lines: string[] = [];
const log = () => lines.join("");
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "rasid-level-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  writeFileSync(join(dir, "feeds.yaml"), "feeds: []\n");
  environment = environmentWith({
    RASID_DATA: join(dir, "data"),
    RASID_FEEDS: join(dir, "feeds.yaml"),
    RASID_LOG_LEVEL: "warn",
    PORT: "0",
    REDIS_URL: "",
    DATABASE_URL: "",
  });
  daemon = await startDaemonProcess({ entry, environment, onLog: (text) => void lines.push(text) });
});
afterAll(async () => {
  await daemon?.stop(10_000);
  rmSync(dir, { recursive: true, force: true });
});

function rasid(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [entry, ...args], {
    env: environment,
    encoding: "utf8",
  });
  expect(status, stderr).toBe(0);
  return stdout.trim();
}

it("the command line changes the level of a running daemon, which then says all and no secret", async () => {
  expect(rasid("log-level")).toBe("as configured (here: warn)");
  expect(rasid("log-level", "trace", "--minutes", "5")).toMatch(/^trace until 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
  await expect.poll(log, { timeout: 10_000 }).toContain('"level":"trace"');
  const body = {
    url: "https://desk.example/hook?token=in-the-url",
    headers: { authorization: "Bearer in-the-header" },
  };
  const made = await fetch(`${daemon.address}/api/v1/endpoints`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const { id, secret } = (await made.json()) as { id: string; secret: string };
  const key = rasid("key", "create", "desk", "--scopes", "admin").split("\n")[0] ?? "";
  expect(key).toMatch(/^rsd_/);
  const authorization = `Bearer ${key}`;
  await fetch(`${daemon.address}/api/v1/endpoints/${id}/test`, { method: "POST", headers: { authorization } });
  await expect.poll(log, { timeout: 15_000 }).toContain('"attempt"');
  expect(rasid("log-level", "default")).toBe("as configured (here: warn)");
  await expect.poll(log, { timeout: 10_000 }).toContain('"level":"warn","because"');
  const sealing = readFileSync(join(dir, "data", "secret.key"), "utf8").trim();
  for (const hidden of [secret, secret.slice(6), key, "in-the-url", "in-the-header", sealing])
    expect(log()).not.toContain(hidden);
  expect(log()).not.toMatch(/postgres:\/\/[^[]*@/);
}, 120_000);
