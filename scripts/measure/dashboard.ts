/**
 * Measures the dashboard on a large ledger: `npx tsx scripts/measure/dashboard.ts [items] [observations] [feeds]`
 * (100,000, 5,000 and 500), after `npm run build`. The demo's week is published to a real daemon, then generated items,
 * feeds and repeated observations are put beside it. Prints when each page has its first content, and the search.
 */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { connectToRunning } from "../../src/ledger/embedded.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import type { Database } from "../../src/ledger/schema.ts";
import { type DashboardWorld, startDashboardWorld } from "../../test/e2e/dashboard-world.ts";

const [ITEMS = 100_000, OBSERVATIONS = 5000, FEEDS = 500] = process.argv.slice(2).map(Number);
const RUNS = 3;
const SEARCHES = 100;
const STORY = "armenia-azerbaijan";
const SYLLABLES = ["ar", "ba", "dor", "el", "ka", "lin", "mo", "ner", "po", "ri", "sa", "tul", "ба", "ре", "نو", "سا"];
const WORDS = Array.from({ length: 4000 }, (_, index) => {
  const at = (shift: number) => SYLLABLES[Math.floor(index / SYLLABLES.length ** shift) % SYLLABLES.length];
  return `${at(0)}${at(1)}${at(2)}`;
});

/** Noted in the page itself: the first moment with a heading and nothing on its way within the window. */
const WATCH = `
  window.firstContent = null;
  const look = () => {
    const waiting = [...document.querySelectorAll("main .loading")].some((e) => e.getBoundingClientRect().top < innerHeight);
    if (document.querySelector("main h1") && !waiting) window.firstContent = performance.now();
    else requestAnimationFrame(look);
  };
  document.addEventListener("DOMContentLoaded", look);
`;

const world = await startDashboardWorld();
try {
  await world.publishWeek();
  await world.ask("POST", "/api/v1/endpoints", { url: `${world.receiver.url}/alerts` });
  const connectionString = connectToRunning(join(world.configDir, "..", "data"));
  if (connectionString === null) throw new Error("the daemon's database is not to be found");
  const ledger = await openLedger({ connectionString });
  await fill(ledger.db);
  await searchable(ledger.db);
  await ledger.close();
  for (const path of await paths(world)) console.log(await firstContent(world, path));
  await search(world);
  weigh();
} finally {
  await world.close();
}

async function fill(db: Database): Promise<void> {
  const begun = performance.now();
  await sql`insert into hosts (host) values ('generated.invalid') on conflict do nothing`.execute(db);
  await sql`insert into feeds (id, url, host, source, lang, tier, status, next_fetch_at, interval_seconds, last_fetched_at, last_ok_at, created_at)
    select 'generated-' || n, 'https://generated.invalid/' || n, 'generated.invalid', 'Source ' || n, (array['en','ru','ar','tr'])[1 + n % 4],
      1 + n % 3, 'ok', now() + interval '1 day', 3600, now(), now(), now() from generate_series(1, ${FEEDS}::int) n`.execute(
    db,
  );
  await sql`insert into items (feed_id, guid_key, url, first_seen_at)
    select 'generated-' || (1 + n % ${FEEDS}::int), 'g' || n, 'https://generated.invalid/item/' || n, now() - n * interval '1 minute'
    from generate_series(1, ${ITEMS}::int) n`.execute(db);
  await sql`insert into revisions (item_id, number, title, text, content_hash, lang, published_at, seen_at, stage, staged_at, queued_at, relevant)
    select i.id, 1, word.title, word.text, decode(md5(i.guid_key), 'hex'), f.lang, i.first_seen_at, i.first_seen_at, 'done', now(), now(), i.id % 5 = 0
    from items i join feeds f on f.id = i.feed_id cross join lateral (
      select string_agg(w, ' ') filter (where k <= 8) as title, string_agg(w, ' ') as text from (
        select k, (${sql.val(WORDS)}::text[])[1 + floor(power(${WORDS.length}::float8, random()) - 1)::int] as w
        from generate_series(1, 80) k where i.id is not null) drawn) word
    where i.feed_id like 'generated-%'`.execute(db);
  await repeatObservations(db);
  await sql`analyze`.execute(db);
  console.log(`${ITEMS} items, ${FEEDS} feeds, ${OBSERVATIONS} observations in ${seconds(begun)} s`);
}

/** The demo's observations again and again, each some minutes later than the one before. */
async function repeatObservations(db: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
    where table_name = 'observations' and table_schema = current_schema() and column_name not in ('seq', 'id', 'published_at')
      and is_generated = 'NEVER'`.execute(db);
  const same = sql.join(rows.map(({ name }) => sql.ref(`o.${name}`)));
  const columns = sql.join(rows.map(({ name }) => sql.ref(name)));
  await sql`insert into observations (id, published_at, ${columns})
    select o.id || ':' || n, o.published_at + n * interval '7 minutes', ${same}
    from (select * from observations where story = ${STORY}) o
    cross join generate_series(1, ${OBSERVATIONS}::int / (select count(*)::int from observations where story = ${STORY})) n`.execute(
    db,
  );
}

async function searchable(db: Database): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const { rows } = await sql<{
      left: number;
    }>`select (select count(*) from items)::int - (select count(*) from item_search)::int as left`.execute(db);
    if ((rows[0]?.left ?? 0) <= 0 || performance.now() - begun > 600_000) break;
    await pause(2000);
  }
  console.log(`searchable after ${seconds(begun)} s`);
}

interface Found {
  readonly observations: readonly { readonly id: string; readonly item: string }[];
  readonly alerts: readonly { readonly id: string }[];
  readonly deliveries: readonly { readonly id: string }[];
  readonly endpoints: readonly { readonly id: string }[];
}

async function paths({ ask }: DashboardWorld): Promise<readonly string[]> {
  const read = (path: string) => ask<Found>("GET", `/api/v1/${path}`);
  const observation = (await read("observations?limit=1")).observations[0];
  const [alert, delivery, endpoint] = [
    (await read("alerts?limit=1")).alerts[0]?.id,
    (await read("deliveries?limit=1")).deliveries[0]?.id,
    (await read("endpoints")).endpoints[0]?.id,
  ];
  return [
    "/",
    `/stories/${STORY}/events/armenian-deaths`,
    `/evidence/${STORY}/${encodeURIComponent(observation?.id ?? "")}`,
    "/alerts",
    `/alerts/${alert}`,
    "/items",
    `/items/${observation?.item}`,
    "/read",
    "/feeds",
    "/feeds/world-wire",
    "/endpoints",
    `/endpoints/${endpoint}`,
    ...(delivery === undefined ? [] : [`/deliveries/${delivery}`]),
    "/baseline",
    "/export",
    "/operation",
    "/start",
  ];
}

/** Each time in a window of its own, with nothing cached. */
async function firstContent(from: DashboardWorld, path: string): Promise<string> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { page, close } = await from.open("/export");
    await (await page.context().newCDPSession(page)).send("Network.clearBrowserCache");
    await page.addInitScript(WATCH);
    await page.goto(`${from.address}${path}`);
    const content = await page.waitForFunction(
      () => ("firstContent" in window ? window.firstContent : null),
      undefined,
      {
        timeout: 60_000,
      },
    );
    times.push(Number(await content.jsonValue()));
    await close();
  }
  times.sort((a, b) => a - b);
  return `${path.slice(0, 60).padEnd(62)} ${times.map((time) => time.toFixed(0).padStart(6)).join(" ")} ms`;
}

async function search({ ask }: DashboardWorld): Promise<void> {
  const times: number[] = [];
  for (let at = 0; at < SEARCHES; at += 1) {
    const words = [WORDS[(at * 37) % WORDS.length], ...(at % 2 === 0 ? [WORDS[(at * 5) % 60]] : [])].join(" ");
    const begun = performance.now();
    await ask("GET", `/api/v1/items?limit=30&q=${encodeURIComponent(words)}`);
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(0);
  console.log(`search: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
}

/** What all pages weigh together, as they are sent to whom reads Brotli, and to others. */
function weigh(): void {
  const folder = fileURLToPath(new URL("../../dist/web/assets", import.meta.url));
  const names = readdirSync(folder);
  const sum = (kind: RegExp, coding: string) =>
    names
      .filter((name) => kind.test(name))
      .map((name) => statSync(join(folder, names.includes(`${name}.${coding}`) ? `${name}.${coding}` : name)).size)
      .reduce((total, size) => total + size, 0);
  for (const coding of ["br", "gz"]) {
    const [scripts, styles] = [/\.js$/, /\.css$/].map((kind) => (sum(kind, coding) / 1000).toFixed(1));
    console.log(`JavaScript ${scripts} kB, styles ${styles} kB (${coding})`);
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
