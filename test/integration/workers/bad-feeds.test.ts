import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { findFeed, syncFeeds } from "../../../src/ledger/feeds.ts";
import { feedPoller, pollingForTests } from "./feed-poller.ts";
import { rss } from "./rss.ts";

const { ledger, client, parser, serve } = pollingForTests();

/** A feed that is served by `answer`, which may change between polls; `conditional` tells which polls sent validators. */
async function feedOf(first: RequestListener) {
  const state = { answer: first, conditional: [] as boolean[] };
  const url = await serve((request, response) => {
    state.conditional.push(request.headers["if-none-match"] !== undefined);
    state.answer(request, response);
  });
  const feed = { id: "wire", url, source: "Wire", lang: "en", tier: 2 } as const;
  await syncFeeds(ledger.db, [feed], { now: new Date(), intervalSeconds: 300 });
  const poller = feedPoller({ ledger, client, parser });
  const poll = async () => {
    const before = poller.polls.length;
    await poller.run();
    poller.ahead += 86_400_000;
    return poller.polls[before];
  };
  return { state, poll, poller, row: async () => await findFeed(ledger.db, "wire") };
}

const sends =
  (body: string, headers: Record<string, string> = {}, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { etag: '"1"', ...headers }).end(body);
const texts = async () =>
  (await sql<{ text: string }>`select text from revisions order by id`.execute(ledger.db)).rows.map(({ text }) => text);

test("ids and addresses too long to be looked up by cost no item, and are known again", async () => {
  // What PostgreSQL could compress would fit its index all the same.
  const noise = (length: number, letters: string) =>
    Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join("");
  const ascii = "abcdefghijklmnopqrstuvwxyz0123456789";
  const items = [
    { id: "plain" },
    { id: noise(1900, "абвгдежзийклмнопрстуфхцчшщэюя") },
    { id: "", link: `https://news.example/${noise(3500, ascii)}` },
    { id: "tracked", link: `https://news.example/read?of=${noise(3000, ascii)}` },
  ];
  const { state, poll } = await feedOf(sends(rss(items)));
  expect(await poll()).toMatchObject({ outcome: "stored", newItems: 4 });
  state.answer = sends(rss([...items, { id: "another" }]));
  expect(await poll()).toMatchObject({ outcome: "stored", newItems: 1, edits: 0 });
});

test("of a document that ends early the whole items are stored, and it is asked for again without validators", async () => {
  const whole = rss([{ id: "one" }, { id: "two", text: "105 servicemen" }]);
  const { state, poll, row } = await feedOf(sends(whole.slice(0, whole.indexOf("5 servicemen"))));
  expect(await poll()).toMatchObject({ outcome: "stored", newItems: 1, warnings: 1 });
  expect(await row()).toMatchObject({ etag: null, last_modified: null, body_hash: null });
  state.answer = sends(whole);
  expect(await poll()).toMatchObject({ outcome: "stored", newItems: 1 });
  expect(await row()).toMatchObject({ etag: '"1"' });
  await poll();
  expect(state.conditional).toEqual([false, false, true]);
});

test("a body that breaks off is an error: nothing is stored, and what was known stays known", async () => {
  const whole = rss([{ id: "one" }]);
  const { state, poll, row } = await feedOf(sends(whole));
  await poll();
  const before = await row();
  state.answer = (_, response) => {
    response.writeHead(200, { etag: '"2"', "content-length": "100000" }).write(rss([{ id: "two" }]));
    setTimeout(() => response.destroy(), 20);
  };
  expect(await poll()).toMatchObject({ outcome: "failed", newItems: 0, error: expect.any(String) });
  expect(await row()).toMatchObject({ etag: '"1"', body_hash: before?.body_hash, failures: 1, paused: false });
  expect(await texts()).toEqual(["Text of one"]);
});

test("a block page with status 200 is no feed: it backs off, stays enabled, and works again by itself", async () => {
  const page = "<!DOCTYPE html><html><head><title>Access denied</title></head><body>Are you human?</body></html>";
  const { state, poll, poller, row } = await feedOf(sends(page, { "content-type": "text/html" }));
  expect(await poll()).toMatchObject({ outcome: "failed", error: expect.stringContaining("not a feed") });
  const wait = async () => ((await row())?.next_fetch_at.getTime() ?? 0) - (poller.now().getTime() - 86_400_000);
  const first = await wait();
  await poll();
  expect(await wait()).toBeGreaterThan(first * 1.5);
  expect(await row()).toMatchObject({ failures: 2, paused: false, configured: true, etag: null });
  state.answer = sends(rss([{ id: "one" }]));
  expect(await poll()).toMatchObject({ outcome: "stored", newItems: 1, afterFailures: 2 });
  expect(await row()).toMatchObject({ status: "ok", failures: 0, last_error: null });
});

test.each([
  ["the addresses of a cloud's own services", "http://169.254.169.254/latest/meta-data", /refused/],
  ["a file", "file:///etc/passwd", /refused/],
  ["itself, for ever", "/again", /redirect/],
])("a redirect to %s fails the poll, and the reason is told", async (_where, location, reason) => {
  const { poll, row } = await feedOf((_, response) => void response.writeHead(302, { location }).end());
  expect(await poll()).toMatchObject({ outcome: "failed", error: expect.stringMatching(reason) });
  expect(await row()).toMatchObject({ failures: 1, paused: false, last_error: expect.stringMatching(reason) });
});

test("an item that flaps is asked for without validators until it is believed", async () => {
  const [one, other] = [49, 105].map((count) => rss([{ id: "one", text: `${count} killed` }]));
  const { state, poll, poller, row } = await feedOf(sends(one as string));
  for (let round = 0; round < 5; round += 1) {
    state.answer = sends((round % 2 === 0 ? one : other) as string, { etag: `"${round}"` });
    await poll();
    poller.ahead -= 86_400_000 - 600_000;
  }
  expect(await texts()).toEqual(["49 killed", "105 killed", "49 killed", "105 killed"]);
  expect(await row()).toMatchObject({ etag: null, body_hash: null });
  poller.ahead += 86_400_000;
  expect(await poll()).toMatchObject({ outcome: "stored", edits: 1 });
  expect((await texts()).at(-1)).toBe("49 killed");
  expect(await row()).toMatchObject({ etag: '"4"' });
});
