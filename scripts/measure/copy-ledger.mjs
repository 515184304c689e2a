/**
 * Measures looking a report up among those the ledger knows and adding it, one at a time and in batches of 100, at several
 * sizes of the index, on an embedded PostgreSQL of its own, durable as in service. Each size has a database of its own, and
 * they are asked in turn, so that a busy machine slows all of them alike. The CPU time an item is that of this process and
 * of PostgreSQL (Linux). Needs `npm run build`:
 *
 *   node scripts/measure/copy-ledger.mjs [SIZE…]     (10000 100000 unless given)
 *
 * The reports are made up: 60 words each, drawn as languages draw them (a few words often, most seldom); every tenth is
 * a shortened copy of an earlier one.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { loadReadingConfiguration } from "../../dist/config/load-configuration.js";
import { loadCopyRules } from "../../dist/config/load-copy-rules.js";
import { fingerprint } from "../../dist/domain/dedup/fingerprint.js";
import { readItem } from "../../dist/domain/language/read-item.js";
import { createClusters } from "../../dist/ledger/clusters.js";
import { openCopyIndex } from "../../dist/ledger/copy-index.js";
import { startEmbedded } from "../../dist/ledger/embedded.js";
import { lockClusters } from "../../dist/ledger/locks.js";
import { migrate } from "../../dist/ledger/migrate.js";
import { openLedger } from "../../dist/ledger/open-ledger.js";

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000);
const PROBES = 400;
const BATCH = 1000;
const DRAWN = 10_000;
/** The worker takes up to 100 reports at a time. */
const BATCHES = 40;
const story = "all";
const configDir = fileURLToPath(new URL("../../config", import.meta.url));
const { packs } = loadReadingConfiguration(configDir);
const rules = loadCopyRules(configDir);

let state = 20_220_915;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
}

const VOCABULARY = 30_000;
const syllables = [
  "ba",
  "ko",
  "ti",
  "re",
  "mun",
  "sal",
  "der",
  "vi",
  "lo",
  "pha",
  "gri",
  "ne",
  "tor",
  "us",
  "am",
  "el",
];
const word = (rank) => {
  let name = "";
  for (let rest = rank + 17; rest > 0; rest = Math.floor(rest / syllables.length))
    name += syllables[rest % syllables.length];
  return name;
};
/** Zipf's law: the rank of a word goes down as its frequency goes up. */
const drawWord = () => word(Math.floor(VOCABULARY ** random()));
const earlier = [];
function report() {
  if (earlier.length > 100 && random() < 0.1) {
    const words = earlier[Math.floor(random() * earlier.length)].split(" ");
    return words.slice(0, Math.ceil(words.length * 0.6)).join(" ");
  }
  const text = `${Array.from({ length: 60 }, drawWord).join(" ")}.`;
  if (earlier.length < 5000) earlier.push(text);
  return text;
}
const START = Date.parse("2022-09-13T00:00:00Z");
const windowMs = 14 * 86_400_000;
/** A million reports in one window. */
const STEP_MS = 1000;
function probeOf(text, at) {
  const reading = readItem({ id: "x", title: "", text, published: null, lang: "en" }, packs);
  const fields = reading.fields.map((field) => ({ reading: field, entities: [] }));
  return { at, windowMs, fingerprint: fingerprint({ lang: reading.lang, fields, url: null }, rules) };
}

const dataDir = mkdtempSync(join(tmpdir(), "rasid-measure-"));
const database = await startEmbedded({ dataDir, log: { info() {}, warn() {}, error() {} } });
const TICKS_A_SECOND = 100;
/** CPU time of all processes that work in the database's folder, in milliseconds. */
function databaseCpuMs() {
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      if (!stat.includes("(postgres)") || !readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres")) continue;
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (parent !== database.pid() && Number(pid) !== database.pid()) continue;
      const [user, system] = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .slice(11, 13)
        .map(Number);
      ticks += user + system;
    } catch {
      // It ended meanwhile.
    }
  }
  return (ticks * 1000) / TICKS_A_SECOND;
}
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Fills an index without looking up: reports drawn anew up to `DRAWN`, and then their fingerprints with most keys turned
 * into others, the same ones in each round, because reading a million texts takes an hour.
 */
const drawn = [];
function filler(stored, count, at) {
  return Array.from({ length: count }, (_, index) => {
    if (drawn.length < DRAWN) drawn.push(probeOf(report(), at));
    const of = drawn[(stored + index) % DRAWN];
    const round = Math.floor((stored + index) / DRAWN);
    const turned = (key) => (round === 0 || key % 10 === 0 ? key : Math.imul(key ^ round, 0x9e3779b1) | 0);
    return { ...of, at, fingerprint: { ...of.fingerprint, keys: [...new Set(of.fingerprint.keys.map(turned))] } };
  });
}

/** A ledger whose index holds so many reports. */
async function ledgerOf(size) {
  const url = new URL(database.url);
  const server = await openLedger({ connectionString: url.href, maxConnections: 1 });
  await sql`create database ${sql.id(`of_${size}`)}`.execute(server.db);
  await server.close();
  url.pathname = `/of_${size}`;
  const ledger = await openLedger({ connectionString: url.href, maxConnections: 2 });
  await migrate(ledger);
  const { db } = ledger;
  const copies = openCopyIndex({ story });
  let stored = 0;
  const at = () => START + stored * STEP_MS;
  /** As the worker does it: under the lock look up, then add; every report opens a cluster of its own. */
  async function place(probes, { lookUp = true } = {}) {
    const ids = probes.map((_, index) => String(stored + index + 1));
    stored += probes.length;
    return db.transaction().execute(async (trx) => {
      await lockClusters(trx, story);
      const found = lookUp ? await copies.find(trx, probes) : [];
      const made = await createClusters(trx, { story, firstRevisionIds: ids, now: new Date(at()) });
      const placed = ids.map((revisionId, index) => ({
        ...probes[index],
        revisionId,
        itemId: revisionId,
        clusterId: made.get(revisionId),
      }));
      await copies.insert(trx, placed, new Date(at()));
      return found;
    });
  }
  while (stored < size) await place(filler(stored, Math.min(BATCH, size - stored), at()), { lookUp: false });
  await sql`vacuum analyze`.execute(db);
  const arrays = process.memoryUsage().arrayBuffers;
  const cpu = cpuMs();
  await copies.catchUp(db);
  const opening = { openingCpuMs: Math.round(cpuMs() - cpu), memoryMb: megabytes(arrays) };
  return { size, at, place, opening, single: [], batched: [], node: 0, postgres: 0, close: () => ledger.close() };
}
const megabytes = (before) => Math.round((process.memoryUsage().arrayBuffers - before) / 1e6);

async function timed(times, share, work) {
  const began = performance.now();
  await work();
  times.push((performance.now() - began) / share);
}
const round = (value) => Number(value.toFixed(3));
const share = (times, part) => round([...times].sort((a, b) => a - b)[Math.floor(times.length * part)]);

const ledgers = [];
try {
  for (const size of sizes) {
    ledgers.push(await ledgerOf(size));
    console.error(`${size} reports are in`);
  }
  for (let probe = 0; probe < PROBES; probe += 1) {
    for (const { at, place, single } of ledgers) {
      const probes = [probeOf(report(), at())];
      await timed(single, 1, () => place(probes));
    }
  }
  for (let batch = 0; batch < BATCHES; batch += 1) {
    for (const ledger of ledgers) {
      const probes = Array.from({ length: 100 }, () => probeOf(report(), ledger.at()));
      const cpu = [cpuMs(), databaseCpuMs()];
      await timed(ledger.batched, 100, () => ledger.place(probes));
      ledger.node += cpuMs() - cpu[0];
      ledger.postgres += databaseCpuMs() - cpu[1];
    }
  }
  for (const { size, single, batched, node, postgres, opening } of ledgers) {
    const one = { p50Ms: share(single, 0.5), p95Ms: share(single, 0.95) };
    const inBatch = { p50Ms: share(batched, 0.5), p95Ms: share(batched, 0.95) };
    const cpu = { node: round(node / BATCHES / 100), postgres: round(postgres / BATCHES / 100) };
    console.log(JSON.stringify({ items: size, one, inBatch, cpuMsInBatch: cpu, ...opening }));
  }
} finally {
  for (const ledger of ledgers) await ledger.close();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
