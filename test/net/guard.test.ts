import type { LookupFunction } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchFeed } from "../../src/net/fetch-feed.ts";
import { createHttpClient } from "../../src/net/http-client.ts";
import { postWebhook } from "../../src/net/post-webhook.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";

// Whatever way an address is spelled and whoever names it, nothing inside is ever connected to.
let inside: LocalServer;
let inside6: LocalServer;

beforeAll(async () => {
  inside = await startLocalServer((_request, response) => response.end("inside"));
  inside6 = await startLocalServer((_request, response) => response.end("inside"), "::1");
});
afterAll(async () => {
  await inside.stop();
  await inside6.stop();
});

const connections = (): number => inside.connections() + inside6.connections();

/** As servers send it: the bytes of UTF-8. */
const raw = (text: string): string => Buffer.from(text).toString("latin1");

const HOSTS = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "017700000001",
  "0x7f.1",
  "①②⑦.⓪.⓪.①",
  "１２７.0.0.1",
  "127。0。0。1",
  "127.0.0.1.",
  "0.0.0.0",
  "0",
  "localhost",
  "LOCALHOST",
  "localhost.",
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[::7f00:1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b::127.0.0.1]",
  "[2002:7f00:1::]",
  "[::ffff:0:127.0.0.1]",
  "%31%32%37.0.0.1",
];

describe.each(HOSTS)("%s", (host) => {
  test("is not reached as a feed or as a webhook", async () => {
    const client = createHttpClient({ connectTimeoutMs: 1000 });
    for (const port of [inside.port, inside6.port]) {
      const url = `http://${host}:${port}/`;
      const fetched = await fetchFeed(client, { url, deadlineMs: 2000 });
      const posted = await postWebhook(client, { url, headers: {}, body: "{}", timeoutMs: 2000 });
      // Whether "localhost." is a name at all is the resolver's to say.
      const refused =
        host === "localhost." ? { outcome: "failed" } : { outcome: "failed", class: "hard", code: "refused" };
      for (const outcome of [fetched, posted]) expect(outcome).toMatchObject(refused);
    }
    await client.close();
    expect(connections()).toBe(0);
  });

  test("is not reached by a redirect", async () => {
    const outside = await startLocalServer(
      (_request, response) => response.writeHead(302, { location: raw(`http://${host}:${inside.port}/`) }).end(),
      "127.0.0.2",
    );
    const client = createHttpClient({ allowAddresses: ["127.0.0.2"] });
    expect(await fetchFeed(client, { url: outside.url })).toMatchObject({ outcome: "failed" });
    await client.close();
    await outside.stop();
    expect(connections()).toBe(0);
  });
});

test("a redirect to an address in another script is followed", async () => {
  const outside = await startLocalServer((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: raw("/أخبار?x=й") }).end();
    else response.end(decodeURI(request.url ?? ""));
  }, "127.0.0.2");
  const client = createHttpClient({ allowAddresses: ["127.0.0.2"] });
  const outcome = await fetchFeed(client, { url: outside.url });
  expect(outcome.outcome === "fetched" && Buffer.from(outcome.bytes).toString()).toBe("/أخبار?x=й");
  await client.close();
  await outside.stop();
});

test.each([
  "file:///etc/passwd",
  "ftp://wire.example/",
  "gopher://127.0.0.1/",
  "data:text/xml,<rss/>",
  "unix:/run/docker.sock",
  "javascript:1",
])("scheme of %s is refused", async (url) => {
  const client = createHttpClient();
  expect(await fetchFeed(client, { url })).toMatchObject({ outcome: "failed", class: "hard", code: "refused" });
  await client.close();
});

describe("a name that changes its answer", () => {
  test("never leads inside, over 100 flips", async () => {
    let asked = 0;
    const flipping: LookupFunction = (_host, _options, callback) => {
      asked += 1;
      // The public answers lie in a network that discards; only the guard's own lookups are seen here.
      callback(null, [
        asked % 2 === 0 ? { address: "127.0.0.1", family: 4 } : { address: "::ffff:127.0.0.1", family: 6 },
      ]);
    };
    const client = createHttpClient({ lookup: flipping });
    for (let flip = 0; flip < 100; flip += 1)
      expect(await fetchFeed(client, { url: `http://rebind.example:${inside.port}/`, deadlineMs: 1000 })).toMatchObject(
        { code: "refused" },
      );
    await client.close();
    expect(asked).toBe(100);
    expect(connections()).toBe(0);
  });

  test("is connected to where it was judged, however it answers next", async () => {
    const outside = await startLocalServer((_request, response) => response.end("outside"), "127.0.0.2");
    let asked = 0;
    const flipping: LookupFunction = (_host, _options, callback) => {
      asked += 1;
      callback(null, [{ address: asked % 2 === 1 ? "127.0.0.2" : "127.0.0.1", family: 4 }]);
    };
    for (let flip = 0; flip < 50; flip += 1) {
      const client = createHttpClient({ allowAddresses: ["127.0.0.2"], lookup: flipping });
      const first = await fetchFeed(client, { url: `http://rebind.example:${outside.port}/` });
      expect(first.outcome === "fetched" && Buffer.from(first.bytes).toString()).toBe("outside");
      await client.close();
      const second = createHttpClient({ allowAddresses: ["127.0.0.2"], lookup: flipping });
      expect(await fetchFeed(second, { url: `http://rebind.example:${inside.port}/` })).toMatchObject({
        code: "refused",
      });
      await second.close();
    }
    await outside.stop();
    expect(connections()).toBe(0);
  });

  test("mixed answers are used only as far as they are public", async () => {
    const outside = await startLocalServer((_request, response) => response.end("outside"), "127.0.0.2");
    const mixed: LookupFunction = (_host, _options, callback) =>
      callback(null, [
        { address: "127.0.0.1", family: 4 },
        { address: "127.0.0.2", family: 4 },
      ]);
    const client = createHttpClient({ allowAddresses: ["127.0.0.2"], lookup: mixed });
    expect(await fetchFeed(client, { url: `http://mixed.example:${outside.port}/` })).toMatchObject({
      outcome: "fetched",
    });
    await client.close();
    await outside.stop();
    expect(connections()).toBe(0);
  });
});

test("proxies of the environment are not honoured", async () => {
  const saved = { ...process.env };
  Object.assign(process.env, { HTTP_PROXY: inside.url, http_proxy: inside.url, ALL_PROXY: inside.url });
  const outside = await startLocalServer((_request, response) => response.end("direct"), "127.0.0.2");
  const client = createHttpClient({ allowAddresses: ["127.0.0.2"] });
  const outcome = await fetchFeed(client, { url: outside.url });
  expect(outcome.outcome === "fetched" && Buffer.from(outcome.bytes).toString()).toBe("direct");
  for (const name of ["HTTP_PROXY", "http_proxy", "ALL_PROXY"]) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
  await client.close();
  await outside.stop();
  expect(connections()).toBe(0);
});
