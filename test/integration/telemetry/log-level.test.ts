import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readLogLevel, writeLogLevel } from "../../../src/ledger/log-level.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { followLogLevel } from "../../../src/telemetry/follow-log-level.ts";
import { type ApiUnderTest, startApiUnderTest } from "../api/api-under-test.ts";
import { freshLedger } from "../fresh-ledger.ts";

const NOW = new Date("2022-09-16T08:00:00Z");
let ledger: Ledger;
let api: ApiUnderTest;
beforeAll(async () => {
  ledger = await freshLedger();
  api = await startApiUnderTest();
});
afterAll(async () => {
  await ledger.close();
  await api.close();
});
beforeEach(() => writeLogLevel(ledger.db, { level: null, until: null }));

function follower() {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const clock = { now: NOW };
  const following = followLogLevel({ db: ledger.db, log, own: "warn", now: () => clock.now, everyMs: 20 });
  return { log, lines, clock, following };
}

test("a process follows the level that the ledger names, says so, and returns when it ends", async () => {
  const { log, lines, clock, following } = follower();
  const child = () => log.child({});
  await writeLogLevel(ledger.db, { level: "debug", until: new Date(NOW.getTime() + 60_000) });
  await expect.poll(() => log.level).toBe("debug");
  expect(child().isLevelEnabled("debug")).toBe(true);
  expect(JSON.parse(lines[0] ?? "{}")).toMatchObject({ level: "debug", msg: "log level" });
  clock.now = new Date(NOW.getTime() + 60_001);
  await expect.poll(() => log.level).toBe("warn");
  await following.stop();
});

test("SIGUSR2 turns debug on and off for this process alone", async () => {
  const { log, following } = follower();
  await pause(50);
  process.kill(process.pid, "SIGUSR2");
  await expect.poll(() => log.level).toBe("debug");
  expect((await readLogLevel(ledger.db, NOW)).level).toBeNull();
  process.kill(process.pid, "SIGUSR2");
  await expect.poll(() => log.level).toBe("warn");
  await following.stop();
  expect(process.listenerCount("SIGUSR2")).toBe(0);
});

test("a ledger that does not answer changes nothing", async () => {
  const { log, following } = follower();
  await writeLogLevel(ledger.db, { level: "trace", until: null });
  await expect.poll(() => log.level).toBe("trace");
  // In one statement: between two it would be asked, and find no wish.
  await ledger.db
    .updateTable("meta")
    .set({ value: JSON.stringify({ level: "loud" }) })
    .where("key", "=", "log-level")
    .execute();
  await pause(80);
  expect(log.level).toBe("trace");
  await following.stop();
});

test("the API sets it with a key of scope admin, checked and in the audit log", async () => {
  const admin = await api.newKey("admin");
  const writer = await api.newKey("write");
  const put = (key: string, body: unknown) => api.ask("PUT", "/api/v1/log-level", { key, body: body as object });
  expect((await put(writer.key, { level: "debug" })).status).toBe(403);
  expect((await put(admin.key, { level: "loud" })).status).toBe(400);
  expect((await put(admin.key, { level: "debug", minutes: 30 })).json).toEqual({
    level: "debug",
    until: expect.stringMatching(/^20.*Z$/),
  });
  expect((await api.ask("GET", "/api/v1/log-level", { key: admin.key })).json).toMatchObject({ level: "debug" });
  expect((await put(admin.key, { level: null })).json).toEqual({ level: null, until: null });
  const audit = await api.ask("GET", "/api/v1/audit", { key: admin.key });
  expect(audit.json.entries[0]).toMatchObject({ action: "log-level.set", actor: `key:${admin.id}` });
});
