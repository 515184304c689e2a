import { afterAll, beforeAll, expect, test } from "vitest";
import { listAlerts } from "../../../src/ledger/alerts.ts";
import { type LocalServer, startLocalServer } from "../../net/local-server.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { tell, toll } from "./told-story.ts";

/** Asked by POST because of its length: it changes nothing, and leaves no entry. */
const READING = new Set(["POST /api/v1/analyze", "POST /api/v1/baseline/draft", "POST /api/v1/baseline/check"]);
/** Told in a browser's words, by forms. */
const FORMS = new Set(["POST /sign-in", "POST /sign-out"]);
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** How long they take together depends on how many routes there are and on the machine. */
const UNBOUNDED = 0;

interface Operation {
  parameters?: { name: string; in: string; schema?: { examples?: unknown[] }; example?: unknown }[];
  requestBody?: { content: Record<string, { example?: object }> };
}

let api: ApiUnderTest;
let admin: { id: string; key: string };
let site: LocalServer;
/** What stands in the examples for what only this ledger knows. */
let own: (text: string) => string;
let paths: Record<string, Record<string, Operation>>;
beforeAll(async () => {
  api = await startApiUnderTest();
  admin = await api.newKey("admin");
  await api.newKey("read");
  site = await startLocalServer((_request, response) => {
    response.end('<rss version="2.0"><channel><title>A</title><item><title>One</title></item></channel></rss>');
  });
  await ask("POST", "/api/v1/endpoints", { url: "https://hook.example/" });
  await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
  const alert = (await listAlerts(api.ledger.db, { limit: 1 }))[0]?.id ?? "";
  const { hash } = (await ask("GET", "/api/v1/baseline/armenia-azerbaijan")).json;
  own = (text) =>
    text
      .replaceAll('{"url":"https://example.org/feed.xml"}', `{"url":"${site.url}/feed.xml"}`)
      .replaceAll("alt_example", alert)
      .replaceAll("hash_of_the_file", hash)
      .replaceAll("2022-09-16T00:00:00Z", new Date().toISOString());
  paths = (await ask("GET", "/docs/json")).json.paths;
});
afterAll(async () => {
  await site.stop();
  await api.close();
});

const ask = (method: string, url: string, body?: object, headers: Record<string, string> = {}) =>
  api.ask(method, url, { key: admin.key, headers, ...(body && { body }) });

const entries = async (): Promise<{ actor: string; action: string }[]> =>
  (await ask("GET", "/api/v1/audit?limit=500")).json.entries;

/** Every route that changes something, as the server has them: what others need last. */
function writes(): { name: string; method: string; url: string }[] {
  const rank = (name: string) =>
    name.startsWith("DELETE") ? 3 : name.endsWith("/disable") || name.endsWith("/pause") ? 2 : 1;
  return api.routes
    .filter(({ method }) => !SAFE.has(method))
    .map(({ method, url }) => ({ name: `${method} ${url}`, method, url }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** Asks for what the document gives as the route's example. */
async function askExample(method: string, url: string): Promise<number> {
  const operation = paths[url.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()];
  const given = (place: string) => (operation?.parameters ?? []).filter((one) => one.in === place);
  const filling = ({ schema, example }: ReturnType<typeof given>[number]) =>
    own(String(schema?.examples?.[0] ?? example ?? ""));
  const path = given("path").reduce((text, one) => text.replace(`:${one.name}`, filling(one)), url);
  const headers = Object.fromEntries(given("header").map((one) => [one.name, filling(one)]));
  const body = operation?.requestBody?.content["application/json"]?.example;
  const sent = body && (JSON.parse(own(JSON.stringify(body))) as object);
  return (await ask(method, path, sent, headers)).status;
}

test(
  "every write that the API has is in the audit log with who asked for it, and what only reads is not",
  async () => {
    const wrong: string[] = [];
    const routes = writes().filter(({ url }) => url.startsWith("/api/"));
    expect(routes.length).toBeGreaterThan(20);
    for (const { name, method, url } of routes) {
      const before = (await entries()).length;
      const status = await askExample(method, url);
      const now = await entries();
      const fresh = now.slice(0, now.length - before);
      const expected = READING.has(name) ? 0 : 1;
      if (status >= 300 || fresh.length !== expected) wrong.push(`${name}: ${status}, ${fresh.length} entries`);
      if (fresh.some(({ actor }) => actor !== `key:${admin.id}`)) wrong.push(`${name}: by ${fresh[0]?.actor}`);
    }
    expect(wrong).toEqual([]);
  },
  UNBOUNDED,
);

test(
  "every write that the queues' page has is in the audit log before it is done",
  async () => {
    const wrong: string[] = [];
    const routes = writes().filter(({ url }) => url.startsWith("/queues"));
    expect(routes.length).toBeGreaterThan(10);
    for (const { name, method, url } of routes) {
      const before = (await entries()).length;
      await ask(method, url.replace(/:queueName/, "fetch").replace(/:\w+(\([^)]*\))?/g, "1"));
      const [newest, ...rest] = await entries();
      if (rest.length !== before || newest?.action !== "queues.write") wrong.push(name);
    }
    expect(wrong).toEqual([]);
  },
  UNBOUNDED,
);

test("sessions are in it from their begin to their end", async () => {
  const { key } = await api.newKey("write");
  const signedIn = await api.app.inject({
    method: "POST",
    url: "/sign-in",
    headers: { host: "localhost", "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams({ key }).toString(),
  });
  const cookie = String(signedIn.headers["set-cookie"]).split(";")[0] ?? "";
  const before = (await entries()).length;
  for (const one of [cookie, cookie, "rasid_session=none"])
    await api.ask("POST", "/sign-out", { headers: { cookie: one } });
  const [end, begin, ...rest] = await entries();
  expect([end?.action, begin?.action]).toEqual(["session.end", "session.begin"]);
  expect(rest).toHaveLength(before - 1);
});

test("no other route changes anything", () => {
  const others = writes().filter(({ name, url }) => !/^\/(api|queues)\b/.test(url) && !FORMS.has(name));
  expect(others).toEqual([]);
});
