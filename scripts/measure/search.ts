/**
 * Measures the search of the API on generated items: `npx tsx scripts/measure/search.ts [items] [folder]` (100,000 by
 * default). Starts a PostgreSQL of its own in the folder, where it stays for the next run, or else in a temporary one.
 */
import { sql } from "kysely";
import { addItemRoutes } from "../../src/api/item-routes.ts";
import { loadReadingConfiguration } from "../../src/config/load-configuration.ts";
import { searchPlaces, searchWriting } from "../../src/domain/search/search-words.ts";
import { syncFeeds } from "../../src/ledger/feeds.ts";
import { fillItemSearch } from "../../src/ledger/item-search.ts";
import { storePoll } from "../../src/ledger/items.ts";
import type { Database } from "../../src/ledger/schema.ts";
import { seeded } from "../bench/random.ts";
import { openMeasuredApi, openMeasuredLedger } from "./measured-api.ts";

const ITEMS = Number(process.argv[2] ?? 100_000);
const FEEDS = 50;
const NOW = new Date("2022-09-20T12:00:00Z");

const random = seeded(12_345);

const SYLLABLES: Record<string, readonly string[]> = {
  en: ["ar", "men", "ba", "ku", "re", "port", "sol", "dier", "min", "is", "ter", "bor", "der", "cea", "fire", "talk"],
  ru: ["ар", "мен", "ба", "ку", "сол", "дат", "ми", "ни", "стр", "гра", "ни", "ца", "пе", "ре", "ми", "ё"],
  ar: ["ار", "مين", "با", "كو", "جن", "ود", "وز", "ير", "حد", "ود", "هد", "نة", "بي", "ان", "أم", "ى"],
  tr: ["er", "men", "ba", "kü", "as", "ker", "ba", "kan", "sı", "nır", "ateş", "kes", "gö", "rüş", "me", "ler"],
};
const LANGS = Object.keys(SYLLABLES);
const WORDS = new Map(
  LANGS.map((lang) => [
    lang,
    Array.from({ length: 20_000 }, () => {
      const parts = SYLLABLES[lang] as readonly string[];
      return Array.from(
        { length: 2 + Math.floor(random() * 3) },
        () => parts[Math.floor(random() * parts.length)],
      ).join("");
    }),
  ]),
);

/** The word of a rank drawn as in a language: the first ones come again and again. */
function word(lang: string): string {
  const words = WORDS.get(lang) as string[];
  return words[Math.floor(words.length ** random()) - 1] ?? (words[0] as string);
}

const text = (lang: string, length: number): string => Array.from({ length }, () => word(lang)).join(" ");

async function store(db: Database): Promise<void> {
  const feeds = Array.from({ length: FEEDS }, (_, index) => ({
    id: `feed-${index}`,
    url: `https://feed-${index}.example/rss`,
    source: `Source ${index}`,
    lang: LANGS[index % LANGS.length] as string,
    tier: 2 as const,
  }));
  await syncFeeds(db, feeds, { now: NOW, intervalSeconds: 300 });
  const size = 500;
  for (let from = 0; from < ITEMS; from += size) {
    const feed = feeds[(from / size) % FEEDS] as (typeof feeds)[number];
    const items = Array.from({ length: Math.min(size, ITEMS - from) }, (_, index) => ({
      key: `${from + index}`,
      url: null,
      canonicalUrl: null,
      title: text(feed.lang, 9),
      text: text(feed.lang, 60 + Math.floor(random() * 200)),
      lang: feed.lang,
      publishedAt: new Date(NOW.getTime() - (ITEMS - from - index) * 60_000),
    }));
    await storePoll(db, feed.id, items, NOW);
  }
  await sql`update revisions set stage = 'done', relevant = id % 5 = 0`.execute(db);
}

function queries(): Map<string, string[]> {
  const pick = (most: number): string => {
    const lang = LANGS[Math.floor(random() * LANGS.length)] as string;
    return (WORDS.get(lang) as string[])[Math.floor(random() * most)] as string;
  };
  const pair = (most: number): string => {
    const words = WORDS.get(LANGS[Math.floor(random() * LANGS.length)] as string) as string[];
    return `${words[Math.floor(random() * most)]} ${words[Math.floor(random() * most)]}`;
  };
  const many = (make: () => string) => Array.from({ length: 60 }, make);
  return new Map([
    ["a frequent word", many(() => pick(20))],
    ["a rare word", many(() => pick(20_000))],
    ["a beginning", many(() => `${pick(2000).slice(0, 3)}*`)],
    ["two words", many(() => pair(300))],
    ["two frequent words", many(() => pair(20))],
    ["a phrase", many(() => `"${pair(30)}"`)],
    ["a word that is nowhere", many(() => "qqqxyz")],
    ["a word, one feed", many(() => `${pick(200)}&feed=feed-7`)],
    [
      "a word, relevant, a week",
      many(() => `${pick(200)}&relevant=true&since=2022-08-01T00:00:00Z&until=2022-08-08T00:00:00Z`),
    ],
  ]);
}

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0).padStart(6);

const { ledger, close } = await openMeasuredLedger(process.argv[3]);
try {
  const known = await sql<{ items: number }>`select count(*)::int as items from items`.execute(ledger.db);
  if (known.rows[0]?.items === 0) await store(ledger.db);
  const { packs, stories } = loadReadingConfiguration(new URL("../../config", import.meta.url).pathname);
  const writing = searchWriting([...packs.byIso.values()].map((pack) => pack.writing));
  const begun = performance.now();
  const cpu = process.cpuUsage();
  let wordsMs = 0;
  const wordsOf = (revision: { title: string; text: string }) => {
    const start = performance.now();
    const places = searchPlaces(revision, writing);
    wordsMs += performance.now() - start;
    return places;
  };
  while ((await fillItemSearch(ledger.db, { limit: 400, now: NOW, wordsOf })) === 400);
  const filled = performance.now() - begun;
  const used = process.cpuUsage(cpu);
  console.log(
    `filled ${ITEMS} items in ${(filled / 1000).toFixed(1)} s: ${((filled / ITEMS) * 1000).toFixed(0)} µs an item, of it words ${((wordsMs / ITEMS) * 1000).toFixed(0)} µs, our CPU ${((used.user + used.system) / ITEMS).toFixed(0)} µs`,
  );
  const sizes = await sql<{ table: string; index: string }>`
    select pg_size_pretty(pg_total_relation_size('item_search')) as "table", pg_size_pretty(pg_relation_size('item_search_words')) as "index"`.execute(
    ledger.db,
  );
  console.log(`item_search takes ${sizes.rows[0]?.table}, its index ${sizes.rows[0]?.index}`);
  const app = await openMeasuredApi({ db: ledger.db, packs, stories, now: () => NOW }, [addItemRoutes]);
  const all: number[] = [];
  for (const [name, lines] of queries()) {
    const times: number[] = [];
    let rows = 0;
    for (const line of lines) {
      const [q = "", ...filters] = line.split("&");
      const url = `/api/v1/items?limit=30&q=${encodeURIComponent(q)}${filters.map((filter) => `&${filter}`).join("")}`;
      const start = performance.now();
      const answer = await app.inject({ method: "GET", url, headers: { host: "localhost" } });
      times.push(performance.now() - start);
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
      rows += answer.json().items.length;
    }
    all.push(...times);
    times.sort((a, b) => a - b);
    console.log(
      `${name.padEnd(28)} p50 ${at(times, 0.5)} ms  p95 ${at(times, 0.95)} ms  most ${at(times, 1)} ms  ${rows} items`,
    );
  }
  all.sort((a, b) => a - b);
  console.log(`${"all".padEnd(28)} p50 ${at(all, 0.5)} ms  p95 ${at(all, 0.95)} ms  most ${at(all, 1)} ms`);
  await app.close();
} finally {
  await close();
}
