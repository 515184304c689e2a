import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbedded } from "../../../src/ledger/embedded.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { migrate } from "../../../src/ledger/migrate.ts";
import { type Ledger, openLedger } from "../../../src/ledger/open-ledger.ts";
import { feed, item, NOW } from "./sample-feeds.ts";

const KILLS = 5;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
let dataDir: string;
let server: EmbeddedPostgres;
let ledger: Ledger;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "rasid-crash-"));
  server = await startEmbedded({ dataDir, log: silent });
  ledger = await openLedger({ connectionString: server.url });
  await migrate(ledger);
  await syncFeeds(ledger.db, [feed("tass")], { now: NOW, intervalSeconds: 300 });
});
afterAll(async () => {
  await ledger.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test("what was committed outlives kills of PostgreSQL, and the same pool goes on", { timeout: 120_000 }, async () => {
  const committed: string[] = [];
  let failed = 0;
  let kills = 0;
  const kill = async (): Promise<void> => {
    for (; kills < KILLS; kills++) {
      const before = committed.length;
      while (committed.length < before + 30) await pause(5);
      const pid = server.pid();
      if (pid === null) throw new Error("PostgreSQL does not run");
      process.kill(pid, "SIGKILL");
      while (server.pid() === null || server.pid() === pid) await pause(10);
    }
  };
  const write = async (writer: number): Promise<void> => {
    for (let n = 0; kills < KILLS; n++) {
      const key = `${writer}-${n}`;
      try {
        await storePoll(ledger.db, "tass", [item(key)], NOW);
        committed.push(key);
      } catch {
        failed += 1;
        await pause(20);
      }
    }
  };
  await Promise.all([kill(), write(1), write(2), write(3)]);
  const kept = new Set((await ledger.db.selectFrom("items").select("guid_key").execute()).map((row) => row.guid_key));
  expect(committed.filter((key) => !kept.has(key))).toEqual([]);
  expect(failed).toBeGreaterThan(0);
  expect(committed.length).toBeGreaterThanOrEqual(30 * KILLS);
});
