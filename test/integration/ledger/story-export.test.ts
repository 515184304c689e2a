import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeExport } from "../../../src/api/story-export.ts";
import { syncFeeds } from "../../../src/ledger/feeds.ts";
import type { Ledger } from "../../../src/ledger/open-ledger.ts";
import { freshLedger } from "../fresh-ledger.ts";
import { NOW } from "./sample-feeds.ts";

const OBSERVATIONS = 20_000;
const ITEMS = 300;
const LENGTH = 200_000;

let ledger: Ledger;
beforeAll(async () => {
  ledger = await freshLedger();
  const { db } = ledger;
  const feed = "wire";
  const feeds = [{ id: feed, url: "https://wire.example/rss", source: "Wire", lang: "en", tier: 1 }];
  await syncFeeds(db, feeds, { now: NOW, intervalSeconds: 300 });
  await sql`insert into items (feed_id, guid_key, first_seen_at)
    select ${feed}, n::text, ${NOW} from generate_series(1, ${ITEMS}::int) n`.execute(db);
  await sql`insert into revisions (item_id, number, title, text, content_hash, lang, published_at, seen_at, stage, staged_at, queued_at, relevant, relevance)
    select id, 1, 'Count goes on', repeat('x', ${LENGTH}::int), decode(md5(id::text), 'hex'), 'en', ${NOW}, ${NOW}, 'done', ${NOW}, ${NOW}, true,
      '{"s": {"relevant": true}}' from items`.execute(db);
  await sql`insert into observations (story, id, kind, subject, event, measure, party, civilian, value, qualifier, role, speaker, side,
      published_at, item_id, revision_id, feed_id, source, tier, lang, url, field, span_start, span_end, quote, body, created_at)
    select 's', n || ':1:0', 'figure', 'figure|e|killed|armenia', 'e', 'killed', 'armenia', false, n, 'exact', 'current', '-', 'armenia', ${NOW},
      r.item_id, r.id, ${feed}, 'Wire', 1, 'en', null, 'text', 0, 9, repeat('q', 100), '{}', ${NOW}
    from generate_series(1, ${OBSERVATIONS}::int) n cross join (select * from revisions limit 1) r`.execute(db);
});
afterAll(() => ledger.close());

async function piecesOf(what: "observations" | "items", format: "csv" | "jsonl") {
  const lengths: number[] = [];
  let lines = 0;
  for await (const piece of writeExport(ledger.db, { story: "s", what, format })) {
    lengths.push(piece.length);
    lines += piece.split("\n").length - 1;
  }
  return { lines, total: lengths.reduce((sum, length) => sum + length, 0), longest: Math.max(...lengths) };
}

test("an export is written in pieces of a bounded size, however much there is", async () => {
  const csv = await piecesOf("observations", "csv");
  expect(csv.lines).toBe(OBSERVATIONS + 1);
  expect(csv.longest).toBeLessThan(csv.total / 15);
  const jsonl = await piecesOf("observations", "jsonl");
  expect(jsonl.lines).toBe(OBSERVATIONS);
  expect(jsonl.longest).toBeLessThan(jsonl.total / 15);
}, 60_000);

test("few long texts are in hand at a time", async () => {
  const { lines, total, longest } = await piecesOf("items", "jsonl");
  expect(lines).toBe(ITEMS);
  expect(total).toBeGreaterThan(ITEMS * LENGTH);
  expect(longest).toBeLessThan(60 * LENGTH);
}, 60_000);

test("who stops reading stops the reading", async () => {
  const pieces = writeExport(ledger.db, { story: "s", what: "observations", format: "jsonl" });
  await pieces.next();
  expect(await pieces.return(undefined)).toEqual({ done: true, value: undefined });
  expect(await pieces.next()).toEqual({ done: true, value: undefined });
});
