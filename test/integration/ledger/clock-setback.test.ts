import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { insertAlerts } from "../../../src/ledger/alerts.ts";
import { takeBackFutureTimes } from "../../../src/ledger/clock-setback.ts";
import { createDeliveries } from "../../../src/ledger/deliveries.ts";
import { findDueDeliveries } from "../../../src/ledger/delivery-takes.ts";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { claimDueFeeds, countDueFeeds } from "../../../src/ledger/feed-claims.ts";
import { recordFetches } from "../../../src/ledger/feed-records.ts";
import { findFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import { findStrayRevisions } from "../../../src/ledger/revisions.ts";
import { seal, sealingKeyOf } from "../../../src/ledger/sealed-secret.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert, storedRevision } from "./sample-claims.ts";
import { feed, later, NOW } from "./sample-feeds.ts";

const key = sealingKeyOf(Buffer.alloc(32, 7).toString("base64"));
const HOUR = 3600;
const NONE = { feeds: 0, hosts: 0, revisions: 0, deliveries: 0 };
const ledger = ledgerForTests({ emptied: "feeds, hosts, items, revisions, alerts, endpoints, deliveries, attempts" });
beforeEach(async () => {
  await syncFeeds(ledger.db, [feed("tass")], { now: NOW, intervalSeconds: 900 });
});

async function fetchedAt(at: Date, nextFetchAt: Date): Promise<void> {
  await claimDueFeeds(ledger.db, { now: at, limit: 1, leaseMs: 45_000, gapMs: 5000 });
  await recordFetches(ledger.db, [
    { feedId: "tass", now: at, httpStatus: 304, nextFetchAt, intervalSeconds: 900, newItems: 0 },
  ]);
}

test("a feed asked in what is now the future is asked again after the distance that was planned", async () => {
  await fetchedAt(later(HOUR), later(HOUR + 900));
  expect(await countDueFeeds(ledger.db, later(901))).toBe(0);
  expect(await takeBackFutureTimes(ledger.db, NOW)).toMatchObject({ feeds: 1, hosts: 1 });
  expect((await findFeed(ledger.db, "tass"))?.next_fetch_at).toEqual(later(900));
  expect(await countDueFeeds(ledger.db, later(901))).toBe(1);
});

test("with a clock that goes right nothing is changed", async () => {
  await fetchedAt(NOW, later(86_400));
  await storedRevision(ledger.db);
  expect(await takeBackFutureTimes(ledger.db, later(1))).toEqual(NONE);
  expect((await findFeed(ledger.db, "tass"))?.next_fetch_at).toEqual(later(86_400));
});

test("revisions queued in the future are found as strays", async () => {
  const { revisionId } = await storedRevision(ledger.db);
  await sql`update revisions set queued_at = ${later(HOUR)}, lease_until = ${later(HOUR)}, stage = 'match'`.execute(
    ledger.db,
  );
  expect(await findStrayRevisions(ledger.db, { now: later(120), graceMs: 0, limit: 10 })).toEqual([]);
  expect(await takeBackFutureTimes(ledger.db, NOW)).toMatchObject({ revisions: 1 });
  expect(await findStrayRevisions(ledger.db, { now: later(120), graceMs: 0, limit: 10 })).toEqual([
    { id: revisionId, stage: "match" },
  ]);
});

test("deliveries made or tried in the future are due now", async () => {
  await createEndpoint(ledger.db, {
    settings: { url: "https://desk.example/hook" },
    secret: { sealed: seal(`whsec_${Buffer.alloc(32, 1).toString("base64")}`, key), keyId: key.id },
    now: NOW,
  });
  const [pending, retried] = await ledger.db.transaction().execute(async (trx) => {
    const alerts = await insertAlerts(trx, { alerts: [alert("alt_1"), alert("alt_2")], now: later(HOUR) });
    return createDeliveries(trx, { alerts, wants: () => true, now: later(HOUR) });
  });
  await sql`
    update deliveries set state = 'failed', tries = 1, taken_at = ${later(HOUR)}, next_attempt_at = ${later(HOUR + 300)}
    where id = ${retried?.id ?? ""}`.execute(ledger.db);
  expect(await takeBackFutureTimes(ledger.db, NOW)).toMatchObject({ deliveries: 2 });
  const due = await findDueDeliveries(ledger.db, { now: later(1), graceMs: 0, limit: 10 });
  expect(due.map(({ id }) => id)).toEqual([pending?.id, retried?.id]);
});
