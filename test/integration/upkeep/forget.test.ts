import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { insertAlerts, listAlerts } from "../../../src/ledger/alerts.ts";
import { recordAudit } from "../../../src/ledger/audit.ts";
import { listDeliveries } from "../../../src/ledger/deliveries.ts";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { listItems } from "../../../src/ledger/item-list.ts";
import { fillItemSearch } from "../../../src/ledger/item-search.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { readMeta } from "../../../src/ledger/meta.ts";
import { insertObservations } from "../../../src/ledger/observations.ts";
import { forgetTexts } from "../../../src/ledger/retention.ts";
import { seal, sealingKeyOf } from "../../../src/ledger/sealed-secret.ts";
import type { Retention } from "../../../src/settings.ts";
import { forget, type Pruned } from "../../../src/upkeep/forget.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert, figure, STORY, storedRevision } from "../ledger/sample-claims.ts";
import { feed, item, later, NOW } from "../ledger/sample-feeds.ts";

const DAY = 86_400;
const NEVER: Retention = { textsDays: null, bodiesDays: null, attemptsDays: null, auditDays: null };
const NOTHING: Pruned = { fingerprints: 0, texts: 0, bodies: 0, attempts: 0, audit: 0, sessions: 0, writes: 0 };
const key = sealingKeyOf(Buffer.alloc(32, 7).toString("base64"));

const ledger = ledgerForTests({
  emptied: "feeds, hosts, items, revisions, observations, alerts, deliveries, attempts, audit_log, meta, item_search",
});
beforeAll(async () => {
  const secret = { sealed: seal(`whsec_${Buffer.alloc(32, 1).toString("base64")}`, key), keyId: key.id };
  await createEndpoint(ledger.db, { settings: { url: "https://desk.example/hook" }, secret, now: NOW });
});

const run = (at: number, retention: Partial<Retention>, signal = new AbortController().signal) =>
  forget({ db: ledger.db, now: () => later(at * DAY), retention: { ...NEVER, ...retention }, signal });

/** An item with an observation, in two revisions, and three items without; all done. */
async function story() {
  const { itemId, revisionId } = await storedRevision(ledger.db);
  await syncFeeds(ledger.db, [feed("tass"), feed("aa")], { now: NOW, intervalSeconds: 900 });
  const observations = [
    { observation: figure("1:1:text:0", 135), itemId, revisionId, clusterId: null, feedId: "tass" },
  ];
  await insertObservations(ledger.db, { story: STORY, observations, now: NOW });
  await sql`
    insert into revisions (item_id, number, title, text, content_hash, seen_at, stage, staged_at, queued_at)
    select item_id, 2, 'Later', 'said anew', decode('00', 'hex'), ${NOW}, 'done', ${NOW}, ${NOW} from revisions where id = ${revisionId}`.execute(
    ledger.db,
  );
  await storePoll(ledger.db, "aa", [item("b", "rain"), item("c", "sun"), item("d", "wind")], NOW);
  await sql`update revisions set stage = 'done', relevance = '{}', reading = '{}'`.execute(ledger.db);
  return { itemId };
}

const texts = async () =>
  (await sql<{ text: string }>`select text from revisions order by id`.execute(ledger.db)).rows.map(({ text }) => text);

test("texts of items from which nothing was read are forgotten after their time, evidence never", async () => {
  const { itemId } = await story();
  const before = await texts();
  expect(await run(9, { textsDays: 10 })).toEqual(NOTHING);
  expect(await texts()).toEqual(before);
  expect(await run(11, { textsDays: 10 })).toEqual({ ...NOTHING, texts: 3 });
  const { rows } = await sql<{ item_id: string; text: string; title: string; forgotten: boolean; reading: unknown }>`
    select item_id, text, title, text_forgotten_at is not null as forgotten, reading from revisions order by id`.execute(
    ledger.db,
  );
  for (const row of rows)
    expect(row.item_id === itemId ? row.text !== "" && !row.forgotten : row.text === "" && row.forgotten).toBe(true);
  expect(rows.every(({ title }) => title !== "")).toBe(true);
  expect(rows.filter(({ item_id }) => item_id !== itemId).every(({ reading }) => reading === null)).toBe(true);
  expect(await run(12, { textsDays: 10 })).toEqual(NOTHING);
});

test("an item whose text was forgotten is known when its feed brings it again", async () => {
  await story();
  await run(11, { textsDays: 10 });
  const again = await storePoll(ledger.db, "aa", [item("b", "rain"), item("c", "sun")], later(12 * DAY));
  expect(again).toMatchObject({ newItems: 0, edits: 0, unchanged: 2 });
});

test("an item whose earlier text was forgotten is still found by what it says now", async () => {
  await syncFeeds(ledger.db, [feed("aa")], { now: NOW, intervalSeconds: 900 });
  await storePoll(ledger.db, "aa", [item("b", "rain"), item("c", "sun")], NOW);
  await storePoll(ledger.db, "aa", [item("b", "snow")], later(5 * DAY));
  await sql`update revisions set stage = 'done'`.execute(ledger.db);
  const wordsOf = ({ text }: { text: string }) => new Map([[text, [1]]]);
  await fillItemSearch(ledger.db, { limit: 10, now: later(5 * DAY), wordsOf });
  const found = async (word: string) =>
    (await listItems(ledger.db, { terms: [{ keys: [word], open: false }], limit: 9 })).length;
  expect([await found("snow"), await found("sun")]).toEqual([1, 1]);
  expect(await run(11, { textsDays: 10 })).toEqual({ ...NOTHING, texts: 2 });
  expect([await found("snow"), await found("sun")]).toEqual([1, 0]);
});

test("work that is still owed keeps its text", async () => {
  await story();
  await sql`update revisions set stage = 'match' where text = 'sun'`.execute(ledger.db);
  await run(11, { textsDays: 10 });
  expect(await texts()).toContain("sun");
  expect(await texts()).not.toContain("rain");
});

test("a step looks at a bounded number of rows, goes on where the last one ended, and stops at what is young", async () => {
  await story();
  await storePoll(ledger.db, "aa", [item("young", "snow")], later(20 * DAY));
  const step = () => forgetTexts(ledger.db, { before: later(10 * DAY), limit: 2, now: later(11 * DAY) });
  const steps = [await step(), await step(), await step()];
  expect(steps.map(({ more }) => more)).toEqual([true, true, false]);
  expect(steps.reduce((sum, { rows }) => sum + rows, 0)).toBe(3);
  expect(await texts()).toContain("snow");
  expect(Number(await readMeta(ledger.db, "forgotten-texts", z.string()))).toBeGreaterThan(0);
});

test("attempts lose headers and bodies first, are forgotten later, and only of deliveries that are over", async () => {
  await insertAlerts(ledger.db, { alerts: [alert("alt_a"), alert("alt_b")], now: NOW });
  await sql`
    insert into deliveries (webhook_id, endpoint_id, alert_id, state, next_attempt_at, queued_at, created_at)
    select w, e.id, a, s, ${NOW}, ${NOW}, ${NOW} from endpoints e, (values ('w1', 'alt_a', 'delivered'), ('w2', 'alt_b', 'failed')) as v(w, a, s)`.execute(
    ledger.db,
  );
  await sql`
    insert into attempts (delivery_id, number, started_at, duration_ms, status, request_headers, response_headers, response_body)
    select id, 1, ${NOW}, 5, 204, '{"a":"b"}', '{}', 'thanks' from deliveries`.execute(ledger.db);
  expect(await run(31, { bodiesDays: 30, attemptsDays: 90 })).toEqual({ ...NOTHING, bodies: 2 });
  const { rows } = await sql<object>`select status, duration_ms, request_headers, response_body from attempts`.execute(
    ledger.db,
  );
  expect(rows[0]).toEqual({ status: 204, duration_ms: 5, request_headers: null, response_body: null });
  expect(await run(91, { bodiesDays: 30, attemptsDays: 90 })).toEqual({ ...NOTHING, attempts: 1 });
  expect(await listAlerts(ledger.db, { limit: 10 })).toHaveLength(2);
  expect(await listDeliveries(ledger.db, { limit: 10 })).toHaveLength(2);
});

test("the audit log is forgotten after its time, and by nobody else", async () => {
  await recordAudit(ledger.db, { at: NOW, actor: "cli", action: "key.create", target: "key:1" });
  await recordAudit(ledger.db, { at: later(40 * DAY), actor: "cli", action: "key.revoke", target: "key:1" });
  await expect(sql`delete from audit_log`.execute(ledger.db)).rejects.toThrow(/never changed or removed/);
  await expect(sql`update audit_log set actor = 'x'`.execute(ledger.db)).rejects.toThrow(/never changed or removed/);
  expect(await run(50, { auditDays: 30 })).toEqual({ ...NOTHING, audit: 1 });
  await expect(sql`delete from audit_log`.execute(ledger.db)).rejects.toThrow(/never changed or removed/);
  const { rows } = await sql<{ action: string }>`select action from audit_log`.execute(ledger.db);
  expect(rows).toEqual([{ action: "key.revoke" }]);
});

test("what is kept for ever is kept, and a stop ends the work", async () => {
  await story();
  expect(await run(10_000, {})).toEqual(NOTHING);
  expect(await run(10_000, { textsDays: 1 }, AbortSignal.abort())).toEqual(NOTHING);
});
