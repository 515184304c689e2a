import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { type FeedDefinition, findFeed, pauseFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import { type FeedPoller, feedPoller, type PollerOptions, pollingForTests } from "./feed-poller.ts";
import { rss } from "./rss.ts";

const { ledger, client, parser, servers, serve } = pollingForTests();

const feed = (id: string, url: string): FeedDefinition => ({ id, url, source: id, lang: "en", tier: 2 });
const poller = (options: Partial<PollerOptions> = {}) => feedPoller({ ledger, client, parser, ...options });
const sync = (...feeds: FeedDefinition[]) => syncFeeds(ledger.db, feeds, { now: new Date(), intervalSeconds: 300 });
const state = async (id: string) => {
  const row = await findFeed(ledger.db, id);
  if (row === undefined) throw new Error(`no feed ${id}`);
  return row;
};

/** Answers with the document, or 304 where the request shows that it has it. */
function answerUnlessKnown(request: IncomingMessage, response: ServerResponse, document: string): number {
  const etag = `"${createHash("sha256").update(document).digest("hex").slice(0, 16)}"`;
  const status = request.headers["if-none-match"] === etag ? 304 : 200;
  response
    .writeHead(status, { etag, "content-type": "application/rss+xml" })
    .end(status === 200 ? document : undefined);
  return status;
}

/** Polls on and on, each time as soon as the feed is due. */
async function pollTimes(fetcher: FeedPoller, id: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await fetcher.run();
    const { next_fetch_at } = await state(id);
    fetcher.ahead += Math.max(0, next_fetch_at.getTime() - fetcher.now().getTime()) + 1;
  }
}

describe("politeness", () => {
  test("500 feeds on one host: one request at a time, and the gap kept, with two processes at work", async () => {
    const gapMs = 15;
    let open = 0;
    let mostOpen = 0;
    let lastEnd = 0;
    let shortest = Number.POSITIVE_INFINITY;
    const seen = new Set<string>();
    const url = await serve((request, response) => {
      open += 1;
      mostOpen = Math.max(mostOpen, open);
      if (lastEnd > 0) shortest = Math.min(shortest, performance.now() - lastEnd);
      seen.add(request.url ?? "");
      response.once("finish", () => {
        open -= 1;
        lastEnd = performance.now();
      });
      response.writeHead(200).end(rss([{ id: request.url ?? "" }]));
    });
    await sync(...Array.from({ length: 500 }, (_, index) => feed(`f${index}`, `${url}/${index}`)));
    const two = [poller({ hostGapMs: gapMs }), poller({ hostGapMs: gapMs })];
    while (seen.size < 500) {
      await Promise.all(two.map((one) => one.run()));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(mostOpen).toBe(1);
    // The clock of the ledger counts whole milliseconds.
    expect(shortest).toBeGreaterThan(gapMs - 1);
  }, 300_000);

  test("a feed that takes longer than a lease is asked by one process, for the lease is renewed", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      setTimeout(() => response.writeHead(200).end(rss([{ id: "slow" }])), 1_200);
    });
    await sync(feed("slow", url));
    const [one, other] = [poller({ leaseMs: 400 }), poller({ leaseMs: 400 })];
    const first = one.run();
    while (one.polls.length === 0) {
      await pause(50);
      await other.run();
    }
    await first;
    expect(requests).toBe(1);
    expect(other.polls).toEqual([]);
  });

  test("an unchanged feed is answered with 304 from the second poll on", async () => {
    const document = rss([{ id: "one" }, { id: "two" }]);
    const statuses: number[] = [];
    const url = await serve((request, response) => void statuses.push(answerUnlessKnown(request, response, document)));
    await sync(feed("calm", url));
    await pollTimes(poller(), "calm", 100);
    expect(statuses).toHaveLength(100);
    expect(statuses.filter((status) => status === 304).length).toBeGreaterThanOrEqual(99);
  });

  test("a server without validators costs no second reading", async () => {
    const url = await serve((_, response) => void response.writeHead(200).end(rss([{ id: "one" }])));
    await sync(feed("plain", url));
    const fetcher = poller();
    await pollTimes(fetcher, "plain", 3);
    expect(fetcher.polls.map(({ outcome }) => outcome)).toEqual(["stored", "unchanged", "unchanged"]);
    expect(fetcher.revisions).toHaveLength(1);
  });

  test("what the document asks for is kept over a 304", async () => {
    const document = rss([{ id: "one" }], "<ttl>90</ttl>");
    const url = await serve((request, response) => void answerUnlessKnown(request, response, document));
    await sync(feed("slow", url));
    const fetcher = poller();
    for (const _ of [1, 2]) {
      await fetcher.run();
      const waits = (await state("slow")).next_fetch_at.getTime() - fetcher.now().getTime();
      expect(waits).toBeGreaterThan(89 * 60_000);
      fetcher.ahead += 91 * 60_000;
    }
    expect(fetcher.polls.map(({ outcome }) => outcome)).toEqual(["stored", "unchanged"]);
  });

  test.each([
    ["seconds", () => "1800"],
    ["a date", () => new Date(Date.now() + 1_800_000).toUTCString()],
  ])("Retry-After as %s holds all feeds of the host", async (_, header) => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(429, { "retry-after": header() }).end();
    });
    await sync(feed("a", `${url}/a`), feed("b", `${url}/b`));
    const fetcher = poller();
    await fetcher.run();
    fetcher.ahead = 1_750_000;
    await fetcher.run();
    expect(asked).toBe(1);
    fetcher.ahead = 1_801_000;
    await fetcher.run();
    expect(asked).toBe(2);
  });
});

describe("rhythm", () => {
  test("a feed begins at five minutes, then follows the times of its items", async () => {
    const every = (minutes: number) =>
      Array.from({ length: 20 }, (_, index) => ({
        id: `i${index}`,
        published: new Date(Date.now() - (index + 1) * minutes * 60_000),
      }));
    let document = rss(every(60));
    const url = await serve((_, response) => void response.writeHead(200).end(document));
    await sync(feed("hourly", url));
    const fetcher = poller();
    await fetcher.run();
    expect(await state("hourly")).toMatchObject({ interval_seconds: 300, typical_gap_seconds: 3600 });
    document = rss([{ id: "fresh", published: new Date() }, ...every(60)]);
    fetcher.ahead = 301_000;
    await fetcher.run();
    expect((await state("hourly")).interval_seconds).toBe(1800);
  });

  test("while its story moves, a feed is polled at a third of its interval", async () => {
    const url = await serve((_, response) => void response.writeHead(200).end(rss([{ id: "one" }])));
    await sync(feed("moving", url));
    const fetcher = poller({ inMotion: async () => new Set(["moving"]) });
    await fetcher.run();
    const { interval_seconds, next_fetch_at } = await state("moving");
    expect(interval_seconds).toBe(300);
    expect(next_fetch_at.getTime() - fetcher.now().getTime()).toBeLessThanOrEqual(100_000);
  });
});

describe("redirects", () => {
  async function moving(status: number): Promise<{ fetcher: FeedPoller; to: string }> {
    const to = `${await serve((_, response) => void response.writeHead(200).end(rss([{ id: "one" }])))}/new`;
    const url = await serve((_, response) => void response.writeHead(status, { location: to }).end());
    await sync(feed("moves", url));
    return { fetcher: poller(), to };
  }

  test.each([301, 308])("%d is remembered when three polls in a row met it", async (status) => {
    const { fetcher, to } = await moving(status);
    await pollTimes(fetcher, "moves", 2);
    expect((await state("moves")).moved_to).toBeNull();
    await pollTimes(fetcher, "moves", 1);
    expect(await state("moves")).toMatchObject({ moved_to: to, host: new URL(to).host });
    expect(fetcher.polls.at(-1)).toMatchObject({ movedTo: to });
  });

  test.each([302, 307])("%d is never remembered", async (status) => {
    const { fetcher } = await moving(status);
    await pollTimes(fetcher, "moves", 6);
    expect((await state("moves")).moved_to).toBeNull();
    expect(fetcher.polls.every(({ error }) => error === undefined)).toBe(true);
  });

  test("where the new address is lost, the configured one is asked again", async () => {
    const { fetcher } = await moving(301);
    await pollTimes(fetcher, "moves", 3);
    await servers[0]?.stop();
    const gone = await serve((_, response) => void response.writeHead(410).end());
    await sql`insert into hosts (host) values (${new URL(gone).host}) on conflict do nothing`.execute(ledger.db);
    await sql`update feeds set moved_to = ${`${gone}/x`}, host = ${new URL(gone).host}`.execute(ledger.db);
    await fetcher.run();
    expect(await state("moves")).toMatchObject({ moved_to: null, status: "failing" });
  });
});

describe("failures", () => {
  test("410 retires a feed until somebody resumes it", async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(410).end();
    });
    await sync(feed("over", url));
    const fetcher = poller();
    await fetcher.run();
    expect(fetcher.polls).toMatchObject([{ outcome: "gone" }]);
    expect(await state("over")).toMatchObject({ status: "gone", last_status: 410 });
    fetcher.ahead = 40 * 86_400_000;
    await fetcher.run();
    expect(asked).toBe(1);
    await pauseFeed(ledger.db, "over", false);
    await fetcher.run();
    expect(asked).toBe(2);
  });

  test("a failing feed is tried again, later and later, for ever, and works again at once", async () => {
    let status = 500;
    const url = await serve(
      (_, response) => void response.writeHead(status).end(status === 200 ? rss([{ id: "x" }]) : ""),
    );
    await sync(feed("weak", url));
    const fetcher = poller();
    await pollTimes(fetcher, "weak", 14);
    expect(await state("weak")).toMatchObject({ status: "failing", failures: 14 });
    expect((await state("weak")).next_fetch_at.getTime() - fetcher.now().getTime()).toBeLessThanOrEqual(86_400_000);
    status = 200;
    await fetcher.run();
    expect(await state("weak")).toMatchObject({ status: "ok", failures: 0, failing_since: null });
    expect(fetcher.polls.at(-1)).toMatchObject({ outcome: "stored", afterFailures: 14 });
  });

  test("when no host can be reached, it is our network: no feed is blamed", async () => {
    const urls: string[] = [];
    for (let index = 0; index < 6; index += 1)
      urls.push(await serve((_, response) => void response.writeHead(200).end(rss([{ id: "x" }]))));
    await sync(...urls.map((url, index) => feed(`n${index}`, url)));
    const fetcher = poller();
    await fetcher.run();
    for (const server of servers.splice(0)) await server.stop();
    fetcher.ahead = 301_000;
    await fetcher.run();
    expect(fetcher.polls.filter(({ outcome }) => outcome === "outage").length).toBeGreaterThanOrEqual(3);
    for (const [index] of urls.entries())
      expect(await state(`n${index}`)).toMatchObject({ status: "ok", failures: 0, failing_since: null });
  });

  test("one host that cannot be reached is its own affair", async () => {
    const up = await Promise.all(
      [1, 2, 3, 4].map(() => serve((_, response) => void response.writeHead(200).end(rss([{ id: "x" }])))),
    );
    await sync(feed("down", "http://127.0.0.1:9/feed"), ...up.map((url, index) => feed(`u${index}`, url)));
    await poller().run();
    expect(await state("down")).toMatchObject({ status: "failing", failures: 1 });
  });

  test("a host that hangs keeps no other feed waiting", async () => {
    const hangs = await serve(() => {});
    const url = await serve((_, response) => void response.writeHead(200).end(rss([{ id: "x" }])));
    await sync(feed("hangs", hangs));
    const fetcher = poller();
    const running = fetcher.run();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await sync(feed("hangs", hangs), feed("well", url));
    await expect.poll(async () => (await state("well")).status, { timeout: 5000 }).toBe("ok");
    for (const server of servers.splice(0)) await server.stop();
    await running;
  });
});

test("addresses of one article become one, whatever led there", async () => {
  const link = "http://www.news.example/war/12?utm_source=rss&b=2&a=1#top";
  const url = await serve((_, response) => void response.writeHead(200).end(rss([{ id: "one", link }])));
  await sync(feed("tracked", url));
  await poller().run();
  const { rows } = await sql<{ url: string; canonical_url: string }>`select url, canonical_url from items`.execute(
    ledger.db,
  );
  expect(rows).toEqual([{ url: link, canonical_url: "https://news.example/war/12?a=1&b=2" }]);
});
