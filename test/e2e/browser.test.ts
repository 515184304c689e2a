import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newApiKey } from "../../src/api/authentication.ts";
import { type DaemonProcess, startDaemonProcess } from "../../src/demo/daemon-process.ts";
import { environmentWith } from "../../src/settings.ts";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe.skipIf(!existsSync(executablePath))("a browser", () => {
  const { key } = newApiKey();
  let dir: string;
  let daemon: DaemonProcess;
  let browser: Browser;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "rasid-browser-"));
    writeFileSync(
      join(dir, "feeds.yaml"),
      'feeds:\n  - { id: nobody, url: "http://127.0.0.1:9/feed", source: Nobody, lang: en, tier: 3 }\n',
    );
    writeFileSync(join(dir, "key"), key);
    const environment = environmentWith({
      RASID_DATA: join(dir, "data"),
      RASID_FEEDS: join(dir, "feeds.yaml"),
      RASID_ADMIN_KEY_FILE: join(dir, "key"),
      PORT: "0",
      REDIS_URL: "",
      DATABASE_URL: "",
    });
    const entry = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
    daemon = await startDaemonProcess({ entry, environment, onLog: null });
    browser = await chromium.launch({ executablePath, args: QUIET });
  });
  afterAll(async () => {
    await browser?.close();
    await daemon?.stop(10_000);
    rmSync(dir, { recursive: true, force: true });
  });

  it("comes from the bare address through the sign-in to the queues, and loads nothing from outside", async () => {
    const page = await browser.newPage();
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(daemon.address) && !request.url().startsWith("data:")) outside.push(request.url());
    });
    await page.goto(daemon.address);
    await page.fill("input[type=password], input", key);
    await page.click("button");
    await page.waitForURL(`${daemon.address}/queues`);
    await page.getByText("deduplicate").first().waitFor();
    expect(outside).toEqual([]);
  }, 60_000);
});
