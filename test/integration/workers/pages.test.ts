import type { RequestListener } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { type FeedDefinition, syncFeeds } from "../../../src/ledger/feeds.ts";
import type { FeedParser } from "../../../src/parsing/feed-parser.ts";
import { type FeedPoller, feedPoller, pollingForTests } from "./feed-poller.ts";
import { rss } from "./rss.ts";

const { ledger, client, parser, serve } = pollingForTests();

const PARAGRAPHS = [
  "The governor of the border province said on Tuesday that the road to the upper villages had been open since dawn.",
  "He added that twelve trucks with flour and medicine, held back for four days, had passed the checkpoint by noon.",
  "Residents spoke of long queues, of a cold night, and of soldiers who looked under every tarpaulin on the way.",
];

const article = (canonical: string, paragraphs: readonly string[] = PARAGRAPHS): string =>
  `<!doctype html><html><head><meta charset="utf-8"><title>Road open</title><link rel="canonical" href="${canonical}"></head>
  <body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
  <main><article><h1>Road open</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("\n")}</article></main>
  <footer><p>All rights reserved. Subscribe to our newsletter.</p></footer></body></html>`;

const sync = (url: string, fullText: boolean) => {
  const feed: FeedDefinition = { id: "teasers", url, source: "T", lang: "en", tier: 2, fullText };
  return syncFeeds(ledger.db, [feed], { now: new Date(), intervalSeconds: 300 });
};
const revisions = async () =>
  (
    await sql<{ number: number; text: string; canonical_url: string }>`
      select r.number, r.text, i.canonical_url from revisions r join items i on i.id = r.item_id order by r.id`.execute(
      ledger.db,
    )
  ).rows;

/** A site with one feed and its articles; how often each was asked for. */
async function site(pages: RequestListener, teaser: () => string) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url ?? "");
    if (request.url !== "/feed") return pages(request, response);
    response.writeHead(200).end(rss([{ id: "one", text: teaser(), link: `${url}/one?utm_source=feed` }]));
  });
  return { url, asked, pages: () => asked.filter((path) => path !== "/feed").length };
}

test("an item of a feed of teasers has the text of its page, once", async () => {
  const { url, pages } = await site(
    (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end(article("/road-open")),
    () => "The road is open…",
  );
  await sync(`${url}/feed`, true);
  const poller = feedPoller({ ledger, client, parser });
  await poller.run();
  expect(await revisions()).toEqual([
    { number: 1, text: PARAGRAPHS.join("\n\n"), canonical_url: `${url.replace("http:", "https:")}/road-open` },
  ]);
  expect(poller.revisions).toHaveLength(1);
  poller.ahead = 1_800_000;
  await poller.run();
  expect(pages()).toBe(1);
  expect(await revisions()).toHaveLength(1);
});

test("a page that takes longer than a lease is asked for by one process, for the lease is renewed", async () => {
  const { url, pages } = await site(
    (_, response) => void setTimeout(() => response.writeHead(200).end(article("/road-open")), 1_200),
    () => "The road is open…",
  );
  await sync(`${url}/feed`, true);
  const [one, other] = [0, 1].map(() => feedPoller({ ledger, client, parser, leaseMs: 400 })) as [
    FeedPoller,
    FeedPoller,
  ];
  const first = one.run();
  while (one.pages.length === 0) {
    await pause(50);
    await other.run();
  }
  await first;
  expect(pages()).toBe(1);
  expect(other.pages).toEqual([]);
});

test("a changed teaser calls for the page anew, and what changed there is a revision", async () => {
  let teaser = "The road is open…";
  let paragraphs = PARAGRAPHS;
  const { url, pages } = await site(
    (_, response) => void response.writeHead(200).end(article("/road-open", paragraphs)),
    () => teaser,
  );
  await sync(`${url}/feed`, true);
  const poller = feedPoller({ ledger, client, parser });
  await poller.run();
  teaser = "The road is open again…";
  poller.ahead = 3_600_000;
  await poller.run();
  expect(pages()).toBe(2);
  expect(await revisions()).toHaveLength(1);
  teaser = "Nineteen trucks on the road…";
  paragraphs = PARAGRAPHS.map((text) => text.replace("twelve", "nineteen"));
  poller.ahead = 7_200_000;
  await poller.run();
  expect((await revisions()).map(({ number, text }) => [number, text.includes("nineteen trucks")])).toEqual([
    [1, false],
    [2, true],
  ]);
});

/** An article that was published now, edited or not between visits, on a site that knows validators. */
async function visitedSite() {
  const state = { paragraphs: PARAGRAPHS, status: 200, conditional: [] as boolean[] };
  const etag = () => `"${state.paragraphs.join("").length}-${state.paragraphs[1]?.slice(0, 30)}"`.replaceAll(" ", "-");
  const { url, asked, pages } = await site(
    (request, response) => {
      state.conditional.push(request.headers["if-none-match"] !== undefined);
      if (state.status !== 200) return void response.writeHead(state.status).end();
      if (request.headers["if-none-match"] === etag()) return void response.writeHead(304).end();
      response.writeHead(200, { etag: etag() }).end(article("/road-open", state.paragraphs));
    },
    () => "The road is open…",
  );
  await sync(`${url}/feed`, true);
  const poller = feedPoller({ ledger, client, parser });
  const visitAt = async (hours: number): Promise<string | undefined> => {
    const before = poller.pages.length;
    poller.ahead = hours * HOUR;
    await poller.run();
    return poller.pages[before]?.outcome;
  };
  return { state, poller, visitAt, asked, pages };
}

const HOUR = 3_600_000;

test("a page that is edited under the same teaser is noticed, and asked for three times with its validators", async () => {
  const { state, visitAt, pages, poller } = await visitedSite();
  expect(await visitAt(0)).toBe("read");
  expect(await visitAt(0.9)).toBeUndefined();
  expect(await visitAt(1.1)).toBe("unchanged");
  state.paragraphs = PARAGRAPHS.map((text) => text.replace("twelve", "nineteen"));
  expect(await visitAt(6.1)).toBe("edited");
  expect(await visitAt(24.1)).toBe("unchanged");
  for (const hours of [30, 60, 200]) expect(await visitAt(hours)).toBeUndefined();
  expect(pages()).toBe(4);
  expect(state.conditional).toEqual([false, true, true, true]);
  expect((await revisions()).map(({ number, text }) => [number, text.includes("nineteen trucks")])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(poller.revisions).toHaveLength(2);
});

test("a visit that fails, or finds a paywall, changes nothing and is made up for by the next one", async () => {
  const { state, visitAt } = await visitedSite();
  await visitAt(0);
  state.status = 503;
  expect(await visitAt(1.1)).toBe("missed");
  state.status = 200;
  state.paragraphs = [
    "Subscribe to read the rest of this article about the road to the upper villages of the province.",
  ];
  expect(await visitAt(6.1)).toBe("missed");
  state.paragraphs = PARAGRAPHS.map((text) => text.replace("twelve", "nineteen"));
  expect(await visitAt(24.1)).toBe("edited");
  expect(await revisions()).toHaveLength(2);
});

test("a page that cannot be had costs three tries and no item", async () => {
  const { url, pages } = await site(
    (_, response) => void response.writeHead(500).end(),
    () => "The road is open…",
  );
  await sync(`${url}/feed`, true);
  const poller = feedPoller({ ledger, client, parser });
  for (const minutes of [0, 2, 4, 6, 8]) {
    poller.ahead = minutes * 60_000;
    await poller.run();
  }
  expect(pages()).toBe(3);
  expect(poller.pages.map(({ outcome }) => outcome)).toEqual(["postponed", "postponed", "teaser"]);
  expect((await revisions()).map(({ text }) => text)).toEqual(["The road is open…"]);
});

test("pages keep to one request at a time and the host's gap", async () => {
  let open = 0;
  let mostOpen = 0;
  const ends: number[] = [];
  const gaps: number[] = [];
  const url = await serve((request, response) => {
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    const last = ends.at(-1);
    if (last !== undefined) gaps.push(performance.now() - last);
    response.once("finish", () => {
      open -= 1;
      ends.push(performance.now());
    });
    const items = Array.from({ length: 8 }, (_, index) => ({ id: `i${index}`, link: `${url}/${index}` }));
    setTimeout(() => response.writeHead(200).end(request.url === "/feed" ? rss(items) : article(request.url ?? "")), 5);
  });
  await sync(`${url}/feed`, true);
  const poller = feedPoller({ ledger, client, parser, hostGapMs: 30 });
  await expect
    .poll(
      async () => {
        await poller.run();
        return poller.pages.length;
      },
      { timeout: 20_000, interval: 5 },
    )
    .toBe(8);
  expect(mostOpen).toBe(1);
  expect(Math.min(...gaps)).toBeGreaterThan(29);
});

test("a link that leads inside is refused like any other, and the item kept", async () => {
  const url = await serve(
    (_, response) =>
      void response
        .writeHead(200)
        .end(rss([{ id: "one", text: "Teaser of one", link: "http://169.254.169.254/latest/meta-data" }])),
  );
  await sync(`${url}/feed`, true);
  const poller = feedPoller({ ledger, client, parser });
  await poller.run();
  expect(poller.pages).toMatchObject([{ outcome: "teaser", error: expect.stringMatching(/refused/) }]);
  expect((await revisions()).map(({ text }) => text)).toEqual(["Teaser of one"]);
});

test("items stored before a feed's pages were read stay as they are", async () => {
  const { url, pages } = await site(
    (_, response) => void response.writeHead(200).end(article("/road-open")),
    () => "The road is open…",
  );
  await sync(`${url}/feed`, false);
  const poller = feedPoller({ ledger, client, parser });
  await poller.run();
  await sync(`${url}/feed`, true);
  await sql`update feeds set body_hash = null`.execute(ledger.db);
  poller.ahead = 3_600_000;
  await poller.run();
  expect(pages()).toBe(0);
  expect(await revisions()).toHaveLength(1);
});

test("what a stop cuts short counts for nothing: feed and page are asked again by the next start", async () => {
  const { url, pages } = await site(
    (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end(article("/road-open")),
    () => "The road is open…",
  );
  await sync(`${url}/feed`, true);
  const stopping = () => {
    const stop = new AbortController();
    const stopped = async () => {
      stop.abort();
      throw new Error("the feed parser is stopped");
    };
    return { stop, stopped };
  };
  const feeds = stopping();
  await feedPoller({
    ledger,
    client,
    parser: { parseFeed: feeds.stopped, readPage: feeds.stopped },
    stop: feeds.stop,
  }).run();
  const { rows } = await sql`select status, failures, last_error from feeds`.execute(ledger.db);
  expect(rows).toEqual([{ status: "new", failures: 0, last_error: null }]);
  const reads = stopping();
  const parseFeed: FeedParser["parseFeed"] = (...given) => parser.parseFeed(...given);
  await feedPoller({ ledger, client, parser: { parseFeed, readPage: reads.stopped }, stop: reads.stop }).run();
  expect(pages()).toBe(1);
  expect(await revisions()).toEqual([]);
  const next = feedPoller({ ledger, client, parser });
  await next.run();
  expect(await revisions()).toMatchObject([{ text: PARAGRAPHS.join("\n\n") }]);
});
