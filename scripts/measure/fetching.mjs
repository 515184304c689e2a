/**
 * Measures how many unchanged feeds are checked in a second, with the real ledger (an embedded PostgreSQL of its own,
 * durable as in service) and a local server in a process of its own that answers 304. Needs `npm run build`:
 *
 *   node scripts/measure/fetching.mjs [--feeds 2000] [--hosts 500] [--seconds 20]
 *
 * Every host keeps the rule of one request at a time; the gap between requests is none, and feeds are due at once again.
 */
import { fork } from "node:child_process";
import { setMaxListeners } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFeedDates } from "../../dist/config/feed-dates-schema.js";
import { loadUrlRules } from "../../dist/config/tracking-parameters-schema.js";
import { readFeedOf } from "../../dist/fetching.js";
import { startEmbedded } from "../../dist/ledger/embedded.js";
import { syncFeeds } from "../../dist/ledger/feeds.js";
import { createFetchRecorder } from "../../dist/ledger/fetch-recorder.js";
import { migrate } from "../../dist/ledger/migrate.js";
import { openLedger } from "../../dist/ledger/open-ledger.js";
import { createHttpClient } from "../../dist/net/http-client.js";
import { startFeedParser } from "../../dist/parsing/feed-parser.js";
import { runWhileDue } from "../../dist/queues/in-flight.js";
import { claimPolls } from "../../dist/workers/fetch.js";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : Number(process.argv[at + 1]);
};
if (process.send !== void 0) serve();
else await measure();
function serve() {
  const item = (id) => `<item><guid>${id}</guid><title>Item ${id}</title><description>Text ${id}</description></item>`;
  const document = `<rss version="2.0"><channel><title>Calm</title>${Array.from({ length: 20 }, (_, id) => item(id)).join("")}</channel></rss>`;
  const server = createServer((request, response) => {
    const known = request.headers["if-none-match"] === '"calm"';
    response
      .writeHead(known ? 304 : 200, { etag: '"calm"', "cache-control": "no-cache" })
      .end(known ? void 0 : document);
  });
  server.keepAliveTimeout = 6e4;
  server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
  process.on("disconnect", () => process.exit());
}
async function measure() {
  const feeds = option("feeds", 2e3);
  const hosts = option("hosts", 500);
  const seconds = option("seconds", 20);
  const configDir = join(import.meta.dirname, "../../config");
  const dataDir = mkdtempSync(join(tmpdir(), "rasid-measure-"));
  const database = await startEmbedded({ dataDir, log: { info() {}, warn() {}, error() {} } });
  const server = fork(import.meta.filename, { execArgv: process.execArgv });
  const port = await new Promise((resolve) => server.once("message", (told) => resolve(told)));
  const ledger = await openLedger({ connectionString: database.url });
  await migrate(ledger);
  const toLoopback = (_host, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]);
  const client = createHttpClient({ allowAddresses: ["127.0.0.1/32"], lookup: toLoopback });
  const parser = startFeedParser({ dateWords: loadFeedDates(configDir), threads: 1 });
  const urlRules = loadUrlRules(configDir);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const outcomes = {};
  const options = {
    db: ledger.db,
    client,
    recorder: createFetchRecorder(ledger.db),
    parse: async (bytes, { url }) => readFeedOf(await parser.parseFeed(bytes, { url }), urlRules),
    readWishes: () => ({ skipHours: [], skipDays: [] }),
    bounds: { minimumIntervalSeconds: 1e-3, maximumIntervalSeconds: 1e-3 },
    hostGapMs: 0,
    inMotion: async () => /* @__PURE__ */ new Set(),
    now: () => /* @__PURE__ */ new Date(),
    random: Math.random,
    signal: stop.signal,
    onPoll: ({ outcome }) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    },
    enqueueNext: async () => {},
  };
  const list = Array.from({ length: feeds }, (_, index) => ({
    id: `f${index}`,
    url: `http://h${index % hosts}.measure.example:${port}/${index}`,
    source: "m",
    lang: "en",
    tier: 3,
  }));
  await syncFeeds(ledger.db, list, { now: /* @__PURE__ */ new Date(), intervalSeconds: 1e-3 });
  const running = runWhileDue({ claim: (limit) => claimPolls(options, limit), most: 32, signal: stop.signal });
  const polled = () => outcomes.unchanged ?? 0;
  while ((outcomes.stored ?? 0) < feeds) await new Promise((resolve) => setTimeout(resolve, 200));
  const before = polled();
  const cpu = process.cpuUsage();
  const began = performance.now();
  let mostRss = 0;
  while (performance.now() - began < seconds * 1e3) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    mostRss = Math.max(mostRss, process.memoryUsage().rss);
  }
  const took = (performance.now() - began) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  const count = polled() - before;
  stop.abort();
  await running;
  await parser.stop();
  await client.close();
  await ledger.close();
  server.disconnect();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
  console.log(
    JSON.stringify({
      feeds,
      hosts,
      unchangedPerSecond: Math.round(count / took),
      perSecondOfOwnProcessor: Math.round(count / ((user + system) / 1e6)),
      rssMb: Math.round(mostRss / 1024 / 1024),
      failed: outcomes.failed ?? 0,
    }),
  );
}
