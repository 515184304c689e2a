import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addFeed, exportOpml, importOpml, removeFeed } from "../../src/commands/feed-list.ts";
import { configured } from "../../src/feeds/feed-list.ts";
import { openProbe, type Probe } from "../../src/feeds/feed-probe.ts";
import { readSettings, type Settings } from "../../src/settings.ts";
import { type LocalServer, startLocalServer } from "../net/local-server.ts";

const RSS = `<rss version="2.0"><channel><title>Border Post</title><language>en-gb</language>
  <item><guid>1</guid><title>Road open</title></item></channel></rss>`;

let dir: string;
let server: LocalServer;
let settings: Settings;
let probe: Probe;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), "rasid-list-"));
  server = await startLocalServer((request, response) => {
    if (request.url?.endsWith(".xml")) return void response.writeHead(200).end(RSS);
    if (request.url === "/many")
      return void response
        .writeHead(200)
        .end(
          `<link rel="alternate" type="application/rss+xml" href="/a.xml"><link rel="alternate" type="application/rss+xml" href="/b.xml">`,
        );
    if (request.url === "/named")
      return void response
        .writeHead(200)
        .end(`<link rel="alternate" type="application/rss+xml" title="RSS" href="/news.xml"><p>Hello</p>`);
    if (request.url === "/news")
      return void response
        .writeHead(200)
        .end(`<link rel="alternate" type="application/rss+xml" href="/news.xml"><p>Hello</p>`);
    response.writeHead(404).end();
  });
  writeFileSync(
    join(dir, "feeds.yaml"),
    "# The desk's own list\nfeeds:\n  - { id: old, url: 'https://old.example/rss', source: Old, lang: ar, tier: 1 }\n",
  );
  settings = readSettings({
    RASID_DATA: join(dir, "data"),
    RASID_FEEDS: join(dir, "feeds.yaml"),
    RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
  });
  probe = openProbe(settings);
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(async () => {
  await probe.close();
  await server.stop();
  rmSync(dir, { recursive: true });
  process.exitCode = 0;
});

const ids = () => configured(settings).feeds.map(({ id }) => id);

test("a feed is added with what it says of itself", async () => {
  await addFeed(`${server.url}/feed.xml`, { tier: "2", test: true }, probe, settings);
  expect(configured(settings).feeds.at(-1)).toEqual({
    ...{ id: "border-post-en", url: `${server.url}/feed.xml`, source: "Border Post", lang: "en", tier: 2 },
  });
  expect(readFileSync(join(dir, "feeds.yaml"), "utf8")).toContain("# The desk's own list");
});

test("a site's page leads to its only feed, and ids stay apart", async () => {
  await addFeed(`${server.url}/feed.xml`, { test: true }, probe, settings);
  await addFeed(`${server.url}/news`, { test: true, fullText: true }, probe, settings);
  expect(configured(settings).feeds.at(-1)).toMatchObject({
    ...{ id: "border-post-en-2", url: `${server.url}/news.xml`, fullText: true },
  });
});

test("a feed that a page names by what it is goes by its own title", async () => {
  const [found] = await probe.discover(`${server.url}/named`);
  expect(found?.title).toBe("Border Post");
});

test("where a page names several feeds, or none, nothing is added and the user is told", async () => {
  await expect(addFeed(`${server.url}/many`, { test: true }, probe, settings)).rejects.toThrow(
    /several feeds.*a\.xml.*b\.xml/s,
  );
  await expect(addFeed(`${server.url}/none`, { test: true }, probe, settings)).rejects.toThrow(/answered 404/);
  await expect(addFeed("http://10.0.0.1/", { test: true }, probe, settings)).rejects.toThrow(/refused/);
  expect(ids()).toEqual(["old"]);
});

test("a feed that is not looked at needs its language and source", async () => {
  await expect(addFeed("https://new.example/rss", { test: false }, probe, settings)).rejects.toThrow(/--source/);
  await addFeed("https://new.example/rss", { test: false, source: "Новости", lang: "ru" }, probe, settings);
  expect(ids()).toEqual(["old", "feed-ru"]);
  await removeFeed("feed-ru", {}, settings);
  expect(ids()).toEqual(["old"]);
  await expect(removeFeed("feed-ru", {}, settings)).rejects.toThrow(/no feed «feed-ru»/);
});

test("a list goes to another desk by OPML, and comes in once", async () => {
  await addFeed(
    "https://new.example/rss",
    { test: false, source: "New", lang: "tr", timezone: "Asia/Baku" },
    probe,
    settings,
  );
  const opml = exportOpml(settings);
  const other = { ...settings, feedsFile: join(dir, "other.yaml") };
  writeFileSync(
    join(dir, "other.yaml"),
    "feeds:\n  - { id: old, url: 'https://mine.example/rss', source: M, lang: hy, tier: 1 }\n",
  );
  await importOpml(opml, {}, other);
  await importOpml(opml, {}, other);
  expect(configured(other).feeds.map(({ id, url }) => `${id} ${url}`)).toEqual([
    "old https://mine.example/rss",
    "old-ar https://old.example/rss",
    "new-tr https://new.example/rss",
  ]);
  expect(configured(other).feeds.at(-1)).toMatchObject({ timezone: "Asia/Baku", tier: 3 });
});

test("of a foreign list, what has no language or no address is passed over and named", async () => {
  const errors = vi.mocked(console.error);
  await importOpml(
    `<opml><body><outline text="A" xmlUrl="https://a.example/rss"/><outline text="B" xmlUrl="feed:b" language="en"/></body></opml>`,
    {},
    settings,
  );
  expect(errors.mock.calls.flat().join("\n")).toMatch(/a\.example.*--lang[\s\S]*feed:b.*address/);
  expect(process.exitCode).toBe(1);
  expect(ids()).toEqual(["old"]);
});
