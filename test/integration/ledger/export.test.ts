import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { insertAlerts, listAlerts } from "../../../src/ledger/alerts.ts";
import { createDeliveries, listDeliveries } from "../../../src/ledger/deliveries.ts";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { exportLedger } from "../../../src/ledger/export-ledger.ts";
import { importLedger } from "../../../src/ledger/import-ledger.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { insertObservations, loadHistory } from "../../../src/ledger/observations.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { freshLedger } from "../fresh-ledger.ts";
import { alert, DEATHS, figure, STORY, storedRevision } from "./sample-claims.ts";
import { item, NOW } from "./sample-feeds.ts";

let from: Ledger;
let to: Ledger;
beforeAll(async () => {
  [from, to] = [await freshLedger(), await freshLedger()];
});
afterAll(async () => {
  await from.close();
  await to.close();
});

async function exported(ledger: Ledger): Promise<string[]> {
  let text = "";
  await exportLedger(ledger.db, async (lines) => {
    text += lines;
  });
  return text.split("\n").filter((line) => line !== "");
}

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

test("a ledger read from an export is the same, and goes on with new ids", async () => {
  const origin = { ...(await storedRevision(from.db)), clusterId: null, feedId: "tass" };
  await storePoll(from.db, "tass", [item("b", "مقتل 105 جنود\nсегодня")], NOW);
  await insertObservations(from.db, {
    story: STORY,
    observations: [{ observation: figure("1:1:0", 105), ...origin }],
    now: NOW,
  });
  await createEndpoint(from.db, {
    settings: { url: "https://hook.example/" },
    secret: { sealed: Buffer.from([0, 255, 7]), keyId: "k" },
    now: NOW,
  });
  const alerts = [alert("a"), alert("b", { about: "a", kind: "alert.confirmed" })];
  await insertAlerts(from.db, { alerts, now: NOW });
  await createDeliveries(from.db, { alerts, wants: () => true, now: NOW });

  const lines = await exported(from);
  expect(await importLedger(to.db, linesOf(lines))).toBe(lines.length - 2);
  expect(await exported(to)).toEqual(lines);
  expect(await loadHistory(to.db, { story: STORY, subjects: [DEATHS] })).toEqual([figure("1:1:0", 105)]);
  expect(await listDeliveries(to.db, { limit: 9 })).toEqual(await listDeliveries(from.db, { limit: 9 }));
  expect((await to.db.selectFrom("endpoints").select("secret_sealed").executeTakeFirstOrThrow()).secret_sealed).toEqual(
    Buffer.from([0, 255, 7]),
  );

  expect((await storePoll(to.db, "tass", [item("new")], NOW)).newItems).toBe(1);
  await insertAlerts(to.db, { alerts: [alert("c")], now: NOW });
  expect((await listAlerts(to.db, { limit: 9 })).map(({ id }) => id)).toEqual(["a", "b", "c"]);
});

test("whoever takes an export, or brings an import, may be slow", async () => {
  const [source, goal] = [await freshLedger({ maxConnections: 1 }), await freshLedger({ maxConnections: 1 })];
  onTestFinished(async () => {
    await source.close();
    await goal.close();
  });
  for (const { db } of [source, goal]) await sql`set idle_in_transaction_session_timeout = 100`.execute(db);
  const chunks: string[] = [];
  await exportLedger(source.db, async (lines) => {
    if (chunks.length === 0) await pause(300);
    chunks.push(lines);
  });
  const slowly = async function* (): AsyncGenerator<string> {
    await pause(300);
    yield* chunks.join("").split("\n");
  };
  await importLedger(goal.db, slowly());
  const { rows } = await sql<{ left: string }>`
    select current_setting('idle_in_transaction_session_timeout') as left`.execute(goal.db);
  expect(rows).toEqual([{ left: "100ms" }]);
});

test("an import into a ledger that holds data is refused", async () => {
  await expect(importLedger(from.db, linesOf(await exported(from)))).rejects.toThrow(/holds data already/);
});

test("an export that broke off between two lines, or lost one, is refused and leaves nothing", async () => {
  const empty = await freshLedger();
  const lines = await exported(from);
  await expect(importLedger(empty.db, linesOf(lines.slice(0, -1)))).rejects.toThrow(
    /not whole: it has \d+ rows and no end/,
  );
  await expect(importLedger(empty.db, linesOf([...lines.slice(0, -2), ...lines.slice(-1)]))).rejects.toThrow(
    /not whole: it has \d+ rows of \d+/,
  );
  expect(await empty.db.selectFrom("items").selectAll().execute()).toEqual([]);
  // The first builds wrote no end.
  const [header = "", ...rows] = lines.slice(0, -1);
  const { counted: _counted, ...before } = JSON.parse(header);
  expect(await importLedger(empty.db, linesOf([JSON.stringify(before), ...rows]))).toBe(rows.length);
  await empty.close();
});

test("an export of another version, and what is no export, is refused and leaves nothing", async () => {
  const empty = await freshLedger();
  const [header = "", ...rows] = await exported(from);
  const later = JSON.stringify({ ...JSON.parse(header), migrations: ["0001-other.sql"] });
  await expect(importLedger(empty.db, linesOf([later, ...rows]))).rejects.toThrow(/written at 0001-other/);
  await expect(importLedger(empty.db, linesOf(["{}"]))).rejects.toThrow(/line 1: this is no export/);
  await expect(importLedger(empty.db, linesOf([header, ...rows, '{"users":{}}']))).rejects.toThrow(/this is no row/);
  await expect(importLedger(empty.db, linesOf([header, rows[0] ?? "", "nonsense"]))).rejects.toThrow(
    /line 3: this is no JSON/,
  );
  await expect(importLedger(empty.db, linesOf([]))).rejects.toThrow(/empty/);
  expect(await empty.db.selectFrom("items").selectAll().execute()).toEqual([]);
  await empty.close();
});
