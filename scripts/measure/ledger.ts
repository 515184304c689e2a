import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { connectToRunning } from "../../src/ledger/embedded.ts";
import { openLedger } from "../../src/ledger/open-ledger.ts";
import type { Database } from "../../src/ledger/schema.ts";
import { bulkRound } from "../bench/bulk.ts";
import { startService } from "../bench/service.ts";

/**
 * What the ledger's tables cost in disk: `npx tsx scripts/measure/ledger.ts [ROUNDS]` after `npm run build`. The built
 * daemon works on rounds of 3,000 generated items of 1 KB (those of `npm run bench`: a tenth on the story,
 * 150 alerts); then rows and bytes of each table are counted.
 */
const FEEDS = 60;
/** What ten thousand items bring in the load is far more alerting than a real day; tables that follow alerts say so. */
const rounds = Number(process.argv[2] ?? 3);

const service = await startService({ feeds: FEEDS, redisUrl: null });
try {
  let items = 0;
  let alerts = 0;
  for (let round = 0; round < rounds; round += 1) {
    const done = await bulkRound(service, { feeds: FEEDS, round, redisPid: null });
    items += done.items;
    alerts += done.alerts;
    console.error(`${items} items`);
  }
  const ledger = await openLedger({ connectionString: connectToRunning(service.dataDir) ?? "", maxConnections: 1 });
  // The index of the search is filled behind the pipeline, and slowly beside other work.
  for (let waited = 0; waited < 90 && (await countSearchable(ledger.db)) < items; waited += 1) await pause(1000);
  const tables = await measure(ledger.db);
  await ledger.close();
  console.log(`${items} items, ${alerts} alerts\n`);
  console.log("| table | rows | bytes a row | bytes an item |\n|---|---:|---:|---:|");
  // Each item has a row there in the end.
  const anItem = ({ name, rows, bytes }: TableSize) => bytes / (name === "item_search" ? rows : items);
  for (const table of tables) {
    const { name, rows, bytes } = table;
    console.log(`| ${name} | ${rows} | ${Math.round(bytes / rows)} | ${Math.round(anItem(table))} |`);
  }
  const all = tables.reduce((sum, table) => sum + anItem(table), 0);
  console.log(
    `\n${Math.round(all)} bytes an item: 10,000 a day take ${megabytes(all * 10_000)} MB a day, 100,000 ${megabytes(all * 100_000)} MB`,
  );
} finally {
  await service.close();
}

interface TableSize {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
}

/** Tables of the ledger with rows, the largest first; bytes with indexes and long values, after a vacuum. */
async function measure(db: Database): Promise<TableSize[]> {
  await sql`vacuum (analyze, full)`.execute(db);
  const { rows: names } = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
    where relkind = 'r' and relnamespace = current_schema::regnamespace order by 2 desc`.execute(db);
  const sizes: TableSize[] = [];
  for (const { name, bytes } of names) {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(name)}`.execute(db);
    const count = rows[0]?.count ?? 0;
    if (count > 100) sizes.push({ name, rows: count, bytes });
  }
  return sizes;
}

async function countSearchable(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from item_search`.execute(db);
  return rows[0]?.count ?? 0;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
