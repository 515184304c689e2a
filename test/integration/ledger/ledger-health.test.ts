import { sql } from "kysely";
import { expect, test } from "vitest";
import { insertAlerts } from "../../../src/ledger/alerts.ts";
import { connectionName } from "../../../src/ledger/connected-roles.ts";
import { createEndpoint } from "../../../src/ledger/endpoints.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import { storePoll } from "../../../src/ledger/items.ts";
import { readLedgerHealth, readLedgerSize } from "../../../src/ledger/ledger-health.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert } from "./sample-claims.ts";
import { feed, item, later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ maxConnections: 1, name: connectionName(["api", "fetch", "match"]) });

test("an empty ledger is in order", async () => {
  const health = await readLedgerHealth(ledger.db, NOW);
  expect(health.stages.match).toEqual({ depth: 0, oldestSeconds: 0 });
  expect(health.stages.deliver).toEqual({ depth: 0, oldestSeconds: 0 });
  expect(health.feeds).toEqual({ new: 0, ok: 0, failing: 0, silent: 0, gone: 0, paused: 0 });
  expect(health.newestItemSeconds).toBeNull();
  expect(health.missingRoles).toEqual(["deduplicate", "classify", "deliver", "reconcile"]);
});

test("work owed is counted with the age of the oldest, feeds and endpoints by state", async () => {
  const { db } = ledger;
  await syncFeeds(
    db,
    ["tass", "aa", "bb", "cc"].map((id) => feed(id)),
    { now: NOW, intervalSeconds: 300 },
  );
  await sql`update feeds set paused = id = 'aa', status = case id when 'bb' then 'failing' when 'cc' then 'ok' else status end,
    next_fetch_at = case id when 'tass' then ${later(-40)}::timestamptz else ${later(900)} end,
    told_silent_at = case when id = 'cc' then ${NOW}::timestamptz end, last_new_item_at = case when id = 'cc' then ${later(-7200)}::timestamptz end`.execute(
    db,
  );
  await storePoll(db, "tass", [item("a"), item("b"), item("c")], later(-60));
  await sql`update revisions set stage = 'match', staged_at = ${later(-30)} where id = 1`.execute(db);
  await sql`update revisions set stage = 'parked', parked_from = 'match' where id = 2`.execute(db);
  const secret = { sealed: Buffer.from([1]), keyId: "k" };
  const made = [];
  for (const name of ["works", "held", "off"])
    made.push(await createEndpoint(db, { settings: { url: `https://${name}.example/` }, secret, now: NOW }));
  const [works, held, off] = made.map(({ id }) => id);
  await sql`update endpoints set hold_until = case when id = ${held} then ${later(600)}::timestamptz end, failing_since = case when id = ${held} then ${NOW}::timestamptz end, enabled = id <> ${off}`.execute(
    db,
  );
  await insertAlerts(db, { alerts: [alert("alt_1"), alert("alt_2")], now: NOW });
  const deliveries: [string, string, string, string][] = [
    [works ?? "", "alt_1", "pending", "-20 seconds"],
    [works ?? "", "alt_2", "delivered", "-90 seconds"],
    [held ?? "", "alt_1", "failed", "-500 seconds"],
    [off ?? "", "alt_1", "pending", "-900 seconds"],
    [off ?? "", "alt_2", "dead", "-900 seconds"],
  ];
  for (const [endpoint, about, state, due] of deliveries)
    await sql`insert into deliveries (webhook_id, endpoint_id, alert_id, state, next_attempt_at, queued_at, created_at)
      values (${endpoint + about}, ${endpoint}, ${about}, ${state}, ${NOW}::timestamptz + ${due}::interval, ${NOW}, ${NOW})`.execute(
      db,
    );

  const health = await readLedgerHealth(db, NOW);
  expect(health.stages).toEqual({
    fetch: { depth: 1, oldestSeconds: 40 },
    deduplicate: { depth: 1, oldestSeconds: 60 },
    classify: { depth: 0, oldestSeconds: 0 },
    match: { depth: 1, oldestSeconds: 30 },
    // Neither what waits for an endpoint that is held back, nor for one that is off.
    deliver: { depth: 1, oldestSeconds: 20 },
  });
  expect(health.parked).toBe(1);
  expect(health.deliveries).toEqual({ pending: 2, delivering: 0, failed: 1, dead: 1 });
  expect(health.feeds).toEqual({ new: 1, ok: 0, failing: 1, silent: 1, gone: 0, paused: 1 });
  expect(health.newestItemSeconds).toBe(7200);
  expect(health.endpoints).toEqual({ works: 1, failing: 1, disabled: 1 });
});

test("reading it scans no table that grows", async () => {
  const { db } = ledger;
  await sql`insert into items (feed_id, guid_key, first_seen_at) select 'tass', 'g' || i, ${NOW} from generate_series(1, 20000) i`.execute(
    db,
  );
  await sql`
    insert into revisions (item_id, number, title, text, content_hash, seen_at, stage, staged_at, queued_at)
    select id, 9, 't', 'x', '\\x00'::bytea, ${NOW}, 'done', ${NOW}, ${NOW} from items`.execute(db);
  await sql`
    insert into deliveries (webhook_id, endpoint_id, ping_body, state, next_attempt_at, queued_at, created_at)
    select 'w' || i, (select min(id) from endpoints), '{}', 'delivered', ${NOW}, ${NOW}, ${NOW} from generate_series(1, 20000) i`.execute(
    db,
  );
  await sql`analyze`.execute(db);
  const scans = async () => {
    await sql`select pg_stat_force_next_flush()`.execute(db);
    const { rows } = await sql<{ name: string; scans: string }>`
      select relname as name, seq_scan as scans from pg_stat_user_tables where relname in ('items', 'revisions', 'deliveries', 'attempts', 'alerts') order by 1`.execute(
      db,
    );
    return rows;
  };
  await scans();
  const before = await scans();
  expect(before).toHaveLength(5);
  await readLedgerHealth(db, NOW);
  await readLedgerSize(db);
  await scans();
  expect(await scans()).toEqual(before);
});
