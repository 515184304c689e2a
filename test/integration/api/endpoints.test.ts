import fastify from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { addIdempotency } from "../../../src/api/idempotency.ts";
import { answerWithProblems, Problem } from "../../../src/api/problem.ts";
import { takeDeliveries } from "../../../src/ledger/delivery-takes.ts";
import { findEndpoint } from "../../../src/ledger/endpoints.ts";
import { unseal } from "../../../src/ledger/sealed-secret.ts";
import { type ApiUnderTest, SEALING_KEY, startApiUnderTest } from "./api-under-test.ts";
import { tell, toll } from "./told-story.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.close());
beforeEach(async () => {
  await sql`truncate alerts, observations, standings, endpoints, deliveries, attempts, items, revisions, idempotency_keys cascade`.execute(
    api.ledger.db,
  );
  api.enqueued.length = 0;
  api.log.length = 0;
});

const URL_GIVEN = "https://hook.example/alerts";
const create = async (body: object = {}, headers: Record<string, string> = {}) =>
  api.ask("POST", "/api/v1/endpoints", { body: { url: URL_GIVEN, ...body }, headers });
const madeId = async (body: object = {}) => (await create(body)).json.id as string;

describe("the health of endpoints", () => {
  test("counts what is owed and given up, and knows the last success", async () => {
    const id = await madeId();
    const other = await madeId();
    const { db } = api.ledger;
    for (const [state, status] of Object.entries({ pending: null, failed: 500, dead: 404, delivered: 204 }))
      await sql`insert into deliveries (webhook_id, endpoint_id, ping_body, state, attempts, last_status, delivered_at, next_attempt_at, queued_at, created_at)
        values (${state}, ${id}, '{}', ${state}, ${status === null ? 0 : 1}, ${status}, ${state === "delivered" ? new Date() : null}, now(), now(), now())`.execute(
        db,
      );
    const { json } = await api.ask("GET", "/api/v1/endpoint-health");
    const sorted = json.endpoints.sort(
      (a: { endpoint: string }, b: { endpoint: string }) => Number(a.endpoint) - Number(b.endpoint),
    );
    expect(sorted).toMatchObject([
      { endpoint: id, waiting: 1, retrying: 1, dead: 1, lastStatus: 204, lastDeliveredAt: expect.any(String) },
      { endpoint: other, waiting: 0, retrying: 0, dead: 0, lastStatus: null, lastDeliveredAt: null },
    ]);
  });
});

describe("an endpoint", () => {
  test("is listed once, with all others or in pages", async () => {
    const made = [];
    for (const name of ["one", "two", "three"]) made.push((await create({ description: name })).json.id);
    const listed = async (query: string) => (await api.ask("GET", `/api/v1/endpoints${query}`)).json;
    const ids = ({ endpoints }: { endpoints: { id: string }[] }) => endpoints.map(({ id }) => id);
    expect(await listed("")).toMatchObject({ next: null });
    expect(ids(await listed(""))).toEqual(made);
    const first = await listed("?limit=2");
    expect(ids(first)).toEqual(made.slice(0, 2));
    const rest = await listed(`?limit=2&after=${first.next}`);
    expect(ids(rest)).toEqual(made.slice(2));
    expect(rest.next).toBeNull();
    expect((await api.ask("GET", "/api/v1/endpoints?limit=none")).status).toBe(400);
  });

  test("is created with a secret that is shown once and kept sealed", async () => {
    const made = await create({
      description: "desk",
      filters: { minSeverity: "high" },
      headers: { "X-Desk": "hush-hush" },
    });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe(`/api/v1/endpoints/${made.json.id}`);
    expect(made.json).toMatchObject({ url: URL_GIVEN, description: "desk", headers: ["X-Desk"], enabled: true });
    expect(Buffer.from(made.json.secret.slice("whsec_".length), "base64")).toHaveLength(32);
    const shown = await api.ask("GET", `/api/v1/endpoints/${made.json.id}`);
    const all = await api.ask("GET", "/api/v1/endpoints");
    for (const answer of [shown, all]) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain(made.json.secret);
      expect(answer.text).not.toContain("hush-hush");
    }
    const row = await sql<{
      secret: Buffer;
      all: string;
    }>`select secret_sealed as secret, endpoints::text as all from endpoints`.execute(api.ledger.db);
    expect(unseal(row.rows[0]?.secret ?? Buffer.alloc(0), SEALING_KEY)).toBe(made.json.secret);
    expect(row.rows[0]?.all).not.toContain("hush-hush");
    expect(api.log.join()).not.toContain("whsec_");
    expect(api.log.join()).not.toContain("hush-hush");
  });

  test.each([
    [{ url: "ftp://example.org" }, "url"],
    [{ url: "https://user:pass@example.org" }, "url"],
    [{ url: "http://169.254.169.254/latest" }, "url"],
    [{ url: "http://[::ffff:10.0.0.1]/" }, "url"],
    [{ url: "http://2130706434/" }, "url"],
    [{ headers: { "Webhook-Id": "x" } }, "headers.Webhook-Id"],
    [{ headers: { "content-length": "3" } }, "headers.content-length"],
    [{ headers: { host: "x" } }, "headers.host"],
    [{ headers: { "x-a": "line\nbreak" } }, "headers.x-a"],
    [{ headers: { "x a": "b" } }, "headers.x a"],
    [{ filters: { kinds: ["figure.rewritten"] } }, "filters.kinds.0"],
    [{ filters: { events: ["armenian-deaths", "nothing"] } }, "filters.events.1"],
    [{ filters: { stories: ["nowhere"] } }, "filters.stories.0"],
    [{ filters: { severity: "high" } }, "filters.severity"],
    [{ concurrency: 0 }, "concurrency"],
    [{ ratePerSecond: -1 }, "ratePerSecond"],
    [{ secret: "mine" }, "secret"],
  ])("is refused with the field that is wrong: %j", async (body, field) => {
    const { status, json, headers } = await create(body);
    expect(status).toBe(400);
    expect(headers["content-type"]).toContain("application/problem+json");
    expect(json).toMatchObject({ title: "Invalid request", status: 400 });
    expect(json.errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  test("is changed in what is given, only as it was read when If-Match says so", async () => {
    const id = await madeId({ description: "one", headers: { "x-a": "b" } });
    const { etag } = (await api.ask("GET", `/api/v1/endpoints/${id}`)).headers;
    const change = (body: object, headers: Record<string, string> = {}) =>
      api.ask("PATCH", `/api/v1/endpoints/${id}`, { body, headers });
    const changed = await change({ description: "two" }, { "if-match": String(etag) });
    expect(changed.json).toMatchObject({ description: "two", headers: ["x-a"], url: URL_GIVEN });
    expect((await change({ description: "three" }, { "if-match": String(etag) })).status).toBe(412);
    const { etag: read } = (await api.ask("GET", `/api/v1/endpoints/${id}`)).headers;
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        change({ description: `at once ${number}` }, { "if-match": `W/"other", ${String(read)}` }),
      ),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 412)]);
    expect((await change({ description: "two" }, { "if-match": "*" })).status).toBe(200);
    expect((await change({})).status).toBe(400);
    expect((await change({ headers: {} })).json).toMatchObject({ headers: [], description: "two" });
  });

  test("is disabled, enabled, deleted", async () => {
    const id = await madeId();
    expect((await api.ask("POST", `/api/v1/endpoints/${id}/disable`)).json).toMatchObject({
      enabled: false,
      disabledReason: "disabled by local",
    });
    expect((await api.ask("POST", `/api/v1/endpoints/${id}/test`)).status).toBe(409);
    expect((await api.ask("POST", `/api/v1/endpoints/${id}/enable`)).json).toMatchObject({ enabled: true });
    expect((await api.ask("DELETE", `/api/v1/endpoints/${id}`)).status).toBe(204);
    for (const [method, path] of [
      ["GET", ""],
      ["DELETE", ""],
      ["POST", "/enable"],
      ["POST", "/disable"],
      ["POST", "/rotate"],
      ["POST", "/test"],
    ] as const)
      expect((await api.ask(method, `/api/v1/endpoints/${id}${path}`)).status).toBe(404);
  });

  test("gets a new secret, and the one before stays for 24 hours", async () => {
    const made = await create();
    const rotated = await api.ask("POST", `/api/v1/endpoints/${made.json.id}/rotate`);
    expect(rotated.json.secret).not.toBe(made.json.secret);
    const kept = await findEndpoint(api.ledger.db, made.json.id);
    const left = (kept?.previousSecretUntil?.getTime() ?? 0) - Date.now();
    expect(Math.abs(left - 24 * 3600_000)).toBeLessThan(60_000);
  });
});

describe("what was sent", () => {
  test("is listed, read with its body, and sent anew", async () => {
    const id = await madeId();
    const owed = await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
    expect(owed).toHaveLength(1);
    const listed = await api.ask("GET", `/api/v1/deliveries?endpoint=${id}&states=pending`);
    expect(listed.json).toMatchObject({ deliveries: [{ endpoint: id, state: "pending", attempts: 0 }], next: null });
    const one = await api.ask("GET", `/api/v1/deliveries/${owed[0]}`);
    expect(one.json).toMatchObject({ log: [], body: { type: "figure.revised" } });
    expect((await api.ask("POST", `/api/v1/deliveries/${owed[0]}/redeliver`)).json).toEqual({ deliveries: 1 });
    expect(api.enqueued).toEqual(owed);
    expect((await api.ask("GET", "/api/v1/deliveries?states=dead")).json.deliveries).toEqual([]);
    expect((await api.ask("GET", "/api/v1/deliveries?states=lost")).status).toBe(400);
    expect((await api.ask("GET", "/api/v1/deliveries/99")).status).toBe(404);
  });

  test("while an endpoint was away is recovered since a time, and replayed from an alert on", async () => {
    const id = await madeId();
    await api.ask("POST", `/api/v1/endpoints/${id}/disable`);
    await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
    const since = new Date(Date.now() - 600_000).toISOString();
    const recover = (body: object) => api.ask("POST", `/api/v1/endpoints/${id}/recover`, { body });
    expect((await recover({ since })).status).toBe(409);
    await api.ask("POST", `/api/v1/endpoints/${id}/enable`);
    expect((await recover({ since })).json).toEqual({ deliveries: 1 });
    expect(api.enqueued).toHaveLength(1);
    const tooOld = await recover({ since: new Date(Date.now() - 15 * 24 * 3600_000).toISOString() });
    expect(tooOld.json.errors[0].problem).toContain("14 days");
    await sql`update deliveries set state = 'delivered'`.execute(api.ledger.db);
    expect((await recover({ since })).json).toEqual({ deliveries: 0 });
    const [alert] = (await api.ask("GET", "/api/v1/alerts")).json.alerts;
    const replay = (from: string) => api.ask("POST", `/api/v1/endpoints/${id}/replay`, { body: { from } });
    expect((await replay(alert.id)).json).toEqual({ deliveries: 1 });
    expect((await replay("alt_none")).json.errors[0].field).toBe("from");
  });

  test("is a signed ping when asked for", async () => {
    const id = await madeId();
    const { status, json } = await api.ask("POST", `/api/v1/endpoints/${id}/test`);
    expect(status).toBe(202);
    expect(api.enqueued).toEqual([json.delivery]);
    expect((await api.ask("GET", `/api/v1/deliveries/${json.delivery}`)).json).toMatchObject({
      tells: null,
      alert: null,
      body: { type: "ping", data: { endpoint: id } },
    });
  });
});

describe("an endpoint that is held back after failures", () => {
  test.each([
    ["recover", () => ({ since: new Date(Date.now() - 600_000).toISOString() })],
    ["replay", (alert: string) => ({ from: alert })],
    ["send", (alert: string) => ({ alert })],
    ["test", () => undefined],
    ["redeliver", () => undefined],
  ] as const)("is sent to at once when somebody asks for it: %s", async (verb, bodyOf) => {
    const id = await madeId();
    const [delivery = ""] = await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
    const later = new Date(Date.now() + 300_000);
    await sql`update deliveries set state = 'failed', tries = 3, next_attempt_at = ${later}`.execute(api.ledger.db);
    await sql`update endpoints set failing_since = now(), hold_until = ${later}`.execute(api.ledger.db);
    const [alert] = (await api.ask("GET", "/api/v1/alerts")).json.alerts;
    const body = bodyOf(alert.id);
    const path = verb === "redeliver" ? `deliveries/${delivery}` : `endpoints/${id}`;
    const { status } = await api.ask("POST", `/api/v1/${path}/${verb}`, body === undefined ? {} : { body });
    expect(status).toBe(202);
    const taken = await takeDeliveries(api.ledger.db, { now: new Date(), leaseMs: 1000, limit: 10 });
    expect(taken.map((one) => one.id)).toEqual(api.enqueued);
    expect(taken).toHaveLength(1);
  });
});

describe("an Idempotency-Key", () => {
  const once = (key: string, body: object = {}) => create(body, { "idempotency-key": key });

  test("makes a write happen once, and gives the same answer again, the secret too", async () => {
    const first = await once("k1");
    const again = await once("k1");
    expect(again.json).toEqual(first.json);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    expect((await api.ask("GET", "/api/v1/endpoints")).json.endpoints).toHaveLength(1);
    const stored = await sql<{ all: string }>`select idempotency_keys::text as all from idempotency_keys`.execute(
      api.ledger.db,
    );
    expect(stored.rows[0]?.all).not.toContain(first.json.secret);
  });

  test("is refused for another request, and when it is malformed", async () => {
    await once("k2");
    expect((await once("k2", { description: "other" })).status).toBe(422);
    expect((await once("white space")).status).toBe(400);
  });

  test("does not keep what was not valid", async () => {
    expect((await once("k3", { url: "nonsense" })).status).toBe(400);
    expect((await once("k3")).status).toBe(201);
  });

  test("does not keep that there was no room for the write", async () => {
    const app = fastify();
    onTestFinished(() => app.close());
    app.addHook("onRequest", async (request) => {
      request.caller = { keyId: null, scopes: ["admin"] };
    });
    answerWithProblems(app);
    addIdempotency(app, { db: api.ledger.db, key: SEALING_KEY, now: () => new Date() });
    let room = 0;
    app.post("/", async () => {
      if (room === 0) throw new Problem(429, "Too many requests", "try again soon");
      return { done: true };
    });
    const ask = async () =>
      (await app.inject({ method: "POST", url: "/", headers: { "idempotency-key": "k6" } })).statusCode;
    expect(await ask()).toBe(429);
    room = 1;
    expect(await ask()).toBe(200);
    room = 0;
    expect(await ask()).toBe(200);
  });

  test("holds when the same request comes twice at once", async () => {
    const answers = await Promise.all([once("k4"), once("k4"), once("k4")]);
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThanOrEqual(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect((await api.ask("GET", "/api/v1/endpoints")).json.endpoints).toHaveLength(1);
  });

  test("repeats an answer without a body", async () => {
    const id = await madeId();
    const remove = () => api.ask("DELETE", `/api/v1/endpoints/${id}`, { headers: { "idempotency-key": "k5" } });
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204]);
  });
});
