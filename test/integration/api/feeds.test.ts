import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import { type LocalServer, startLocalServer } from "../../net/local-server.ts";
import { type ApiUnderTest, FEED_LIST, startApiUnderTest } from "./api-under-test.ts";
import { FEEDS, published, tell } from "./told-story.ts";

const RSS = `<rss version="2.0"><channel><title>Border Post</title><language>en-gb</language><ttl>15</ttl>
  <item><guid>1</guid><title>Road open</title><link>https://post.example/1</link><description>Cars pass again.</description>
  <pubDate>Thu, 15 Sep 2022 08:00:00 GMT</pubDate></item><item><guid>2</guid><title>Second</title></item></channel></rss>`;
const alternate = (href: string) => `<link rel="alternate" type="application/rss+xml" title="News" href="${href}">`;

let api: ApiUnderTest;
let site: LocalServer;
beforeAll(async () => {
  api = await startApiUnderTest();
  site = await startLocalServer((request, response) => {
    const pages: Record<string, string> = {
      "/border.xml": RSS,
      "/a.xml": RSS,
      "/b.xml": RSS,
      "/news": `${alternate("/border.xml")}<p>Hello</p>`,
      "/many": `${alternate("/a.xml")}${alternate("/b.xml")}`,
      "/page": "<html><p>No feed at all</p></html>",
    };
    const page = pages[request.url ?? ""];
    response.writeHead(page === undefined ? 404 : 200).end(page);
  });
});
afterAll(async () => {
  await site.stop();
  await api.close();
});
beforeEach(async () => {
  await sql`truncate feeds, items, revisions, pages cascade`.execute(api.ledger.db);
  await syncFeeds(api.ledger.db, FEEDS, { now: new Date(), intervalSeconds: 300 });
  writeFileSync(listFile(), FEED_LIST);
});

const listFile = () => join(api.configDir, "feeds.yaml");
const list = () => readFileSync(listFile(), "utf8");
const post = (url: string, body?: object, key?: string) =>
  api.ask("POST", url, { ...(body && { body }), ...(key === undefined ? {} : { key }) });

describe("looking at a feed", () => {
  test("shows what would be read, and changes nothing", async () => {
    const { status, json } = await post("/api/v1/feeds/probe", { url: `${site.url}/news` });
    expect(status).toBe(200);
    expect(json.feeds).toMatchObject([
      {
        url: `${site.url}/border.xml`,
        from: "declared",
        known: null,
        format: "rss",
        language: "en",
        suggestedId: "border-post-en",
        waitSeconds: 900,
        items: 2,
        newest: "2022-09-15T08:00:00.000Z",
        sample: [{ title: "Road open", text: "Cars pass again." }, { title: "Second" }],
      },
    ]);
    expect(list()).toBe(FEED_LIST);
  });

  test("finds every feed that a page names", async () => {
    const { json } = await post("/api/v1/feeds/probe", { url: `${site.url}/many` });
    expect(json.feeds.map(({ url }: { url: string }) => url)).toEqual([`${site.url}/a.xml`, `${site.url}/b.xml`]);
  });

  test.each([
    ["/none", /answered 404/],
    ["/page", /neither a feed nor a page/],
  ])("tells in words why %s gives nothing", async (path, words) => {
    const { status, json } = await post("/api/v1/feeds/probe", { url: `${site.url}${path}` });
    expect([status, json.errors[0].field]).toEqual([400, "url"]);
    expect(json.errors[0].problem).toMatch(words);
  });

  test.each(["http://169.254.169.254/x", "http://[::ffff:10.0.0.1]/", "file:///etc/passwd", "nonsense"])(
    "never reaches inside: %s",
    async (url) => expect((await post("/api/v1/feeds/probe", { url })).status).toBe(400),
  );
});

describe("a feed", () => {
  test("is added to the file and the ledger, with what it says of itself, and is due at once", async () => {
    const { status, json, headers } = await post("/api/v1/feeds", { url: `${site.url}/news`, tier: 2 });
    expect(status).toBe(201);
    expect(headers.location).toBe("/api/v1/feeds/border-post-en");
    expect(json).toMatchObject({ id: "border-post-en", source: "Border Post", lang: "en", tier: 2, status: "new" });
    expect(list()).toMatch(/^# The desk's own list[\s\S]*id: tass[\s\S]*border-post-en/);
    const row = await findFeed(api.ledger.db, "border-post-en");
    expect(row?.next_fetch_at.getTime()).toBeLessThanOrEqual(Date.now());
    const audit = await api.ask("GET", "/api/v1/audit");
    expect(audit.json.entries[0]).toMatchObject({ action: "feed.add", target: "feed:border-post-en" });
  });

  test("that cannot be reached is added without a look, when its source and language are said", async () => {
    const url = `${site.url}/none`;
    expect((await post("/api/v1/feeds", { url, test: false })).json.errors[0].field).toBe("source");
    expect((await post("/api/v1/feeds", { url, test: false, source: "None" })).json.errors[0].field).toBe("lang");
    const added = await post("/api/v1/feeds", { url, test: false, source: "None", lang: "ru" });
    expect([added.status, added.json.id]).toEqual([201, "none-ru"]);
  });

  test("is kept beside others that are added at the same moment", async () => {
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        post("/api/v1/feeds", { url: `https://post-${n}.example/rss`, source: `Post ${n}`, lang: "en", test: false }),
      ),
    );
    expect(all.map(({ status }) => status)).toEqual(all.map(() => 201));
    for (const { json } of all) {
      expect(list()).toContain(json.url);
      expect((await findFeed(api.ledger.db, json.id))?.configured).toBe(true);
    }
  });

  test.each([
    [{ url: "https://tass.example/rss", source: "T", lang: "en", test: false }, "url"],
    [{ url: "https://new.example/rss", id: "tass", source: "T", lang: "en", test: false }, "id"],
    [
      { url: "https://new.example/rss", timezone: "Mars/Base", source: "T", lang: "en", test: false },
      "feeds.2.timezone",
    ],
    [{ url: "https://new.example/rss", tier: 4, source: "T", lang: "en", test: false }, "tier"],
    [{ url: "ftp://new.example/rss", source: "T", lang: "en", test: false }, "url"],
    [{ url: "https://new.example/rss", id: "../x", source: "T", lang: "en", test: false }, "id"],
  ])("is refused with the field that is wrong: %j", async (body, field) => {
    const { status, json } = await post("/api/v1/feeds", body);
    expect([status, json.errors[0].field]).toEqual([400, field]);
    expect(list()).toBe(FEED_LIST);
  });

  test("is taken out of the list, even the last one", async () => {
    expect((await api.ask("DELETE", "/api/v1/feeds/tass")).status).toBe(204);
    expect(list()).not.toContain("tass");
    expect((await api.ask("GET", "/api/v1/feeds/tass")).json.configured).toBe(false);
    expect((await api.ask("DELETE", "/api/v1/feeds/tass")).status).toBe(404);
    expect((await api.ask("DELETE", "/api/v1/feeds/desk")).status).toBe(204);
    expect(list()).toMatch(/^# The desk's own list/);
  });

  test("tells what went wrong by a code, and when it is silent", async () => {
    const { db } = api.ledger;
    await sql`update feeds set status = 'failing', last_code = 'dns', last_error = 'the host name cannot be resolved' where id = 'tass'`.execute(
      db,
    );
    await sql`update feeds set status = 'ok', last_ok_at = now(), last_new_item_at = now() - interval '9 hours',
      silent_after_seconds = 3600 where id = 'desk'`.execute(db);
    const { json } = await api.ask("GET", "/api/v1/feeds");
    expect(json.feeds).toMatchObject([
      { id: "desk", silent: true, silentAfterSeconds: 3600 },
      { id: "tass", silent: false, lastCode: "dns" },
    ]);
  });

  test("needs the scope write", async () => {
    const admin = await api.newKey("admin");
    const { key, id } = await api.newKey("read");
    try {
      const body = { url: "https://new.example/rss", source: "N", lang: "en", test: false };
      expect((await post("/api/v1/feeds", body, key)).status).toBe(403);
      expect((await post("/api/v1/feeds/probe", { url: site.url }, key)).status).toBe(403);
      expect((await api.ask("GET", "/api/v1/feeds", { key })).status).toBe(200);
    } finally {
      await sql`delete from api_keys where id in (${id}, ${admin.id})`.execute(api.ledger.db);
    }
  });
});

describe("a list in a folder that Rasid may not write", () => {
  const aside = () => `${listFile()}.${process.pid}.new`;
  afterEach(() => rmdirSync(aside()));

  test("stays as it is, with the ledger, and the caller is told", async () => {
    // As root nothing is read-only; a folder in the new file's place is as little to be written.
    mkdirSync(aside());
    const body = { url: "https://new.example/rss", source: "New", lang: "en", test: false };
    const { status } = await post("/api/v1/feeds", body);
    expect(status).toBe(409);
    expect(list()).toBe(FEED_LIST);
    expect(await findFeed(api.ledger.db, "new-en")).toBeUndefined();
  });
});

describe("OPML", () => {
  const opml = `<opml version="2.0"><body><outline text="New" xmlUrl="https://new.example/rss"/>
    <outline text="T" xmlUrl="https://tass.example/rss"/><outline text="B" xmlUrl="feed:b" language="en"/></body></opml>`;

  test("brings what the list has not, once, and says what it passed over", async () => {
    const first = await post("/api/v1/feeds/import", { opml, lang: "tr", tier: 2 });
    expect(first.json).toEqual({ added: ["new-tr"], passed: [{ url: "feed:b", lacks: "address" }] });
    expect((await post("/api/v1/feeds/import", { opml, lang: "tr" })).json.added).toEqual([]);
    const unsaid = await post("/api/v1/feeds/import", { opml: opml.replaceAll("new.example", "other.example") });
    expect(unsaid.json.passed).toContainEqual({ url: "https://other.example/rss", lacks: "language" });
    const exported = await api.ask("GET", "/api/v1/feeds.opml");
    expect(exported.headers["content-disposition"]).toContain("rasid-feeds.opml");
    expect(exported.text).toContain('xmlUrl="https://new.example/rss"');
  });

  test("is refused where it is none", async () => {
    const { status, json } = await post("/api/v1/feeds/import", { opml: "hello" });
    expect([status, json.errors[0].field]).toEqual([400, "opml"]);
  });
});

describe("the activity of feeds", () => {
  test("is counted by day of all feeds at once, in the reader's zone", async () => {
    const { db } = api.ledger;
    const item = (key: string) => published(key, "A headline", "Nothing of the story.", new Date().toISOString());
    await tell(db, "tass", [item("a"), item("b"), item("c")]);
    await tell(db, "desk", [item("d")]);
    const today = new Date();
    today.setUTCHours(12, 0, 0, 0);
    api.clock.ahead = today.getTime() - Date.now();
    const before = (hours: number) => new Date(today.getTime() - hours * 3600_000);
    await sql`update items set first_seen_at = ${before(13)} where guid_key = 'a'`.execute(db);
    await sql`update items set first_seen_at = ${before(11)} where guid_key <> 'a'`.execute(db);
    const utc = (await api.ask("GET", "/api/v1/feed-activity?days=3")).json;
    expect(utc.days).toHaveLength(3);
    expect(utc.days.at(-1)).toBe(today.toISOString().slice(0, 10));
    expect(utc.feeds).toEqual({ tass: [0, 1, 2], desk: [0, 0, 1] });
    const yerevan = (await api.ask("GET", "/api/v1/feed-activity?days=3&timezone=Asia/Yerevan&feed=tass")).json;
    expect(yerevan.feeds).toEqual({ tass: [0, 0, 3] });
    api.clock.ahead = 0;
    expect((await api.ask("GET", "/api/v1/feed-activity?timezone=Nowhere")).status).toBe(400);
  });
});
