import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";

/** What anyone may see: health, the sign-in page and what belongs to it. */
const PUBLIC = new Set(["/healthz", "/readyz", "/sign-in", "/sign-in/style.css", "/sign-out"]);

/** What is asked for by POST because of its length, and changes nothing. */
const READING = new Set(["POST /api/v1/analyze"]);

/** What has no end. */
const ENDLESS = new Set(["/api/v1/alerts/stream"]);

let api: ApiUnderTest;
let reader: string;
let writer: string;
let revoked: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  await api.newKey("admin");
  reader = (await api.newKey("read")).key;
  writer = (await api.newKey("write")).key;
  const gone = await api.newKey("admin");
  revoked = gone.key;
  await api.ledger.db.updateTable("api_keys").set({ revoked_at: new Date() }).where("id", "=", gone.id).execute();
});
afterAll(() => api.close());

const guarded = () => api.routes.filter(({ url }) => !PUBLIC.has(url));
const filled = (url: string) =>
  url
    .replace(/:(\w+)(\([^)]*\))?/g, (_all, name: string) => (name === "story" ? "armenia-azerbaijan" : "1"))
    .replace("*", "x");

async function answersOf(headers: Record<string, string>, routes = guarded()): Promise<string[]> {
  const answers: string[] = [];
  for (const { method, url } of routes) {
    const { status } = await api.ask(method, filled(url), { headers });
    answers.push(`${method} ${url} ${status}`);
  }
  return answers;
}

describe("once a key is set", () => {
  test("the server has the routes that are known to need guarding, bull-board's and the document's too", () => {
    const urls = new Set(guarded().map(({ method, url }) => `${method} ${url}`));
    for (const known of ["POST /api/v1/endpoints", "DELETE /api/v1/keys/:id", "GET /metrics", "GET /docs/json"])
      expect(urls).toContain(known);
    expect(guarded().filter(({ url }) => url.startsWith("/queues")).length).toBeGreaterThan(10);
    expect(guarded().length).toBeGreaterThan(60);
  });

  test("every route answers 401 without a key", async () => {
    expect((await answersOf({})).filter((answer) => !answer.endsWith(" 401"))).toEqual([]);
  });

  test.each([
    ["a wrong key", () => ({ authorization: `Bearer rsd_${"x".repeat(43)}` })],
    ["an empty key", () => ({ authorization: "Bearer " })],
    ["a revoked key", () => ({ authorization: `Bearer ${revoked}` })],
    ["a wrong password", () => ({ authorization: `Basic ${Buffer.from("a:b").toString("base64")}` })],
    ["another scheme", () => ({ authorization: `Digest ${reader}` })],
    ["a made-up session", () => ({ cookie: "rasid_session=abc" })],
    ["the key itself as session", () => ({ cookie: `rasid_session=${writer}` })],
  ])("every route answers 401 with %s", async (_name, headers) => {
    expect((await answersOf(headers())).filter((answer) => !answer.endsWith(" 401"))).toEqual([]);
  });

  test("a reading key may write nowhere, and neither may a writing key where admin is asked for", async () => {
    const writes = guarded().filter(
      ({ method, url }) => !["GET", "HEAD", "OPTIONS"].includes(method) && !READING.has(`${method} ${url}`),
    );
    const asReader = await answersOf({ authorization: `Bearer ${reader}` }, writes);
    expect(asReader.filter((answer) => !answer.endsWith(" 403"))).toEqual([]);
    const admin = guarded().filter(({ url }) => /^\/api\/v1\/(keys|audit)/.test(url));
    const asWriter = await answersOf({ authorization: `Bearer ${writer}` }, admin);
    expect(asWriter.length).toBeGreaterThanOrEqual(6);
    expect(asWriter.filter((answer) => !answer.endsWith(" 403"))).toEqual([]);
  });

  test("every route refuses a foreign Host, the public ones too", async () => {
    const answers: string[] = [];
    for (const { method, url } of api.routes) {
      const { status } = await api.ask(method, filled(url), { headers: { host: "evil.example" } });
      answers.push(`${method} ${url} ${status}`);
    }
    expect(answers.filter((answer) => !answer.endsWith(" 421"))).toEqual([]);
  });

  test("every write from a page of another site is refused, bull-board's too", async () => {
    const writes = api.routes.filter(({ method }) => !["GET", "HEAD", "OPTIONS"].includes(method));
    const answers: string[] = [];
    for (const { method, url } of writes) {
      const headers = { origin: "https://evil.example", authorization: `Bearer ${writer}` };
      const { status } = await api.ask(method, filled(url), { headers });
      answers.push(`${method} ${url} ${status}`);
    }
    expect(writes.length).toBeGreaterThan(20);
    expect(answers.filter((answer) => !answer.endsWith(" 403"))).toEqual([]);
  });

  test("every answer carries the strict content policy, the queues' alone a wider one", async () => {
    const wrong: string[] = [];
    const pages = api.routes.filter(({ method, url }) => method === "GET" && !ENDLESS.has(url));
    for (const { method, url } of pages) {
      const { headers } = await api.ask(method, filled(url), { key: reader });
      const policy = String(headers["content-security-policy"]);
      const isQueues = url === "/queues" || url.startsWith("/queues/");
      const strict = /default-src 'self'/.test(policy) && !/unsafe-|https?:|\*/.test(policy);
      const wider = policy.includes("style-src 'self' 'unsafe-inline'") && !/unsafe-eval|https?:|\*/.test(policy);
      const scripts = /script-src 'self'(;|$)/.test(policy);
      if (!scripts || !(isQueues ? wider : strict) || headers["x-content-type-options"] !== "nosniff")
        wrong.push(`${url}: ${policy}`);
    }
    expect(pages.length).toBeGreaterThan(40);
    expect(wrong).toEqual([]);
  });

  test("browsers are led to the sign-in page, programs are not", async () => {
    const page = await api.ask("GET", "/queues", { headers: { accept: "text/html,*/*" } });
    expect([page.status, page.headers.location]).toEqual([303, "/sign-in?next=%2Fqueues"]);
    expect((await api.ask("GET", "/api/v1/alerts", { headers: { accept: "text/html" } })).status).toBe(401);
  });
});

describe("beyond loopback", () => {
  test("nobody is trusted without a key", async () => {
    const open = await startApiUnderTest({ host: "0.0.0.0" });
    try {
      expect((await open.ask("GET", "/api/v1/alerts")).status).toBe(401);
    } finally {
      await open.close();
    }
  });
});
