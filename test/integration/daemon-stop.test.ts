import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, test } from "vitest";
import { startDaemon } from "../../src/daemon.ts";
import { environmentWith, readSettings } from "../../src/settings.ts";
import { startSwitchingProxy } from "../faults/switching-proxy.ts";
import { freshDatabase } from "./fresh-ledger.ts";

test("a stop ends within ten seconds though the ledger no longer answers, and tells that parts were left behind", async () => {
  const { url, drop } = await freshDatabase();
  const proxy = await startSwitchingProxy(Number(new URL(url).port));
  const folder = mkdtempSync(join(tmpdir(), "rasid-stop-"));
  writeFileSync(join(folder, "feeds.yaml"), "feeds: []\n");
  const through = new URL(url);
  through.host = `127.0.0.1:${proxy.port}`;
  const settings = readSettings(
    environmentWith({
      DATABASE_URL: through.href,
      PORT: "0",
      RASID_FEEDS: join(folder, "feeds.yaml"),
      RASID_SECRET_KEY: randomBytes(32).toString("base64"),
    }),
  );
  const daemon = await startDaemon(settings, pino({ level: "silent" }));
  try {
    proxy.fallSilent();
    // What recurs asks the ledger, and waits.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const begun = performance.now();
    await expect(daemon.stop()).rejects.toThrow("did not stop in time");
    expect(performance.now() - begun).toBeLessThan(10_500);
  } finally {
    await proxy.close();
    await drop();
    rmSync(folder, { recursive: true });
  }
});
