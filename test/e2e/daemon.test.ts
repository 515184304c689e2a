import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { environmentWith } from "../../src/settings.ts";
import { hasRedis, startRedis } from "../faults/redis-server.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const entry = join(root, "dist", "cli.js");

let dir: string;
let daemons: DaemonProcess[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "rasid-e2e-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  daemons = [];
  writeFileSync(
    join(dir, "feeds.yaml"),
    'feeds:\n  - { id: nobody, url: "http://127.0.0.1:9/feed", source: Nobody, lang: en, tier: 3 }\n',
  );
});
afterEach(async () => {
  for (const daemon of daemons) await daemon.stop(10_000);
  rmSync(dir, { recursive: true, force: true });
});

const variables = () => ({
  RASID_DATA: join(dir, "data"),
  RASID_FEEDS: join(dir, "feeds.yaml"),
  PORT: "0",
  REDIS_URL: "",
  DATABASE_URL: "",
});
const environment = (more: Record<string, string> = {}) => environmentWith({ ...variables(), ...more });

async function start(
  onLog: ((line: string) => void) | null = null,
  more: Record<string, string> = {},
): Promise<DaemonProcess> {
  const daemon = await startDaemonProcess({ entry, environment: environment(more), onLog });
  daemons.push(daemon);
  return daemon;
}

const get = async (daemon: DaemonProcess, path: string) => fetch(`${daemon.address}${path}`);

describe("the daemon", () => {
  it("is healthy, ready and measured, shows its queues, and keeps a feed that cannot be reached", async () => {
    const daemon = await start();
    expect((await get(daemon, "/healthz")).status).toBe(200);
    expect(await (await get(daemon, "/readyz")).json()).toEqual({
      status: "ready",
      parts: { ledger: true, queues: true },
    });
    expect(await (await get(daemon, "/metrics")).text()).toContain("rasid_queue_depth");
    const page = await (await get(daemon, "/queues")).text();
    expect(page).toContain("Rasid");
    expect(page).not.toContain("googleapis");
    await expect
      .poll(async () => ((await (await get(daemon, "/api/v1/feeds")).json()) as { feeds: unknown[] }).feeds[0], {
        timeout: 10_000,
      })
      .toMatchObject({ id: "nobody", status: "failing", lastError: expect.stringMatching(/refused/) });
  });

  it.skipIf(!hasRedis())("stops in time although its Redis is gone", async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const daemon = await start(null, { REDIS_URL: redis.url });
    await redis.kill();
    const began = performance.now();
    await daemon.stop(60_000);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it("refuses a second start beside it and names the first, which goes on", async () => {
    const first = await start();
    const second = spawnSync(process.execPath, [entry, "start"], {
      env: environment(),
      encoding: "utf8",
      timeout: 100_000,
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(String(first.pid));
    const check = spawnSync(process.execPath, [entry, "check"], {
      env: environment(),
      encoding: "utf8",
      timeout: 100_000,
    });
    expect(check.status).toBe(0);
    expect((await get(first, "/readyz")).status).toBe(200);
  });

  it("starts again after it was killed", async () => {
    const first = await start();
    await first.kill();
    const again = await start();
    expect((await get(again, "/readyz")).status).toBe(200);
  });

  it("stops within ten seconds and leaves no process behind", async () => {
    const daemon = await start();
    const connection = join(dir, "data", "connection.json");
    expect(statSync(connection).mode & 0o777).toBe(0o600);
    const began = Date.now();
    await daemon.stop(10_000);
    expect(Date.now() - began).toBeLessThan(10_000);
    const left = spawnSync("pgrep", ["-f", join(dir, "data")], { encoding: "utf8" });
    expect(left.stdout).toBe("");
  });

  it("keeps secrets out of its log", async () => {
    let log = "";
    const daemon = await start((line) => {
      log += line;
    });
    const made = await fetch(`${daemon.address}/api/v1/endpoints`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: "https://example.org/hook" }),
    });
    const { secret } = (await made.json()) as { secret: string };
    expect(secret).toMatch(/^whsec_/);
    await daemon.stop(10_000);
    const password = JSON.stringify(readFileSync(join(dir, "data", "secret.key"), "utf8").trim());
    expect(log).toContain('"started"');
    for (const hidden of [secret, secret.slice(6), password.slice(1, -1)]) expect(log).not.toContain(hidden);
    expect(log).not.toMatch(/postgres:\/\/[^[]*@/);
  });
});

describe("a mistake in the configuration", () => {
  it("stops the start with file, line, field and what would be right", () => {
    const config = join(dir, "config");
    cpSync(join(root, "config"), config, { recursive: true });
    writeFileSync(
      join(config, "feeds.yaml"),
      "feeds:\n  - id: one\n    url: ftp://example.org/feed\n    source: One\n    lang: en\n    tier: 7\n",
    );
    const run = spawnSync(process.execPath, [entry, "start"], {
      env: environment({ RASID_CONFIG: config, RASID_FEEDS: "" }),
      encoding: "utf8",
      timeout: 100_000,
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(`${join(config, "feeds.yaml")}:3 feeds.0.url: must be an http or https URL`);
    expect(run.stderr).toContain(`${join(config, "feeds.yaml")}:6 feeds.0.tier: must be 1, 2 or 3`);
  });

  it("of the environment does so too", () => {
    const run = spawnSync(process.execPath, [entry, "start"], {
      env: environment({ PORT: "high" }),
      encoding: "utf8",
      timeout: 100_000,
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain("PORT");
  });

  it("is told by rasid check, all at once", () => {
    const config = join(dir, "config");
    cpSync(join(root, "config"), config, { recursive: true });
    writeFileSync(join(config, "feeds.yaml"), "feeds: none\n");
    writeFileSync(join(config, "severity.yaml"), "severity: none\n");
    const run = spawnSync(process.execPath, [entry, "check", "--config", config], {
      env: environment({ RASID_FEEDS: "" }),
      encoding: "utf8",
      timeout: 100_000,
    });
    expect(run.status).toBe(1);
    expect(run.stderr).toContain("feeds.yaml:1");
    expect(run.stderr).toContain("severity.yaml:1");
  });
});

describe("the demo's command", () => {
  it("ends within ten seconds of Ctrl-C and leaves no process behind", async () => {
    const demo = spawn(process.execPath, [entry, "demo"], {
      env: environment({ TMPDIR: dir }),
      stdio: ["ignore", "pipe", "inherit"],
    });
    await new Promise<void>((resolve) =>
      demo.stdout.setEncoding("utf8").on("data", (text: string) => /\b2\/\d+/.test(text) && resolve()),
    );
    const began = Date.now();
    demo.kill("SIGINT");
    await new Promise((resolve) => demo.once("exit", resolve));
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(spawnSync("pgrep", ["-f", dir], { encoding: "utf8" }).stdout).toBe("");
  }, 120_000);
});
