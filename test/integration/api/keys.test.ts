import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";

let api: ApiUnderTest;
beforeEach(async () => {
  api = await startApiUnderTest();
});
afterEach(() => api.close());

const make = (name: string, scopes: string[], key?: string) =>
  api.ask("POST", "/api/v1/keys", { body: { name, scopes }, ...(key === undefined ? {} : { key }) });

describe("keys", () => {
  test("are made, used, shown with their last use, and revoked", async () => {
    expect((await make("reader", ["read"])).status).toBe(409);
    const admin = (await make("admin", ["admin"])).json;
    expect(admin.key).toMatch(/^rsd_[\w-]{43}$/);
    expect((await make("reader", ["read"])).status).toBe(401);
    const reader = (await make("reader", ["read"], admin.key)).json;
    expect((await api.ask("GET", "/api/v1/alerts", { key: reader.key })).status).toBe(200);
    const { json, text } = await api.ask("GET", "/api/v1/keys", { key: admin.key });
    expect(text).not.toContain(reader.key);
    expect(json.keys).toMatchObject([
      { name: "admin", lastUsedAt: expect.any(String), revokedAt: null },
      { name: "reader", scopes: ["read"], lastUsedAt: expect.any(String) },
    ]);
    expect((await api.ask("DELETE", `/api/v1/keys/${reader.id}`, { key: admin.key })).status).toBe(204);
    expect((await api.ask("GET", "/api/v1/alerts", { key: reader.key })).status).toBe(401);
    expect((await api.ask("DELETE", `/api/v1/keys/${reader.id}`, { key: admin.key })).status).toBe(404);
    expect((await api.ask("DELETE", `/api/v1/keys/${admin.id}`, { key: admin.key })).status).toBe(409);
    expect(api.log.join()).not.toContain(admin.key);
  });

  test("are revoked one after the other, so that of the last two admin keys one stays", async () => {
    const [one, two] = [await api.newKey("admin"), await api.newKey("admin")];
    const revoke = (id: string, key: string) => api.ask("DELETE", `/api/v1/keys/${id}`, { key });
    const answers = await Promise.all([revoke(one.id, two.key), revoke(two.id, one.key)]);
    // Which of both comes first is open; the other one is asked for by a key that was revoked, or is the last.
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(204);
    expect([401, 409]).toContain(statuses[1]);
    const left = answers[0]?.status === 204 ? two : one;
    const { keys } = (await api.ask("GET", "/api/v1/keys", { key: left.key })).json;
    expect(keys.filter(({ revokedAt }: { revokedAt: string | null }) => revokedAt === null)).toHaveLength(1);
    const { entries } = (await api.ask("GET", "/api/v1/audit", { key: left.key })).json;
    expect(entries.map(({ action }: { action: string }) => action)).toEqual(["key.revoke"]);
  });

  test("are refused with a scope that is none", async () => {
    const { status, json } = await make("x", ["root"]);
    expect([status, json.errors[0].field]).toEqual([400, "scopes.0"]);
  });
});

describe("the audit log", () => {
  test("has an entry for every write, with who did it, and no secret", async () => {
    const admin = (await make("admin", ["admin"])).json;
    const ask = (method: string, url: string, body?: object) =>
      api.ask(method, url, { key: admin.key, ...(body && { body }) });
    const made = (await ask("POST", "/api/v1/endpoints", { url: "https://hook.example/", headers: { "x-a": "hush" } }))
      .json;
    const writes: [string, string, object?][] = [
      ["PATCH", `/api/v1/endpoints/${made.id}`, { description: "x" }],
      ["POST", `/api/v1/endpoints/${made.id}/rotate`],
      ["POST", `/api/v1/endpoints/${made.id}/test`],
      ["POST", `/api/v1/endpoints/${made.id}/recover`, { since: new Date().toISOString() }],
      ["POST", `/api/v1/endpoints/${made.id}/disable`],
      ["POST", `/api/v1/endpoints/${made.id}/enable`],
      ["DELETE", `/api/v1/endpoints/${made.id}`],
      ["PUT", "/queues/api/queues/fetch/pause"],
    ];
    for (const [method, url, body] of writes) expect((await ask(method, url, body)).status, url).toBeLessThan(300);
    const { json, text } = await ask("GET", "/api/v1/audit");
    expect(json.entries.map(({ action }: { action: string }) => action).reverse()).toEqual([
      "key.create",
      "endpoint.create",
      "endpoint.update",
      "endpoint.rotate",
      "endpoint.test",
      "endpoint.recover",
      "endpoint.disable",
      "endpoint.enable",
      "endpoint.delete",
      "queues.write",
    ]);
    expect(json.entries.map(({ actor }: { actor: string }) => actor).slice(0, 9)).toEqual(
      Array(9).fill(`key:${admin.id}`),
    );
    expect(json.entries.at(-1).actor).toBe("local");
    expect(text).not.toContain("hush");
    expect(text).not.toContain(made.secret);
  });

  test("is asked for by who, what and when", async () => {
    const admin = (await make("admin", ["admin"])).json;
    const ask = (method: string, url: string, body?: object) =>
      api.ask(method, url, { key: admin.key, ...(body && { body }) });
    await ask("POST", "/api/v1/endpoints", { url: "https://hook.example/" });
    api.clock.ahead = 3600_000;
    await make("reader", ["read"], admin.key);
    const found = async (query: string) =>
      (await ask("GET", `/api/v1/audit?${query}`)).json.entries.map(({ action }: { action: string }) => action);
    const soon = encodeURIComponent(new Date(Date.now() + 1800_000).toISOString());
    expect(await found("actors=local")).toEqual(["key.create"]);
    expect(await found(`actors=key:${admin.id}&actions=endpoint`)).toEqual(["endpoint.create"]);
    expect(await found("actions=endpoint.create,key")).toEqual(["key.create", "endpoint.create", "key.create"]);
    expect(await found(`since=${soon}`)).toEqual(["key.create"]);
    expect(await found(`until=${soon}`)).toEqual(["endpoint.create", "key.create"]);
    const first = (await ask("GET", "/api/v1/audit?limit=2&actions=key,endpoint")).json;
    const second = (await ask("GET", `/api/v1/audit?limit=2&actions=key,endpoint&after=${first.next}`)).json;
    expect(second.entries.map(({ action }: { action: string }) => action)).toEqual(["key.create"]);
    expect(second.next).toBeNull();
    expect((await ask("GET", "/api/v1/audit?since=yesterday")).json.errors[0].field).toBe("since");
  });

  test("has no entry for a write that failed", async () => {
    await api.ask("POST", "/api/v1/endpoints", { body: { url: "nonsense" } });
    await api.ask("DELETE", "/api/v1/endpoints/9");
    expect((await api.ask("GET", "/api/v1/audit")).json.entries).toEqual([]);
  });
});

describe("a browser", () => {
  const form = (fields: Record<string, string>) =>
    api.app.inject({
      method: "POST",
      url: "/sign-in",
      headers: {
        host: "localhost",
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        origin: "http://localhost",
      },
      payload: new URLSearchParams(fields).toString(),
    });

  test("signs in with a key, holds a session that is not the key, and signs out", async () => {
    const { key } = await api.newKey("admin");
    const signedIn = await form({ key, next: "/queues?x=1" });
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, "/queues?x=1"]);
    const set = String(signedIn.headers["set-cookie"]);
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).not.toContain(key);
    const cookie = set.split(";")[0] ?? "";
    const page = (path: string) => api.ask("GET", path, { headers: { cookie, accept: "text/html" } });
    expect((await page("/queues")).status).toBe(200);
    expect((await page("/api/v1/alerts")).status).toBe(200);
    const out = await api.ask("POST", "/sign-out", { headers: { cookie } });
    expect([out.status, out.headers.location]).toEqual([303, "/sign-in"]);
    expect((await page("/queues")).status).toBe(303);
  });

  test("is out when its key is revoked, and after twelve hours", async () => {
    await api.newKey("admin");
    const { id, key } = await api.newKey("admin");
    const cookieOf = async () => String((await form({ key })).headers["set-cookie"]).split(";")[0] ?? "";
    const cookie = await cookieOf();
    const { keys } = (await api.ask("GET", "/api/v1/keys", { key })).json;
    expect(keys.map(({ sessions }: { sessions: number }) => sessions)).toEqual([0, 1]);
    const status = async (one: string) => (await api.ask("GET", "/api/v1/alerts", { headers: { cookie: one } })).status;
    expect(await status(cookie)).toBe(200);
    api.clock.ahead = 12 * 3600_000;
    expect(await status(cookie)).toBe(401);
    const fresh = await cookieOf();
    expect(await status(fresh)).toBe(200);
    await api.ledger.db.updateTable("api_keys").set({ revoked_at: new Date() }).where("id", "=", id).execute();
    expect(await status(fresh)).toBe(401);
  });

  test("with a wrong key sees the page again, and may not try for ever", async () => {
    await api.newKey("admin");
    const wrong = await form({ key: "rsd_wrong" });
    expect(wrong.statusCode).toBe(401);
    expect(wrong.body).toContain('role="alert"');
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) statuses.push((await form({ key: "rsd_wrong" })).statusCode);
    expect(statuses).toContain(429);
  });

  test("gets a page that needs nothing from elsewhere", async () => {
    const { status, text } = await api.ask("GET", '/sign-in?next="><script>');
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script|https?:|style=/);
    expect((await api.ask("GET", "/sign-in/style.css")).headers["content-type"]).toContain("text/css");
  });
});
