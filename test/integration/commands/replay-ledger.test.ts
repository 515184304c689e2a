import { expect, test } from "vitest";
import { recomputeAlerts } from "../../../src/commands/replay-ledger.ts";
import { loadCourse } from "../../../src/demo/course.ts";
import { insertAlerts, listAlerts } from "../../../src/ledger/alerts.ts";
import type { PolledItem } from "../../../src/ledger/items.ts";
import { configuration, FEEDS, published, tell, toll, WEAK_FEED } from "../api/told-story.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert } from "../ledger/sample-claims.ts";

const ledger = ledgerForTests();

test("every alert is recomputed from the ledger's observations with the same result", async () => {
  const { steps } = loadCourse(new URL("../../../demo", import.meta.url).pathname);
  for (const { items } of steps) {
    const polled: PolledItem[] = items.map(({ guid, title, text, published: at }) =>
      published(guid, title, text.trim(), at),
    );
    for (let place = 0; place < polled.length; place += 3)
      await tell(ledger.db, "desk", polled.slice(place, place + 3));
  }
  // A late item, an edit and two conflicting ones, out of order.
  await tell(ledger.db, "tass", [toll("late", 110, "2022-09-15T06:00:00Z")]);
  await tell(ledger.db, "tass", [
    toll("late", 112, "2022-09-15T06:00:00Z"),
    toll("other", 9000, "2022-09-16T06:00:00Z"),
  ]);
  const told = await listAlerts(ledger.db, { limit: 500 });
  expect(told.length).toBeGreaterThan(10);
  const { bodies, ...differences } = await recomputeAlerts(ledger.db, configuration.frames);
  expect(differences).toEqual({ missing: [], unexpected: [], different: [] });
  expect(bodies).toHaveLength(told.length);
});

test("so are outliers with what became of them, edits back and forth, and what came late or in a bad order", async () => {
  const db = ledger.db;
  const killed = (key: string, count: number, at: string, who: string) =>
    published(
      key,
      "Fighting goes on",
      `${count} Armenian soldiers have been killed in the fighting with Azerbaijan${who}.`,
      at,
    );
  const edited = (count: number, hour: number): PolledItem => ({
    ...toll("side", count, "2022-09-22T08:00:00Z"),
    updatedAt: new Date(Date.UTC(2022, 8, 22, hour)),
  });
  const feeds = [...FEEDS, WEAK_FEED];
  const before = (await listAlerts(db, { limit: 500 })).length;
  await tell(db, "wire", [killed("jump", 420, "2022-09-21T08:00:00Z", ", reports say")], feeds);
  await tell(db, "wire", [killed("jump-2", 640, "2022-09-21T09:00:00Z", " this week, according to reports")], feeds);
  await tell(db, "tass", [toll("side", 421, "2022-09-22T08:00:00Z")]);
  await tell(db, "tass", [edited(433, 9)]);
  await tell(db, "desk", [toll("late-1", 300, "2022-09-20T12:00:00Z"), toll("late-2", 310, "2022-09-20T11:00:00Z")]);
  await tell(db, "tass", [edited(421, 10)]);
  await tell(db, "tass", [edited(433, 11)]);
  const told = await listAlerts(db, { limit: 500 });
  const kinds = told.slice(before).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(["figure.revised", "alert.withdrawn", "item.edited"]));
  const { bodies, ...differences } = await recomputeAlerts(db, configuration.frames);
  expect(differences).toEqual({ missing: [], unexpected: [], different: [] });
  expect(bodies).toHaveLength(told.length);
});

test("an alert that no observation bears out is named", async () => {
  await insertAlerts(ledger.db, { alerts: [alert("alt_made_up")], now: new Date() });
  expect(await recomputeAlerts(ledger.db, configuration.frames)).toMatchObject({ missing: ["alt_made_up"] });
});
