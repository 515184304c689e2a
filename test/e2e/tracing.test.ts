import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { environmentWith } from "../../src/settings.ts";
import { freshDatabase } from "../integration/fresh-ledger.ts";
import { type ReceivedSpan, startTraceCollector, type TraceCollector } from "./trace-collector.ts";

const entry = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const TEXT =
  "At least 144 Armenian soldiers have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told reporters.";
const FEED = `<rss version="2.0"><channel><title>T</title><link>http://t.example/</link><item><guid isPermaLink="false">one</guid>
<title>A new count</title><link>http://t.example/1</link><pubDate>Fri, 16 Sep 2022 08:00:00 GMT</pubDate><description>${TEXT}</description></item></channel></rss>`;

let dir: string;
let collector: TraceCollector;
let database: { url: string; drop: () => Promise<void> };
let secret = "";
const received: string[] = [];
const children: ChildProcess[] = [];
const agency = createServer((request, response) => {
  if (request.method === "GET")
    return void response.writeHead(200, { "content-type": "application/rss+xml" }).end(FEED);
  request.resume();
  received.push(String(request.headers["webhook-id"]));
  response.writeHead(204).end();
});

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "rasid-trace-"));
  // PostgreSQL's account must pass through, or else its data lies elsewhere and outlives the folder.
  chmodSync(dir, 0o711);
  [collector, database] = await Promise.all([startTraceCollector(), freshDatabase()]);
  await new Promise<void>((resolve) => agency.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  agency.closeAllConnections();
  agency.close();
  await collector.close();
  await database.drop();
  rmSync(dir, { recursive: true, force: true });
});

/** A process of its own with some of the roles; resolves when it is ready, with its address. */
async function start(
  roles: string,
  endpoint = collector.endpoint,
): Promise<{ child: ChildProcess; address: string | null; log: () => string }> {
  const child = fork(entry, ["start", "--roles", roles], {
    env: environmentWith({
      DATABASE_URL: database.url,
      REDIS_URL: "",
      RASID_SECRET_KEY: Buffer.alloc(32, 3).toString("base64"),
      RASID_DATA: join(dir, "data"),
      RASID_FEEDS: join(dir, "feeds.yaml"),
      RASID_ALLOW_ADDRESSES: "127.0.0.1/32",
      PORT: "0",
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_HEADERS: "x-token=hush",
      OTEL_SERVICE_NAME: `rasid ${roles}`,
    }),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  children.push(child);
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  return new Promise((resolve, reject) => {
    child.on("message", (message: { address: string | null }) =>
      resolve({ child, address: message.address, log: () => log }),
    );
    child.once("exit", () => reject(new Error(log)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Configures one feed that was never polled. Returns the origin of feed and endpoint. */
function writeFeeds(id = "t"): string {
  const origin = `http://127.0.0.1:${(agency.address() as AddressInfo).port}`;
  writeFileSync(
    join(dir, "feeds.yaml"),
    `feeds:\n  - { id: ${id}, url: "${origin}/${randomBytes(4).toString("hex")}", source: T, lang: en, tier: 1 }\n`,
  );
  return origin;
}

const toldBy = (span: ReceivedSpan | undefined) =>
  Object.fromEntries(span?.attributes.map(({ key, value }) => [key, Object.values(value)[0]]) ?? []);

it("one trace leads from the poll of a feed through every stage to the attempt, across processes", async () => {
  const origin = writeFeeds();
  const api = await start("api");
  const made = await fetch(`${api.address}/api/v1/endpoints`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: `${origin}/hook?token=very-private` }),
  });
  ({ secret } = (await made.json()) as { secret: string });
  const others = await Promise.all(["deliver", "deduplicate,classify", "match"].map((roles) => start(roles)));
  others.push(await start("fetch,reconcile"));
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(1);
  await Promise.all([...others, api].map(({ child }) => stop(child)));

  const attempt = collector.spans.find(({ name }) => name === "attempt");
  const trace = collector.spans.filter(({ traceId }) => traceId === attempt?.traceId);
  for (const stage of ["fetch", "deduplicate", "classify", "match", "deliver", "attempt"])
    expect(trace.map(({ name }) => name)).toContain(stage);
  const service = (name: string) => trace.find((span) => span.name === name)?.service;
  expect([service("fetch"), service("classify"), service("match"), service("attempt")]).toEqual([
    "rasid fetch,reconcile",
    "rasid deduplicate,classify",
    "rasid match",
    "rasid deliver",
  ]);
  const known = new Set(trace.map(({ spanId }) => spanId));
  const roots = trace.filter(({ parentSpanId }) => !parentSpanId || !known.has(parentSpanId));
  expect(roots.map(({ name }) => name)).toEqual(["fetch"]);
  expect(toldBy(roots[0])).toMatchObject({ "rasid.feed": "t", "rasid.outcome": "stored" });
  expect(toldBy(attempt)).toMatchObject({
    "rasid.outcome": "delivered",
    "rasid.alert": expect.stringMatching(/^alt_/),
  });
}, 60_000);

it("spans say neither texts nor addresses nor secrets, and go to /v1/traces with the configured headers", () => {
  const all = collector.raw.join("\n");
  expect(collector.spans.length).toBeGreaterThan(10);
  for (const hidden of ["Pashinyan", "new count", "127.0.0.1", "very-private", secret, secret.slice(6), "AwMDAwMD"])
    expect(all).not.toContain(hidden);
  expect(new Set(collector.paths)).toEqual(new Set(["POST /v1/traces hush"]));
});

it("what the queues do for themselves begins no trace", () => {
  const names = new Set(collector.spans.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name));
  expect([...names].filter((name) => /getNextJob|Stalled|close|pause/.test(name))).toEqual([]);
});

it("a collector that is gone is told of once, and holds no stop up", async () => {
  writeFeeds("later");
  const { child, log } = await start("fetch,reconcile", "http://127.0.0.1:9");
  await expect.poll(log, { timeout: 30_000 }).toContain("the collector takes no traces");
  const asked = performance.now();
  await stop(child);
  expect(performance.now() - asked).toBeLessThan(6_000);
  expect(log().match(/takes no traces/g)).toHaveLength(1);
  expect(child.exitCode).toBe(0);
}, 60_000);
