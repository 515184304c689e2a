import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { expect, test } from "vitest";
import { ROLES } from "../../../src/domain/role.ts";
import { connectionName } from "../../../src/ledger/connected-roles.ts";
import { openLedger } from "../../../src/ledger/open-ledger.ts";
import { watchRoles } from "../../../src/telemetry/watch-roles.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests({ name: connectionName(ROLES.filter((role) => role !== "deliver")) });

test("a role that no process has is told of once, and once when it is there again", async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const watch = watchRoles({ db: ledger.db, log, everyMs: 30 });
  await expect.poll(() => lines.length, { timeout: 5000 }).toBe(1);
  await pause(200);
  const worker = await openLedger({ connectionString: ledger.connectionString, name: connectionName(["deliver"]) });
  await expect.poll(() => lines.length, { timeout: 5000 }).toBe(2);
  await watch.stop();
  await worker.close();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 40, roles: ["deliver"], msg: "no process has these roles; their work waits" },
    { level: 30, roles: ["deliver"], msg: "a process has these roles again" },
  ]);
});

test("a process that is replaced is not missed", async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const watch = watchRoles({ db: ledger.db, log, everyMs: 500 });
  await pause(700);
  const worker = await openLedger({ connectionString: ledger.connectionString, name: connectionName(["deliver"]) });
  await pause(700);
  await watch.stop();
  await worker.close();
  expect(lines).toEqual([]);
});
