import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiUnderTest, FEED_LIST, startApiUnderTest } from "./api-under-test.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(() => api.close());

const failures = () => api.log.filter((line) => line.includes("request failed"));

describe("a character that the ledger cannot keep", () => {
  test.each([
    ["GET", "/api/v1/alerts/%00", undefined],
    ["GET", "/api/v1/alerts?stories=a%00b", undefined],
    ["GET", "/api/v1/items?feed=%00", undefined],
    ["GET", "/api/v1/deliveries?alert=%00", undefined],
    ["GET", "/api/v1/audit?actors=%00", undefined],
    ["GET", "/api/v1/stories/armenia-azerbaijan/observations/%00/evidence", undefined],
    ["POST", "/api/v1/endpoints", { url: "https://example.org/a", description: "a\0b" }],
    ["POST", "/api/v1/keys", { name: "a\0b", scopes: ["admin"] }],
  ])("is refused in words: %s %s", async (method, url, body) => {
    const { status, json } = await api.ask(method, url, body === undefined ? {} : { body });
    expect([status, json.coded.code]).toEqual([400, "character-unkept"]);
    expect(failures()).toEqual([]);
  });

  test("leaves nothing of the request behind", async () => {
    await api.ask("POST", "/api/v1/endpoints", { body: { url: "https://example.org/a", description: "\0" } });
    expect((await api.ask("GET", "/api/v1/endpoints")).json.endpoints).toEqual([]);
    expect((await api.ask("GET", "/api/v1/audit")).json.entries).toEqual([]);
  });
});

test("an address that cannot be read is told in problem details", async () => {
  const { status, headers, json } = await api.ask("GET", "/api/v1/alerts/%c0%af");
  expect([status, json.coded.code]).toEqual([400, "url-unreadable"]);
  expect(headers["content-type"]).toMatch(/^application\/problem\+json/);
});

test("a number beyond the ledger's is refused with its field", async () => {
  const { status, json } = await api.ask("GET", "/api/v1/items/1/trace?revision=99999999999");
  expect([status, json.errors[0].field]).toEqual([400, "revision"]);
});

describe("a list of feeds that somebody broke", () => {
  const file = () => join(api.configDir, "feeds.yaml");
  const broken = "feeds:\n  - { id: a, url: [\n";
  const feed = { url: "https://new.example/rss", source: "New", lang: "en", test: false };
  const opml =
    '<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/rss" language="en"/></body></opml>';

  test.each([
    ["POST", "/api/v1/feeds", feed],
    ["POST", "/api/v1/feeds/import", { opml }],
    ["DELETE", "/api/v1/feeds/a", undefined],
    ["GET", "/api/v1/feeds.opml", undefined],
  ])("is told with file and line, and left as it is: %s %s", async (method, url, body) => {
    writeFileSync(file(), broken);
    try {
      const { status, json } = await api.ask(method, url, body === undefined ? {} : { body });
      expect([status, json.coded.code]).toEqual([409, "config-mistakes"]);
      expect(json.detail).toMatch(/feeds\.yaml:\d+ \(file\): not valid YAML/);
      expect(failures()).toEqual([]);
    } finally {
      writeFileSync(file(), FEED_LIST);
    }
  });
});
