import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import { expect, test } from "vitest";
import { watchConfiguration } from "../../../src/telemetry/watch-configuration.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests();

function startWatch(fingerprint: string) {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const watch = watchConfiguration({ db: ledger.db, log, now: () => new Date(), fingerprint, everyMs: 30 });
  return { watch, told: () => lines.map((line) => JSON.parse(line)) };
}

test("a process is told of once when one that started later has another configuration, the later one is not", async () => {
  const [before, same] = [startWatch("a"), startWatch("a")];
  await Promise.all([before.watch, same.watch]);
  await pause(200);
  expect(before.told()).toEqual([]);
  const later = startWatch("b");
  await expect.poll(() => before.told().length, { timeout: 5000 }).toBe(1);
  await pause(200);
  for (const { watch } of [before, same, later]) await (await watch).stop();
  expect(before.told()).toMatchObject([{ level: 40, own: "a", newest: { fingerprint: "b" } }]);
  expect(later.told()).toEqual([]);
});
