import type { IncomingMessage, ServerResponse } from "node:http";
import zlib from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FetchOutcome, type FetchRequest, fetchFeed } from "../../src/net/fetch-feed.ts";
import { createHttpClient, type HttpClient } from "../../src/net/http-client.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";

const FEED = "<rss version='2.0'><channel><title>Wire</title></channel></rss>";

let server: LocalServer;
let client: HttpClient;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: IncomingMessage[] = [];

beforeAll(async () => {
  server = await startLocalServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  client = createHttpClient({ allowAddresses: ["127.0.0.1/32"], userAgent: "Rasid/test" });
});
afterAll(async () => {
  await client.close();
  await server.stop();
});
beforeEach(() => {
  seen = [];
});

function get(path = "/", request: Partial<FetchRequest> = {}): Promise<FetchOutcome> {
  return fetchFeed(client, { url: server.url + path, deadlineMs: 5000, ...request });
}

const send = (status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ""): void => {
  answer = (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
};

describe("a good answer", () => {
  test("comes with its bytes, headers and final address", async () => {
    send(200, { etag: '"1"', "content-type": "application/rss+xml" }, FEED);
    const outcome = await get();
    expect(outcome).toMatchObject({
      outcome: "fetched",
      status: 200,
      finalUrl: `${server.url}/`,
      permanentRedirects: [],
      headers: { etag: '"1"' },
    });
    expect(outcome.outcome === "fetched" && Buffer.from(outcome.bytes).toString()).toBe(FEED);
    expect(seen[0]?.headers).toMatchObject({
      "user-agent": "Rasid/test",
      accept: expect.stringContaining("application/rss+xml"),
    });
    expect(seen[0]?.headers).not.toHaveProperty("if-none-match");
  });

  test("validators are sent, and an unchanged feed is told", async () => {
    answer = (request, response) => {
      const unchanged =
        request.headers["if-none-match"] === '"1"' &&
        request.headers["if-modified-since"] === "Thu, 15 Sep 2022 10:00:00 GMT";
      response.writeHead(unchanged ? 304 : 200).end();
    };
    expect(await get("/", { etag: '"1"', lastModified: "Thu, 15 Sep 2022 10:00:00 GMT" })).toMatchObject({
      outcome: "notModified",
    });
  });

  test("a 304 that was not asked for is no success", async () => {
    send(304);
    expect(await get()).toMatchObject({ outcome: "failed", class: "soft", status: 304 });
  });

  const codings: [string, (body: string) => Uint8Array][] = [
    ["gzip", zlib.gzipSync],
    ["deflate", zlib.deflateSync],
    ["br", zlib.brotliCompressSync],
    ["identity", Buffer.from],
  ];
  test.each(codings)("content coding %s is undone", async (coding, encode) => {
    send(200, { "content-encoding": coding }, encode(FEED));
    const outcome = await get();
    expect(outcome.outcome === "fetched" && Buffer.from(outcome.bytes).toString()).toBe(FEED);
  });

  test("raw deflate and a double coding are undone", async () => {
    send(200, { "content-encoding": "deflate" }, zlib.deflateRawSync(FEED));
    const raw = await get();
    send(200, { "content-encoding": "gzip, br" }, zlib.brotliCompressSync(zlib.gzipSync(FEED)));
    const double = await get();
    for (const outcome of [raw, double])
      expect(outcome.outcome === "fetched" && Buffer.from(outcome.bytes).toString()).toBe(FEED);
  });
});

describe("redirects", () => {
  const chain = (hops: Record<string, [number, string]>): void => {
    answer = (request, response) => {
      const hop = hops[request.url ?? ""];
      if (hop === undefined) response.writeHead(200).end(FEED);
      else response.writeHead(hop[0], { location: hop[1] }).end();
    };
  };

  test("permanent ones that begin the way are told, those after a temporary one are not", async () => {
    chain({ "/a": [301, "/b"], "/b": [308, "/c"], "/c": [302, "/d"], "/d": [301, "/e"] });
    expect(await get("/a")).toMatchObject({
      outcome: "fetched",
      finalUrl: `${server.url}/e`,
      permanentRedirects: [`${server.url}/b`, `${server.url}/c`],
    });
    chain({ "/a": [307, "/b"], "/b": [301, "/c"] });
    expect(await get("/a")).toMatchObject({ outcome: "fetched", finalUrl: `${server.url}/c`, permanentRedirects: [] });
  });

  test("a loop ends after five", async () => {
    chain({ "/a": [302, "/b"], "/b": [302, "/a"] });
    expect(await get("/a")).toMatchObject({ outcome: "failed", code: "redirect", reason: "more than 5 redirects" });
    expect(seen).toHaveLength(6);
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "file:///etc/passwd",
    "gopher://wire.example/",
    "http://user:secret@wire.example/",
  ])("to %s is refused at once", async (location) => {
    chain({ "/a": [302, location] });
    const outcome = await get("/a");
    expect(outcome).toMatchObject({
      outcome: "failed",
      class: "hard",
      code: "refused",
      reason: expect.stringContaining("refused"),
    });
    expect(JSON.stringify(outcome)).not.toContain("secret");
    expect(seen).toHaveLength(1);
  });

  test("one without a target, or with one that cannot be read, is a failure", async () => {
    send(302);
    expect(await get()).toMatchObject({ outcome: "failed", status: 302 });
    chain({ "/a": [302, "http://[bad"] });
    expect(await get("/a")).toMatchObject({ outcome: "failed", code: "redirect" });
  });
});

describe("bodies that are too much or too little", () => {
  test("a body that inflates beyond the cap is stopped, in bounded memory", async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    expect(bomb.length).toBeLessThan(210_000);
    send(200, { "content-encoding": "gzip" }, bomb);
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    expect(await get()).toMatchObject({ outcome: "failed", class: "soft", code: "too-large" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("brotli bombs and bombs within bombs are stopped", async () => {
    send(
      200,
      { "content-encoding": "br" },
      zlib.brotliCompressSync(Buffer.alloc(200 * 1024 * 1024), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 },
      }),
    );
    expect(await get()).toMatchObject({ code: "too-large" });
    send(200, { "content-encoding": "gzip, gzip" }, zlib.gzipSync(zlib.gzipSync(Buffer.alloc(200 * 1024 * 1024))));
    expect(await get()).toMatchObject({ code: "too-large" });
  });

  test("an endless plain body is stopped at the cap and the socket closed", async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on("drain", more);
      more();
    };
    expect(await get()).toMatchObject({ outcome: "failed", code: "too-large" });
    await expect.poll(() => server.open(), { timeout: 15_000 }).toBeLessThanOrEqual(1);
  });

  test("eight stacked codings are refused", async () => {
    send(200, { "content-encoding": Array(8).fill("gzip").join(", ") }, FEED);
    expect(await get()).toMatchObject({
      outcome: "failed",
      code: "bad-coding",
      reason: "the body carries 8 stacked codings",
    });
  });

  test("a coding that is not understood, or a lie, is told", async () => {
    send(200, { "content-encoding": "snappy" }, FEED);
    expect(await get()).toMatchObject({ code: "bad-coding", reason: expect.stringContaining("snappy") });
    send(200, { "content-encoding": "gzip" }, FEED);
    expect(await get()).toMatchObject({ code: "bad-coding" });
  });

  test("a byte a second meets the total deadline, and its socket is closed", async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 50);
      response.on("close", () => clearInterval(timer));
    };
    const started = performance.now();
    expect(await get("/", { deadlineMs: 400 })).toMatchObject({
      outcome: "failed",
      class: "temporary",
      code: "timeout",
    });
    expect(performance.now() - started).toBeLessThan(15_000);
    await expect.poll(() => server.open(), { timeout: 15_000 }).toBe(0);
  });

  test("the deadline spans redirects and headers", async () => {
    answer = (_request, response) => {
      setTimeout(() => response.writeHead(302, { location: "/" }).end(), 150);
    };
    expect(await get("/", { deadlineMs: 400 })).toMatchObject({ outcome: "failed", code: "timeout" });
  });

  test.each([
    ["shorter than announced", { "content-length": "1000" }],
    ["cut within its chunks", { "transfer-encoding": "chunked" }],
  ])("a body %s is an error that gives no validators", async (_what, headers) => {
    answer = (_request, response) => {
      response.writeHead(200, { etag: '"1"', ...headers });
      response.write(FEED, () => setTimeout(() => response.destroy(), 20));
    };
    const outcome = await get();
    expect(outcome).toMatchObject({ outcome: "failed" });
    expect(outcome).not.toHaveProperty("headers");
  });

  test("a compressed body cut short is an error", async () => {
    send(200, { "content-encoding": "gzip" }, zlib.gzipSync(FEED.repeat(100)).subarray(0, 60));
    expect(await get()).toMatchObject({ outcome: "failed", code: "truncated" });
  });
});

describe("failures weigh differently", () => {
  test.each([
    [410, "hard"],
    [404, "hard"],
    [403, "soft"],
    [400, "soft"],
    [204, "soft"],
    [429, "temporary"],
    [500, "temporary"],
    [503, "temporary"],
  ] as const)("%d is %s", async (status, weight) => {
    send(status);
    expect(await get()).toMatchObject({ outcome: "failed", class: weight, status });
  });

  test("Retry-After is told, in either form", async () => {
    send(429, { "retry-after": "120" });
    expect(await get()).toMatchObject({ retryAfterMs: 120_000 });
    send(503, { "retry-after": new Date(Date.now() + 60_000).toUTCString() });
    const outcome = await get();
    expect(outcome.outcome === "failed" && outcome.retryAfterMs).toBeGreaterThan(57_000);
  });

  test("a host that is not there is temporary", async () => {
    const gone = await startLocalServer(() => undefined);
    await gone.stop();
    expect(await fetchFeed(client, { url: gone.url })).toMatchObject({
      outcome: "failed",
      class: "temporary",
      code: "connection",
      reason: "the server refuses connections",
    });
    const nameless = createHttpClient({
      lookup: (_host, _options, callback) => callback(Object.assign(new Error("no"), { code: "ENOTFOUND" }), "", 4),
    });
    expect(await fetchFeed(nameless, { url: "http://nowhere.example/" })).toMatchObject({
      class: "temporary",
      code: "dns",
    });
    await nameless.close();
  });

  test("a URL that cannot be read is hard", async () => {
    expect(await fetchFeed(client, { url: "not a url" })).toMatchObject({ class: "hard", code: "invalid-url" });
  });

  test("a stop of the service ends a fetch at once", async () => {
    answer = () => undefined;
    const stop = new AbortController();
    const fetching = get("/", { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    expect(await fetching).toMatchObject({ outcome: "failed", code: "closed" });
  });
});
