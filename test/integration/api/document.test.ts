import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAlerts } from "../../../src/ledger/alerts.ts";
import { type LocalServer, startLocalServer } from "../../net/local-server.ts";
import { startWebhookReceiver, type WebhookReceiver } from "../../net/webhook-receiver.ts";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { tell, toll } from "./told-story.ts";

interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, unknown>;
  "x-codeSamples": { source: string }[];
}

/** How long all examples take depends on how many there are and on the machine; one that hangs ends by itself. */
const UNBOUNDED = 0;
const HUNG_MS = 60_000;

let api: ApiUnderTest;
let address: string;
let key: string;
let receiver: WebhookReceiver;
let site: LocalServer;
let document: {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: { requestBody: { content: Record<string, { schema: object }> } } }>;
};
beforeAll(async () => {
  api = await startApiUnderTest();
  key = (await api.newKey("admin")).key;
  await api.newKey("read");
  receiver = await startWebhookReceiver();
  site = await startLocalServer((_request, response) => {
    response.end('<rss version="2.0"><channel><title>A</title><item><title>One</title></item></channel></rss>');
  });
  await api.ask("POST", "/api/v1/endpoints", { key, body: { url: "https://hook.example/" } });
  await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
  address = await api.app.listen({ host: "127.0.0.1", port: 0 });
  document = (await api.ask("GET", "/docs/json", { key })).json;
});
afterAll(async () => {
  await receiver.stop();
  await site.stop();
  await api.close();
});

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  );

describe("the API document", () => {
  test("describes every route of the API with a summary, a tag and problems", () => {
    expect(document.openapi).toBe("3.1.0");
    const described = new Set(operations().map(({ name }) => name));
    const served = api.routes
      .filter(({ method, url }) => url.startsWith("/api/") && method !== "HEAD")
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, "{$1}")}`);
    expect(served.filter((route) => !described.has(route))).toEqual([]);
    expect([...described].filter((route) => !served.includes(route))).toEqual([]);
    for (const { name, operation } of operations()) {
      expect(operation.summary, name).toBeTruthy();
      expect(operation.tags, name).toHaveLength(1);
      expect(Object.keys(operation.responses), name).toContain("4XX");
    }
  });

  test("has the schema of every webhook body, which what is sent fits", async () => {
    expect(Object.keys(document.webhooks)).toEqual(["alert", "operational", "ping"]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    const fits = ajv.compile(document.webhooks.alert?.post.requestBody.content["application/json"]?.schema ?? {});
    const alerts = await listAlerts(api.ledger.db, { limit: 10 });
    expect(alerts.length).toBeGreaterThan(0);
    for (const { body } of alerts) expect(fits(body), JSON.stringify(fits.errors)).toBe(true);
    expect(fits({ type: "figure.revised", data: {} })).toBe(false);
  });

  test(
    "has examples that run as they stand",
    async () => {
      const alert = (await listAlerts(api.ledger.db, { limit: 1 }))[0]?.id ?? "";
      const observation = (await api.ledger.db.selectFrom("observations").select("id").executeTakeFirstOrThrow()).id;
      const baseline = (await api.ask("GET", "/api/v1/baseline/armenia-azerbaijan", { key })).json.hash;
      // What only the reader's own ledger knows.
      const own = (source: string) =>
        source
          .replaceAll("http://127.0.0.1:4180", address)
          .replaceAll('{"url":"https://example.org/feed.xml"}', `{"url":"${site.url}/feed.xml"}`)
          .replaceAll("alt_example", alert)
          .replaceAll("hash_of_the_file", baseline)
          .replaceAll(encodeURIComponent("1:1:text:0"), encodeURIComponent(observation))
          .replaceAll("2022-09-16T00:00:00Z", new Date().toISOString());
      const rank = (name: string) =>
        name.startsWith("DELETE") ? 3 : name.endsWith("/disable") || name.endsWith("/pause") ? 2 : 1;
      const failed: string[] = [];
      const ran = operations().sort((a, b) => rank(a.name) - rank(b.name));
      for (const { name, operation } of ran) {
        const source = own(operation["x-codeSamples"][0]?.source ?? "");
        const options = { env: { PATH: process.env.PATH, RASID_KEY: key }, timeout: HUNG_MS };
        await promisify(execFile)("sh", ["-c", source], options).catch((error: Error) =>
          failed.push(`${name}: ${error.message}`),
        );
      }
      expect(failed).toEqual([]);
      expect(ran.length).toBeGreaterThan(35);
    },
    UNBOUNDED,
  );

  test("is shown on a page that needs nothing from elsewhere", async () => {
    const page = await api.ask("GET", "/docs", { key });
    const moved = page.status === 302 ? await api.ask("GET", String(page.headers.location), { key }) : page;
    expect(moved.status).toBe(200);
    expect(moved.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(moved.text).not.toMatch(/<script(?![^>]*src=)[^>]*>|<style|style="/);
    expect(String(moved.headers["content-security-policy"])).not.toContain("unsafe-inline");
    for (const [, path] of moved.text.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await api.ask("GET", path ?? "", { key })).status, path).toBe(200);
  });
});
