import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { lockStory } from "../../../src/ledger/locks.ts";
import { listParked, unparkRevisions } from "../../../src/ledger/revisions.ts";
import { openRunningFolds } from "../../../src/ledger/running-folds.ts";
import type { LedgerId } from "../../../src/ledger/schema.ts";
import { seal, sealingKeyOf } from "../../../src/ledger/sealed-secret.ts";
import { match } from "../../../src/workers/match.ts";
import { analyze, configuration, toll, upToMatch } from "../api/told-story.ts";
import { ledgerForTests } from "../fresh-ledger.ts";

const ledger = ledgerForTests({ emptied: "alerts, observations, standings, deliveries, endpoints, items, revisions" });
const key = sealingKeyOf(Buffer.alloc(32, 7).toString("base64"));

beforeEach(async () => {
  const secret = { sealed: seal(`whsec_${Buffer.alloc(32, 1).toString("base64")}`, key), keyId: key.id };
  await createEndpoint(ledger.db, { settings: { url: "https://desk.example/hook" }, secret, now: new Date() });
});

/** Matches as a process does; gives what came of it, and the deliveries handed on. */
async function matched(ids: readonly LedgerId[], now: () => Date = () => new Date()) {
  const enqueued: string[] = [];
  const outcome = await match(ids, {
    ...{ db: ledger.db, analyze, now, leaseMs: 10_000, retryMs: 1000 },
    ...{ frames: configuration.frames, folds: openRunningFolds() },
    enqueueNext: async (payloads) => void enqueued.push(...payloads.flatMap(({ deliveries }) => deliveries)),
  });
  return { outcome, enqueued };
}

const TOLLS = [toll("a", 135, "2022-09-16T08:00:00Z"), toll("b", 151, "2022-09-16T09:00:00Z")];

test("what revisions raise that are matched one after the other is all told and handed on", async () => {
  const ids = await upToMatch(ledger.db, "tass", TOLLS);
  // Their worker died over them before, so they come in small company.
  await sql`update revisions set attempts = 5`.execute(ledger.db);
  const { outcome, enqueued } = await matched(ids);
  const { rows } = await sql<{ id: string }>`select id from deliveries order by id`.execute(ledger.db);
  expect(rows).toHaveLength(2);
  expect(enqueued.sort()).toEqual(rows.map(({ id }) => id));
  expect(outcome).toMatchObject({ deliveries: 2, alertKinds: ["figure.revised", "figure.revised"] });
  expect(outcome.observations).toBeGreaterThanOrEqual(2);
});

test("what concerns a story that this process does not know is parked, not done without it, and goes on when it is known", async () => {
  const ids = await upToMatch(ledger.db, "tass", TOLLS.slice(0, 1));
  const known = { db: ledger.db, analyze, now: () => new Date(), leaseMs: 10_000, retryMs: 1000 };
  const others = { ...known, frames: new Map(), folds: openRunningFolds(), enqueueNext: async () => {} };
  expect(await match(ids, others)).toMatchObject({ parked: 1, moved: [] });
  const [parked] = await listParked(ledger.db, 10);
  expect(parked).toMatchObject({ parked_from: "match", last_error: expect.stringContaining("armenia-azerbaijan") });
  await unparkRevisions(ledger.db, { now: new Date() });
  expect((await matched(ids)).outcome).toMatchObject({ deliveries: 1, parked: 0 });
});

test("what waited for the story counts from when it was written, not from when it began to wait", async () => {
  const ids = await upToMatch(ledger.db, "tass", TOLLS);
  const clock = { now: new Date() };
  const written = new Date(clock.now.getTime() + 5000);
  const waiting = await ledger.db.transaction().execute(async (trx) => {
    await lockStory(trx, "armenia-azerbaijan");
    const one = matched(ids, () => clock.now);
    await untilSomebodyWaits();
    clock.now = written;
    return { one };
  });
  await waiting.one;
  const { rows } = await sql<{ at: Date }>`select distinct created_at as at from alerts`.execute(ledger.db);
  expect(rows).toEqual([{ at: written }]);
});

async function untilSomebodyWaits(): Promise<void> {
  while (true) {
    const { rows } = await sql`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(ledger.db);
    if (rows.length > 0) return;
  }
}
