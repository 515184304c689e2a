/**
 * Measures looking a report up among those the ledger knows and adding it, one at a time and in batches of 100, at several
 * sizes of the index, on an embedded PostgreSQL of its own, durable as in service; the CPU time an item is that of this
 * process and of PostgreSQL together (Linux). Needs `npm run build`:
 *
 *   node scripts/measure-copy-ledger.mjs [SIZE…]     (10000 100000 unless given)
 *
 * The reports are made up: 60 words each, drawn as languages draw them (a few words often, most seldom); every tenth is
 * a shortened copy of an earlier one.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadReadingConfiguration } from "../dist/config/load-configuration.js";
import { loadCopyRules } from "../dist/config/load-copy-rules.js";
import { fingerprint } from "../dist/domain/dedup/fingerprint.js";
import { readItem } from "../dist/domain/language/read-item.js";
import { createClusters } from "../dist/ledger/clusters.js";
import { openCopyIndex } from "../dist/ledger/copy-index.js";
import { startEmbedded } from "../dist/ledger/embedded.js";
import { lockClusters } from "../dist/ledger/locks.js";
import { migrate } from "../dist/ledger/migrate.js";
import { openLedger } from "../dist/ledger/open-ledger.js";

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000);
const PROBES = 400;
const BATCH = 1000;
/** The worker takes up to 100 reports at a time. */
const BATCHES = 40;
const story = "all";
const configDir = fileURLToPath(new URL("../config", import.meta.url));
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
const ledger = await openLedger({ connectionString: database.url });

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

try {
  await migrate(ledger);
  const { db } = ledger;
  const copies = openCopyIndex({ story });
  let stored = 0;
  const at = () => START + stored * STEP_MS;
  /** As the worker does it: under the lock look up, then add; every report opens a cluster of its own. */
  async function place(probes) {
    const ids = probes.map((_, index) => String(stored + index + 1));
    stored += probes.length;
    return db.transaction().execute(async (trx) => {
      await lockClusters(trx, story);
      const found = await copies.find(trx, probes);
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
  const p95 = (times) => Number(times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)].toFixed(2));
  const p50 = (times) => Number(times.sort((a, b) => a - b)[Math.floor(times.length * 0.5)].toFixed(2));
  for (const size of sizes) {
    while (stored < size)
      await place(Array.from({ length: Math.min(BATCH, size - stored) }, () => probeOf(report(), at())));
    const { sql } = await import("kysely");
    await sql`vacuum analyze`.execute(db);
    const single = [];
    let found = 0;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const probes = [probeOf(report(), at())];
      const began = performance.now();
      const [candidates] = await place(probes);
      single.push(performance.now() - began);
      if (candidates.length > 0) found += 1;
    }
    const batched = [];
    const batches = Array.from({ length: BATCHES }, () => Array.from({ length: 100 }, () => probeOf(report(), at())));
    const cpu = [cpuMs(), databaseCpuMs()];
    for (const batch of batches) {
      const began = performance.now();
      await place(batch);
      batched.push((performance.now() - began) / batch.length);
    }
    const items = BATCHES * 100;
    const cold = openCopyIndex({ story });
    const began = performance.now();
    const spent = { node: (cpuMs() - cpu[0]) / items, postgres: (databaseCpuMs() - cpu[1]) / items };
    await cold.catchUp(db);
    console.log(
      JSON.stringify({
        items: size,
        p50Ms: p50(single),
        p95Ms: p95(single),
        inBatchP95Ms: p95(batched),
        cpuMsInBatch: { node: Number(spent.node.toFixed(3)), postgres: Number(spent.postgres.toFixed(3)) },
        probesWithCandidates: found,
        openingMs: Math.round(performance.now() - began),
        memoryMb: Math.round(process.memoryUsage().rss / 1e6),
      }),
    );
  }
} finally {
  await ledger.close();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
