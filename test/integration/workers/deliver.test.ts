import { setMaxListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { operationalAlertBodySchema } from "../../../src/api/alert-body-schema.ts";
import { insertAlerts, listAlerts } from "../../../src/ledger/alerts.ts";
import { createDeliveries, findDelivery, listDeliveries } from "../../../src/ledger/deliveries.ts";
import { takeDeliveries } from "../../../src/ledger/delivery-takes.ts";
import {
  createEndpoint,
  type EndpointSettings,
  findEndpoint,
  rotateEndpointSecret,
} from "../../../src/ledger/endpoints.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { sealHeaders } from "../../../src/ledger/sealed-headers.ts";
import { seal, sealingKeyOf } from "../../../src/ledger/sealed-secret.ts";
import { createHttpClient, type HttpClient } from "../../../src/net/http-client.ts";
import { type AttemptOutcome, createDeliverer } from "../../../src/workers/deliver.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../net/webhook-receiver.ts";
import { freshLedger } from "../fresh-ledger.ts";
import { alert } from "../ledger/sample-claims.ts";

const key = sealingKeyOf(Buffer.alloc(32, 7).toString("base64"));
const secretOf = (name: string) => `whsec_${Buffer.from(name.padEnd(32, ".")).toString("base64")}`;
const sealed = (name: string) => ({ sealed: seal(secretOf(name), key), keyId: key.id });
const DAY = 24 * 3600_000;

let ledger: Ledger;
let receiver: WebhookReceiver;
let client: HttpClient;
beforeAll(async () => {
  ledger = await freshLedger();
  receiver = await startWebhookReceiver();
  client = createHttpClient({ allowAddresses: ["127.0.0.1/32"] });
});
afterAll(async () => {
  await client.close();
  await receiver.stop();
  await ledger.close();
});
beforeEach(async () => {
  await sql`truncate alerts, endpoints, deliveries, attempts cascade`.execute(ledger.db);
  receiver.received.length = 0;
  receiver.answer = (_request, response) => response.writeHead(204).end();
});

const subscribe = (settings: Partial<EndpointSettings> = {}) =>
  createEndpoint(ledger.db, {
    settings: { url: `${receiver.url}/hook`, ...settings },
    secret: sealed("one"),
    now: new Date(),
  });

async function owe(...ids: string[]): Promise<string[]> {
  const alerts = ids.map((id) => alert(id));
  await insertAlerts(ledger.db, { alerts, now: new Date() });
  const made = await createDeliveries(ledger.db, { alerts, wants: () => true, now: new Date() });
  return made.map(({ id }) => id);
}

/** A deliverer whose clock can be moved, with what it told. */
function deliverer({ ahead = 0, timeoutMs = 1000, leaseMs = 10_000, graceMs = 2_000 } = {}) {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const told = {
    attempts: [] as AttemptOutcome[],
    disabled: [] as string[],
    errors: [] as unknown[],
    enqueued: [] as string[],
  };
  const worker = createDeliverer({
    db: ledger.db,
    client,
    key,
    now: () => new Date(Date.now() + ahead),
    random: () => 0.5,
    signal: stop.signal,
    timeoutMs,
    leaseMs,
    graceMs,
    enqueue: async ({ deliveries }) => void told.enqueued.push(...deliveries),
    onAttempt: (attempt) => told.attempts.push(attempt),
    onDisabled: (endpoint) => told.disabled.push(endpoint),
    onError: (error) => told.errors.push(error),
  });
  const run = async (ids: readonly string[]) => {
    await worker.deliver(ids);
    await worker.close();
    return told;
  };
  return { run, worker, stop, told };
}

test("a delivery stays with its worker for as long as the attempt lasts, and goes to another when the worker is dead", async () => {
  await subscribe();
  const [id = ""] = await owe("a");
  receiver.answer = () => {};
  const slow = deliverer({ timeoutMs: 1500, leaseMs: 400 });
  await slow.worker.deliver([id]);
  await pause(1000);
  await deliverer().run([id]);
  expect(receiver.received).toHaveLength(1);
  await slow.worker.close();
  expect(slow.told.attempts).toMatchObject([{ outcome: "failed" }]);
  const [other = ""] = await owe("b");
  await takeDeliveries(ledger.db, { ids: [other], now: new Date(), leaseMs: 400, limit: 1 });
  await pause(500);
  receiver.answer = (_request, response) => response.writeHead(204).end();
  await sql`update endpoints set hold_until = null`.execute(ledger.db);
  await deliverer().run([other]);
  expect((await stateOf(other))?.state).toBe("delivered");
});

const stateOf = async (id: string) => (await findDelivery(ledger.db, id))?.delivery;

describe("a delivery", () => {
  test("is signed as the official library verifies, and its log hides what is secret", async () => {
    await subscribe({ headers: sealHeaders({ "x-desk": "pass-1234" }, key) });
    const [id = ""] = await owe("a");
    await deliverer().run([id]);
    const [got] = receiver.received;
    expect(got?.headers["x-desk"]).toBe("pass-1234");
    const body = new Webhook(secretOf("one")).verify(got?.body ?? "", got?.headers as Record<string, string>);
    expect(body).toMatchObject({ data: { alert: "a" } });
    const found = await findDelivery(ledger.db, id);
    expect(found?.attempts[0]?.request_headers).toMatchObject({
      "webhook-id": got?.headers["webhook-id"],
      "webhook-signature": "[hidden]",
      "x-desk": "[hidden]",
    });
    const stored = await sql<{ headers: string }>`select headers::text from endpoints`.execute(ledger.db);
    expect(stored.rows[0]?.headers).not.toContain("pass-1234");
  });

  test("carries both signatures while a secret is rotated, the new one alone after 24 h", async () => {
    const { id: endpoint } = await subscribe();
    const previousUntil = new Date(Date.now() + DAY);
    await rotateEndpointSecret(ledger.db, { id: endpoint, secret: sealed("two"), previousUntil, now: new Date() });
    await deliverer().run(await owe("a"));
    const [got] = receiver.received;
    const verify = (name: string) =>
      new Webhook(secretOf(name)).verify(got?.body ?? "", got?.headers as Record<string, string>);
    expect(verify("one")).toEqual(verify("two"));
    expect(() => verify("three")).toThrow();
    await deliverer({ ahead: DAY + 1000 }).run(await owe("b"));
    expect(String(receiver.received[1]?.headers["webhook-signature"]).split(" ")).toHaveLength(1);
  });

  test("keeps its webhook-id over failures, and waits as the schedule says", async () => {
    await subscribe();
    const [id = ""] = await owe("a");
    receiver.answer = (_request, response) => response.writeHead(500).end("broken");
    await deliverer().run([id]);
    const failed = await stateOf(id);
    expect(failed).toMatchObject({ state: "failed", last_status: 500, tries: 1 });
    const wait = (failed?.next_attempt_at.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan(4_000);
    expect(wait).toBeLessThan(6_000);
    await deliverer({ ahead: 3_000 }).run([id]);
    expect(receiver.received).toHaveLength(1);
    receiver.answer = (_request, response) => response.writeHead(200).end();
    await deliverer({ ahead: 6_000 }).run([id]);
    expect(await stateOf(id)).toMatchObject({ state: "delivered", attempts: 2 });
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  test.each([
    ["seconds", () => "3600", 3_600_000],
    ["a date", () => new Date(Date.now() + 7_200_000).toUTCString(), 7_200_000],
    ["more than a day", () => "900000", 24 * 3_600_000],
    ["nonsense", () => "-1", 5_000],
  ])("waits as long as Retry-After asks: %s", async (_name, header, expected) => {
    await subscribe();
    const [id = ""] = await owe("a");
    receiver.answer = (_request, response) => response.writeHead(503, { "retry-after": header() }).end();
    await deliverer().run([id]);
    const wait = ((await stateOf(id))?.next_attempt_at.getTime() ?? 0) - Date.now();
    expect(Math.abs(wait - expected)).toBeLessThan(2_500);
  });

  test("is a dead letter after ten tries over 75.6 hours", async () => {
    await subscribe();
    const [id = ""] = await owe("a");
    receiver.answer = (_request, response) => response.writeHead(500).end();
    let ahead = 0;
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await deliverer({ ahead }).run([id]);
      const row = await stateOf(id);
      expect(row).toMatchObject({ attempts: attempt, state: attempt === 10 ? "dead" : "failed" });
      if (attempt < 10) ahead = (row?.next_attempt_at.getTime() ?? 0) - Date.now() + 50;
    }
    expect(ahead / 3_600_000).toBeGreaterThan(75.5);
    expect(ahead / 3_600_000).toBeLessThan(75.8);
    expect(await listDeliveries(ledger.db, { states: ["dead"], limit: 9 })).toHaveLength(1);
  });

  test("that was cut off by a stop goes out again under the same id, without a try used", async () => {
    await subscribe();
    const [id = ""] = await owe("a");
    receiver.answer = () => {};
    const { worker, stop } = deliverer({ timeoutMs: 10_000, graceMs: 100 });
    await worker.deliver([id]);
    await expect.poll(() => receiver.received.length).toBe(1);
    stop.abort();
    await worker.close();
    expect(await stateOf(id)).toMatchObject({ state: "pending", attempts: 0 });
    receiver.answer = (_request, response) => response.writeHead(204).end();
    await deliverer().run([id]);
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(await stateOf(id)).toMatchObject({ state: "delivered" });
  });
});

test("an answer on its way when the service stops is waited for, so that the alert is not sent twice", async () => {
  await subscribe();
  const [id = "", waiting = ""] = await owe("a", "b");
  receiver.answer = (_request, response) => void setTimeout(() => response.writeHead(204).end(), 300);
  const { worker, stop } = deliverer();
  await worker.deliver([id]);
  await expect.poll(() => receiver.received.length).toBe(1);
  stop.abort();
  await worker.deliver([waiting]);
  await worker.close();
  expect(await stateOf(id)).toMatchObject({ state: "delivered" });
  expect(await stateOf(waiting)).toMatchObject({ state: "pending", attempts: 0 });
  expect(receiver.received).toHaveLength(1);
});

describe("an endpoint is disabled", () => {
  test.each([
    ["410", (): [number, Record<string, string>] => [410, {}]],
    ["webhook-delivery: disable", (): [number, Record<string, string>] => [200, { "webhook-delivery": "disable" }]],
  ])("at once by %s, and the others are told", async (_name, reply) => {
    const gone = await subscribe({ url: `${receiver.url}/gone/secret-path` });
    const other = await subscribe({ url: `${receiver.url}/other` });
    receiver.answer = ({ path }, response) => {
      const [status, headers] = path.startsWith("/gone") ? reply() : [204, {}];
      response.writeHead(status, headers).end();
    };
    const { told, run, worker } = deliverer();
    await run(await owe("a"));
    expect(told.disabled).toEqual([gone.id]);
    expect(await findEndpoint(ledger.db, gone.id)).toMatchObject({ enabled: false });
    const [disabled] = await listAlerts(ledger.db, { kinds: ["endpoint.disabled"], limit: 9 });
    const body = operationalAlertBodySchema.parse(disabled?.body);
    expect(body.data).toMatchObject({ subject: gone.id, url: receiver.url });
    expect(JSON.stringify(body)).not.toContain("secret-path");
    await worker.deliver(told.enqueued);
    await worker.close();
    const bodies = receiver.received.filter(({ path }) => path === "/other").map(({ body: text }) => JSON.parse(text));
    expect(bodies.map(({ type }) => type)).toContain("endpoint.disabled");
    expect(await listDeliveries(ledger.db, { endpointId: gone.id, states: ["pending"], limit: 9 })).toEqual([]);
    expect(await listDeliveries(ledger.db, { endpointId: other.id, states: ["delivered"], limit: 9 })).toHaveLength(2);
  });

  test("after five days of failures, not before", async () => {
    const { id } = await subscribe();
    receiver.answer = (_request, response) => response.writeHead(500).end();
    await deliverer().run(await owe("a"));
    await deliverer({ ahead: 4.9 * DAY }).run(await owe("b"));
    expect(await findEndpoint(ledger.db, id)).toMatchObject({ enabled: true });
    const { told, run } = deliverer({ ahead: 5 * DAY });
    await run(await owe("c"));
    expect(told.disabled).toEqual([id]);
    expect(await findEndpoint(ledger.db, id)).toMatchObject({
      enabled: false,
      disabledReason: "every attempt failed for 5 days",
    });
  });
});

describe("one endpoint harms no other", () => {
  test("when it hangs: 99 others are served before its first attempt ends", async () => {
    await subscribe({ url: `${receiver.url}/hangs` });
    for (let place = 0; place < 99; place += 1) await subscribe({ url: `${receiver.url}/${place}` });
    const hanging: ServerResponse[] = [];
    receiver.answer = ({ path }, response) => {
      if (path === "/hangs") hanging.push(response);
      else response.writeHead(204).end();
    };
    const { worker, told } = deliverer({ timeoutMs: 60_000 });
    const ended = (outcome: string) => told.attempts.filter((attempt) => attempt.outcome === outcome).length;
    for (let round = 0; round < 5; round += 1) {
      const ids = await owe(`alert-${round}`);
      for (let at = 0; at < ids.length; at += 20) await worker.deliver(ids.slice(at, at + 20));
    }
    await expect.poll(() => ended("delivered"), { timeout: 30_000 }).toBe(495);
    expect(hanging.length).toBeGreaterThan(0);
    expect(ended("failed")).toBe(0);
    receiver.answer = (_request, response) => response.writeHead(500).end();
    for (const response of hanging) response.destroy();
    await worker.close();
    expect(ended("failed")).toBeGreaterThanOrEqual(hanging.length);
  });

  test("when it has more in store than may be under way: the rest follows as soon as there is room", async () => {
    await subscribe({ concurrency: 2 });
    const ids = await owe(...Array.from({ length: 30 }, (_, index) => `a${index}`));
    let open = 0;
    let most = 0;
    receiver.answer = (_request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        response.writeHead(204).end();
      }, 5);
    };
    await deliverer().run(ids);
    expect(receiver.received).toHaveLength(30);
    expect(most).toBe(2);
  });

  test("when its row cannot be read", async () => {
    const broken = await subscribe({ url: `${receiver.url}/broken` });
    const locked = await subscribe({ url: `${receiver.url}/locked` });
    const well = await subscribe({ url: `${receiver.url}/well` });
    await sql`update endpoints set filters = '{"kinds": 7}', headers = '[]' where id = ${broken.id}`.execute(ledger.db);
    await sql`update endpoints set secret_sealed = 'rubbish' where id = ${locked.id}`.execute(ledger.db);
    const { told, run } = deliverer();
    await run(await owe("a"));
    expect(told.errors).toEqual([]);
    expect(receiver.received.map(({ path }) => path).sort()).toEqual(["/broken", "/well"]);
    expect(await findEndpoint(ledger.db, broken.id)).toMatchObject({
      problem: expect.stringContaining("filters and headers"),
    });
    expect(await listDeliveries(ledger.db, { endpointId: locked.id, limit: 9 })).toMatchObject([
      { state: "failed", last_error: expect.stringContaining("could not be prepared") },
    ]);
    expect(await listDeliveries(ledger.db, { endpointId: well.id, limit: 9 })).toMatchObject([{ state: "delivered" }]);
  });

  test("when what it answered cannot be stored", async () => {
    await subscribe({ url: `${receiver.url}/odd` });
    await subscribe({ url: `${receiver.url}/well` });
    receiver.answer = ({ path }, response) =>
      path === "/odd"
        ? response.writeHead(200, { "x-odd": "\u00ff\u0080" }).end(Buffer.from([0, 0xff, 0xd8, 0x00]))
        : response.writeHead(204).end();
    const { told, run } = deliverer();
    await run(await owe("a"));
    expect(told.errors).toEqual([]);
    expect((await listDeliveries(ledger.db, { limit: 9 })).map(({ state }) => state)).toEqual([
      "delivered",
      "delivered",
    ]);
  });
});
