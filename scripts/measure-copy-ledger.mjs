/**
 * Measures looking a report up among those the ledger knows and adding it, one at a time and in batches, at several sizes of the index,
 * on an embedded PostgreSQL of its own, durable as in service. Needs `npm run build`:
 *
 *   node scripts/measure-copy-ledger.mjs [SIZE…]     (10000 100000 unless given)
 *
 * The reports are made up: 60 words each, drawn as languages draw them (a few words often, most seldom); every tenth is
 * a shortened copy of an earlier one.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadReadingConfiguration } from "../dist/config/load-configuration.js";
import { loadCopyRules } from "../dist/config/load-copy-rules.js";
import { fingerprint } from "../dist/domain/dedup/fingerprint.js";
import { readItem } from "../dist/domain/language/read-item.js";
import { createClusters, findCopyCandidates, insertFingerprints } from "../dist/ledger/clusters.js";
import { startEmbedded } from "../dist/ledger/embedded.js";
import { syncFeeds } from "../dist/ledger/feeds.js";
import { storePoll } from "../dist/ledger/items.js";
import { migrate } from "../dist/ledger/migrate.js";
import { openLedger } from "../dist/ledger/open-ledger.js";

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000);
const PROBES = 400;
const BATCH = 200;
/** The worker takes up to 100 reports at a time. */
const BATCHES = 20;
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
function probeOf(text, at) {
  const reading = readItem({ id: "x", title: "", text, published: null, lang: "en" }, packs);
  const fields = reading.fields.map((field) => ({ reading: field, entities: [] }));
  return { at, fingerprint: fingerprint({ lang: reading.lang, fields, url: null }, rules) };
}

const dataDir = mkdtempSync(join(tmpdir(), "rasid-measure-"));
const database = await startEmbedded({ dataDir, log: { info() {}, warn() {}, error() {} } });
const ledger = await openLedger({ connectionString: database.url });
try {
  await migrate(ledger);
  const { db } = ledger;
  await syncFeeds(db, [{ id: "f", url: "https://f.example/", source: "F", lang: "en", tier: 3 }], {
    now: new Date(START),
    intervalSeconds: 60,
  });
  let stored = 0;
  async function store(texts) {
    const now = new Date(START + stored * 1000);
    const items = texts.map((text, index) => ({
      ...{ key: `k${stored + index}`, url: null, canonicalUrl: null, title: "", text, publishedAt: now },
    }));
    stored += texts.length;
    const { newRevisionIds } = await storePoll(db, "f", items, now);
    return newRevisionIds;
  }
  async function place(ids, probes) {
    await db.transaction().execute(async (trx) => {
      const made = await createClusters(trx, { story, firstRevisionIds: ids, now: new Date() });
      const placed = ids.map((revisionId, index) => ({
        ...probes[index],
        revisionId,
        clusterId: made.get(revisionId),
      }));
      await insertFingerprints(trx, { story, placed });
    });
  }
  const at = () => START + stored * 1000;
  for (const size of sizes) {
    while (stored < size) {
      const texts = Array.from({ length: Math.min(BATCH, size - stored) }, report);
      const probes = texts.map((text) => probeOf(text, at()));
      await place(await store(texts), probes);
    }
    const { sql } = await import("kysely");
    await sql`analyze`.execute(db);
    const times = [];
    let found = 0;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const text = report();
      const probes = [probeOf(text, at())];
      const ids = await store([text]);
      const began = performance.now();
      const [candidates] = await findCopyCandidates(db, { story, probes });
      await place(ids, probes);
      times.push(performance.now() - began);
      if (candidates.length > 0) found += 1;
    }
    const batched = [];
    for (let round = 0; round < BATCHES; round += 1) {
      const texts = Array.from({ length: 100 }, report);
      const batch = texts.map((text) => probeOf(text, at()));
      const ids = await store(texts);
      const began = performance.now();
      await findCopyCandidates(db, { story, probes: batch });
      await place(ids, batch);
      batched.push((performance.now() - began) / batch.length);
    }
    batched.sort((a, b) => a - b);
    times.sort((a, b) => a - b);
    const share = (part) => Number(times[Math.floor(times.length * part)].toFixed(2));
    console.log(
      JSON.stringify({
        ...{
          items: size,
          p50Ms: share(0.5),
          p95Ms: share(0.95),
          inBatchP95Ms: Number(batched[Math.floor(BATCHES * 0.95)].toFixed(2)),
        },
        probesWithCandidates: found,
      }),
    );
  }
} finally {
  await ledger.close();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
