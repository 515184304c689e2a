import { sql } from "kysely";
import { expect, test } from "vitest";
import { insertAlerts } from "../../../src/ledger/alerts.ts";
import {
  countDeliveries,
  createDeliveries,
  createPing,
  findDelivery,
  listDeliveries,
  webhookIdOf,
} from "../../../src/ledger/deliveries.ts";
import { type AttemptRecord, recordAttempts } from "../../../src/ledger/delivery-attempts.ts";
import { recoverDeliveries, redeliver, replayDeliveries } from "../../../src/ledger/delivery-resends.ts";
import { findDueDeliveries, releaseDeliveries, takeDeliveries } from "../../../src/ledger/delivery-takes.ts";
import {
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  type Endpoint,
  type EndpointSettings,
  enableEndpoint,
  findEndpoint,
  listEndpoints,
  rotateEndpointSecret,
  updateEndpoint,
} from "../../../src/ledger/endpoints.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { alert } from "./sample-claims.ts";
import { later, NOW } from "./sample-feeds.ts";

const ledger = ledgerForTests({ emptied: "alerts, endpoints, deliveries, attempts" });

const secret = (text: string) => ({ sealed: Buffer.from(text), keyId: "k1" });
const subscribe = (settings: Partial<EndpointSettings> = {}) =>
  createEndpoint(ledger.db, {
    settings: { url: "https://hook.example/", ...settings },
    secret: secret("one"),
    now: NOW,
  });
const everything = () => true;
const raise = async (...ids: string[]) => {
  await insertAlerts(ledger.db, { alerts: ids.map((id) => alert(id)), now: NOW });
  return createDeliveries(ledger.db, { alerts: ids.map((id) => alert(id)), wants: everything, now: NOW });
};
const take = (now = NOW, ids?: readonly string[], limit = 100) =>
  takeDeliveries(ledger.db, { now, leaseMs: 20_000, limit, ...(ids && { ids }) });
const attempt = (deliveryId: string, changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
  deliveryId,
  startedAt: NOW,
  durationMs: 100,
  status: 500,
  error: "HTTP 500",
  requestHeaders: { "webhook-id": "x" },
  responseHeaders: { server: "s" },
  responseBody: "oops",
  outcome: "failed",
  nextAttemptAt: later(60),
  ...changes,
});
const success = (deliveryId: string): AttemptRecord =>
  attempt(deliveryId, { status: 200, error: null, outcome: "delivered", nextAttemptAt: undefined });

test("an alert is owed once to each enabled endpoint that wants it", async () => {
  const [one, two, off] = [
    await subscribe(),
    await subscribe({ filters: { kinds: ["figure.new"] } }),
    await subscribe(),
  ];
  await disableEndpoint(ledger.db, { id: off.id, reason: "by hand", now: NOW });
  await insertAlerts(ledger.db, { alerts: [alert("a")], now: NOW });
  const wants = (endpoint: Endpoint, { kind }: { kind: string }) => endpoint.filters.kinds?.includes(kind) ?? true;
  const made = await createDeliveries(ledger.db, { alerts: [alert("a")], wants, now: NOW });
  expect(made).toEqual([{ id: expect.any(String), alertId: "a", endpointId: one.id }]);
  expect(await createDeliveries(ledger.db, { alerts: [alert("a")], wants: everything, now: NOW })).toMatchObject([
    { endpointId: two.id },
  ]);
  expect(await createDeliveries(ledger.db, { alerts: [alert("a")], wants: everything, now: NOW })).toEqual([]);
});

test("alerts that are rolled back owe nothing", async () => {
  await subscribe();
  await ledger.db
    .transaction()
    .execute(async (trx) => {
      await insertAlerts(trx, { alerts: [alert("a")], now: NOW });
      await createDeliveries(trx, { alerts: [alert("a")], wants: everything, now: NOW });
      throw new Error("match failed");
    })
    .catch(() => {});
  expect(await listDeliveries(ledger.db, { limit: 9 })).toEqual([]);
});

test("a taken delivery carries body, address and secrets, and its webhook-id stays the same", async () => {
  const endpoint = await subscribe({ headers: { "x-desk": "caucasus" } });
  const [made] = await raise("a");
  const [first] = await take();
  expect(first).toMatchObject({
    id: made?.id,
    alertId: "a",
    endpointId: endpoint.id,
    url: "https://hook.example/",
    headers: { "x-desk": "caucasus" },
    attempts: 0,
    tries: 0,
    body: { type: "figure.revised", data: { alert: "a" } },
    secretKeyId: "k1",
    previousSecretSealed: null,
    webhookId: webhookIdOf("a", endpoint.id),
  });
  expect(first?.secretSealed.toString()).toBe("one");
  expect(await take(later(19))).toEqual([]);
  const [again] = await take(later(20));
  expect(again?.webhookId).toBe(first?.webhookId);
});

test("takers at the same time never share a delivery", async () => {
  await subscribe({ concurrency: 100 });
  await raise(...Array.from({ length: 60 }, (_, i) => `a${i}`));
  const taken = (await Promise.all(Array.from({ length: 6 }, () => take(NOW, undefined, 20)))).flat();
  expect(taken).toHaveLength(60);
  expect(new Set(taken.map(({ id }) => id)).size).toBe(60);
});

test("only the deliveries asked for are taken, once", async () => {
  await subscribe();
  const made = await raise("a", "b");
  expect((await take(NOW, [made[1]?.id ?? ""])).map(({ alertId }) => alertId)).toEqual(["b"]);
  expect(await take(NOW, [made[1]?.id ?? ""])).toEqual([]);
});

test("an endpoint's concurrency holds over all takers", async () => {
  await subscribe({ concurrency: 3 });
  await raise(...Array.from({ length: 10 }, (_, i) => `a${i}`));
  const taken = (await Promise.all(Array.from({ length: 5 }, () => take()))).flat();
  expect(taken).toHaveLength(3);
  await recordAttempts(ledger.db, [success(taken[0]?.id ?? "")]);
  expect(await take()).toHaveLength(1);
});

test("an endpoint's rate holds", async () => {
  await subscribe({ concurrency: 50, ratePerSecond: 2 });
  await raise("a", "b", "c", "d", "e");
  expect(await take()).toHaveLength(2);
  expect(await take(later(0.5))).toHaveLength(0);
  expect(await take(later(1))).toHaveLength(2);
});

test("a rate below one in a second holds, and one with a fraction", async () => {
  await subscribe({ concurrency: 50, ratePerSecond: 0.1 });
  await raise("a", "b");
  expect(await take()).toHaveLength(1);
  expect(await take(later(9))).toHaveLength(0);
  expect(await take(later(10.1))).toHaveLength(1);
  await sql`truncate alerts, endpoints, deliveries, attempts cascade`.execute(ledger.db);
  await subscribe({ concurrency: 50, ratePerSecond: 1.5 });
  await raise(...Array.from({ length: 30 }, (_, i) => `a${i}`));
  let taken = 0;
  for (let tenth = 0; tenth < 100; tenth += 1) taken += (await take(later(tenth / 10))).length;
  expect(taken).toBeGreaterThanOrEqual(14);
  expect(taken).toBeLessThanOrEqual(16);
});

test("a failed attempt is tried again at its time, a delivered one never", async () => {
  await subscribe();
  const [made] = await raise("a");
  const id = made?.id ?? "";
  await take();
  expect(await recordAttempts(ledger.db, [attempt(id)])).toMatchObject([
    { number: 1, state: "failed", failingSince: later(0.1) },
  ]);
  expect(await take(later(59))).toEqual([]);
  expect(await take(later(60))).toMatchObject([{ attempts: 1, tries: 1, endpointFailingSince: later(0.1) }]);
  expect(await recordAttempts(ledger.db, [success(id)])).toMatchObject([
    { number: 2, state: "delivered", failingSince: null },
  ]);
  expect(await take(later(9999))).toEqual([]);
  const found = await findDelivery(ledger.db, id);
  expect(found?.delivery).toMatchObject({
    state: "delivered",
    attempts: 2,
    last_status: 200,
    last_error: null,
    delivered_at: later(0.1),
  });
  expect(found?.attempts.map(({ number, status, response_body }) => [number, status, response_body])).toEqual([
    [1, 500, "oops"],
    [2, 200, "oops"],
  ]);
});

test("a late failure does not take back a success, nor an endpoint's end", async () => {
  const endpoint = await subscribe();
  const [a, b] = await raise("a", "b");
  await take();
  await recordAttempts(ledger.db, [success(a?.id ?? "")]);
  expect(await recordAttempts(ledger.db, [attempt(a?.id ?? "")])).toMatchObject([{ state: "delivered", number: 2 }]);
  await disableEndpoint(ledger.db, { id: endpoint.id, reason: "410", now: NOW });
  expect(await recordAttempts(ledger.db, [attempt(b?.id ?? "")])).toMatchObject([{ state: "dead" }]);
});

test("an endpoint that is held back waits, others do not", async () => {
  const [dead, well] = [await subscribe(), await subscribe()];
  await raise("a", "b");
  const taken = await take(NOW, undefined, 1);
  await recordAttempts(
    ledger.db,
    taken.map(({ id }) => attempt(id, { holdEndpointUntil: later(30) })),
  );
  expect(taken[0]?.endpointId).toBe(dead.id);
  expect((await take()).map(({ endpointId }) => endpointId)).toEqual([well.id, well.id]);
  expect((await take(later(30))).filter(({ endpointId }) => endpointId === dead.id)).toHaveLength(1);
});

test("due deliveries without a job are found once a grace time, fairly between endpoints", async () => {
  const [one, two] = [await subscribe(), await subscribe()];
  await raise("a", "b", "c");
  const due = (at: number, perEndpoint = 100) =>
    findDueDeliveries(ledger.db, { now: later(at), graceMs: 30_000, limit: 100, perEndpoint });
  expect(await due(29)).toEqual([]);
  expect((await due(30, 2)).map(({ endpointId }) => endpointId).sort()).toEqual([one.id, one.id, two.id, two.id]);
  expect(await due(31)).toHaveLength(2);
  expect(await due(32)).toEqual([]);
});

test("deliveries that a take had to leave are found as soon as there is room", async () => {
  const endpoint = await subscribe({ concurrency: 2 });
  const ids = (await raise("a", "b", "c")).map(({ id }) => id);
  const due = async () =>
    (await findDueDeliveries(ledger.db, { now: NOW, graceMs: 600_000, limit: 100 })).map(({ id }) => id);
  const taken = await take(NOW, ids);
  expect(taken).toHaveLength(2);
  expect(await due()).toEqual([]);
  await recordAttempts(ledger.db, [success(taken[0]?.id ?? "")]);
  expect(await due()).toEqual([ids[2]]);
  expect(await due()).toEqual([]);
  const rest = await takeDeliveries(ledger.db, { now: NOW, leaseMs: 20_000, limit: 9, endpointIds: [endpoint.id] });
  expect(rest.map(({ alertId }) => alertId)).toEqual(["c"]);
});

test("a retry that became due is found at once", async () => {
  await subscribe();
  const [made] = await raise("a");
  await take();
  await recordAttempts(ledger.db, [attempt(made?.id ?? "", { nextAttemptAt: later(40) })]);
  const due = (at: number) => findDueDeliveries(ledger.db, { now: later(at), graceMs: 600_000, limit: 100 });
  expect(await due(39)).toEqual([]);
  expect(await due(40)).toHaveLength(1);
  expect(await due(41)).toEqual([]);
});

test("a worker that died in the middle leaves its delivery to be found after the lease", async () => {
  await subscribe();
  await raise("a");
  await take();
  const due = (at: number) => findDueDeliveries(ledger.db, { now: later(at), graceMs: 600_000, limit: 100 });
  expect(await due(19)).toEqual([]);
  expect(await due(20)).toHaveLength(1);
});

test("a released delivery is due again without an attempt", async () => {
  await subscribe();
  const [made] = await raise("a");
  await take();
  await releaseDeliveries(ledger.db, { ids: [made?.id ?? ""], now: NOW });
  expect(await take()).toMatchObject([{ attempts: 0 }]);
});

test("a disabled endpoint's deliveries are given up and can be recovered, with those raised meanwhile", async () => {
  const endpoint = await subscribe();
  const [kept] = await raise("a", "b");
  await take(NOW, [kept?.id ?? ""]);
  await recordAttempts(ledger.db, [success(kept?.id ?? "")]);
  expect(await disableEndpoint(ledger.db, { id: endpoint.id, reason: "410 Gone", now: NOW })).toBe(true);
  expect(await disableEndpoint(ledger.db, { id: endpoint.id, reason: "again", now: NOW })).toBe(false);
  expect(await findEndpoint(ledger.db, endpoint.id)).toMatchObject({ enabled: false, disabledReason: "410 Gone" });
  await raise("c");
  expect(await countDeliveries(ledger.db)).toEqual({ pending: 0, delivering: 0, failed: 0, dead: 1 });
  await enableEndpoint(ledger.db, { id: endpoint.id, now: later(1) });
  const current = (await findEndpoint(ledger.db, endpoint.id)) as Endpoint;
  expect(
    await recoverDeliveries(ledger.db, { endpoint: current, wants: everything, now: later(2), since: later(5) }),
  ).toEqual([]);
  const recovered = await recoverDeliveries(ledger.db, {
    endpoint: current,
    wants: everything,
    now: later(2),
    since: NOW,
  });
  expect(recovered).toHaveLength(2);
  expect((await take(later(2))).map(({ alertId, tries }) => [alertId, tries])).toEqual([
    ["b", 0],
    ["c", 0],
  ]);
});

test("a replay sends from one alert on again, under the same webhook-ids", async () => {
  const endpoint = await subscribe();
  const made = await raise("a", "b", "c");
  const before = await take();
  await recordAttempts(
    ledger.db,
    made.map(({ id }) => success(id)),
  );
  const { seq } = await ledger.db.selectFrom("alerts").select("seq").where("id", "=", "b").executeTakeFirstOrThrow();
  expect(await replayDeliveries(ledger.db, { endpoint, wants: everything, now: later(1), fromSeq: seq })).toHaveLength(
    2,
  );
  const again = await take(later(1));
  expect(again.map(({ alertId }) => alertId)).toEqual(["b", "c"]);
  expect(again.map(({ webhookId }) => webhookId)).toEqual(before.slice(1).map(({ webhookId }) => webhookId));
});

test("one delivery can be sent anew with all its tries", async () => {
  await subscribe();
  const [made] = await raise("a");
  const id = made?.id ?? "";
  await take();
  await recordAttempts(ledger.db, [attempt(id, { outcome: "dead", nextAttemptAt: undefined })]);
  expect(await listDeliveries(ledger.db, { states: ["dead"], limit: 9 })).toMatchObject([
    { id, last_error: "HTTP 500" },
  ]);
  expect(await take(later(9999))).toEqual([]);
  expect(await redeliver(ledger.db, { id, now: later(1) })).toBe(true);
  expect(await take(later(1))).toMatchObject([{ id, attempts: 1, tries: 0 }]);
  expect(await redeliver(ledger.db, { id: "999999", now: NOW })).toBe(false);
});

test("a ping is delivered like an alert", async () => {
  const endpoint = await subscribe();
  const id = await createPing(ledger.db, {
    endpointId: endpoint.id,
    webhookId: "msg_ping_1",
    body: { type: "ping" },
    now: NOW,
  });
  expect(await take()).toMatchObject([{ id, alertId: null, body: { type: "ping" }, webhookId: "msg_ping_1" }]);
});

test("only the first 16 KB of an answer are kept", async () => {
  await subscribe();
  const [made] = await raise("a");
  await recordAttempts(ledger.db, [attempt(made?.id ?? "", { responseBody: "x".repeat(20_000) })]);
  const found = await findDelivery(ledger.db, made?.id ?? "");
  expect(found?.attempts[0]?.response_body).toHaveLength(16_384);
  // Bytes, and no half of a letter.
  await recordAttempts(ledger.db, [attempt(made?.id ?? "", { responseBody: `x${"ա".repeat(20_000)}` })]);
  const again = await findDelivery(ledger.db, made?.id ?? "");
  expect(again?.attempts[1]?.response_body).toBe(`x${"ա".repeat(8191)}`);
});

test("during a rotation both secrets are at hand, until its end", async () => {
  const { id } = await subscribe();
  await raise("a");
  await rotateEndpointSecret(ledger.db, {
    id,
    secret: { sealed: Buffer.from("two"), keyId: "k2" },
    previousUntil: later(86_400),
    now: NOW,
  });
  expect(await ledger.db.selectFrom("endpoints").select(["secret_key_id", "previous_secret_key_id"]).execute()).toEqual(
    [{ secret_key_id: "k2", previous_secret_key_id: "k1" }],
  );
  const [taken] = await take();
  expect([taken?.secretSealed.toString(), taken?.previousSecretSealed?.toString()]).toEqual(["two", "one"]);
  expect(await take(later(86_400))).toMatchObject([{ previousSecretSealed: null, previousSecretKeyId: null }]);
});

test("an endpoint is changed in what is given alone", async () => {
  const { id } = await subscribe({ description: "desk", filters: { minSeverity: "high" } });
  expect(await updateEndpoint(ledger.db, { id, changes: { filters: {} }, now: later(1) })).toMatchObject({
    description: "desk",
    filters: {},
    updatedAt: later(1),
  });
  expect(
    await updateEndpoint(ledger.db, { id, changes: { ratePerSecond: 5, headers: { a: "b" } }, now: NOW }),
  ).toMatchObject({ ratePerSecond: 5, headers: { a: "b" } });
  expect(await updateEndpoint(ledger.db, { id: "999", changes: {}, now: NOW })).toBeUndefined();
});

test("a deleted endpoint is gone with its secrets, what was sent to it can be read", async () => {
  const { id } = await subscribe();
  await raise("a");
  expect(await deleteEndpoint(ledger.db, { id, now: NOW })).toBe(true);
  expect(await deleteEndpoint(ledger.db, { id, now: NOW })).toBe(false);
  expect(await listEndpoints(ledger.db)).toEqual([]);
  expect(await take()).toEqual([]);
  expect(await listDeliveries(ledger.db, { endpointId: id, limit: 9 })).toMatchObject([
    { state: "dead", last_error: "deleted" },
  ]);
  const row = await ledger.db
    .selectFrom("endpoints")
    .select("secret_sealed")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(row.secret_sealed).toHaveLength(0);
});

test("a rate is held by looking at the latest deliveries alone, however many there were", async () => {
  const endpoint = await subscribe({ ratePerSecond: 2 });
  await sql`
    insert into deliveries (webhook_id, endpoint_id, ping_body, state, next_attempt_at, queued_at, attempts, tries, taken_at, delivered_at, created_at)
    select 'old-' || n, ${endpoint.id}, '{}', 'delivered', ${NOW}, ${NOW}, 1, 1, ${NOW}::timestamptz - n * interval '10 seconds', ${NOW}, ${NOW}
    from generate_series(1, 20000) n`.execute(ledger.db);
  await sql`analyze deliveries`.execute(ledger.db);
  await raise("a", "b", "c");
  const read = await ledger.db.transaction().execute(async (trx) => {
    expect(await takeDeliveries(trx, { now: NOW, leaseMs: 20_000, limit: 100 })).toHaveLength(2);
    const { rows } = await sql<{ tuples: number }>`
      select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as tuples
      from pg_stat_xact_user_tables where relname = 'deliveries' and schemaname = current_schema()`.execute(trx);
    return rows[0]?.tuples;
  });
  // Mostly a dozen; how PostgreSQL's sample of the table came out may make it some thousand, but never all of them.
  expect(read).toBeLessThan(5_000);
  expect(await take(later(0.9))).toEqual([]);
  expect(await take(later(1.1))).toHaveLength(1);
});
