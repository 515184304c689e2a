/**
 * Measures what the pages of a story ask the API for: `npx tsx scripts/measure/story.ts [items] [observations]` (100,000
 * and 5,000 by default, in a temporary PostgreSQL of its own).
 */
import { sql } from "kysely";
import { addEventRoutes } from "../../src/api/event-routes.ts";
import { addEvidenceRoutes } from "../../src/api/evidence-routes.ts";
import { addExportRoutes } from "../../src/api/export-routes.ts";
import { addStoryRoutes } from "../../src/api/story-routes.ts";
import { loadConfiguration } from "../../src/config/load-configuration.ts";
import { syncFeeds } from "../../src/ledger/feeds.ts";
import type { Database } from "../../src/ledger/schema.ts";
import { openMeasuredApi, openMeasuredLedger } from "./measured-api.ts";

const ITEMS = Number(process.argv[2] ?? 100_000);
const OBSERVATIONS = Number(process.argv[3] ?? 5_000);
const STORY = "armenia-azerbaijan";
const EVENTS = ["armenian-deaths", "bodies-handover", "area-september-2022", "ceasefire-14-september", "new"];
const NOW = new Date("2022-09-25T12:00:00Z");

/** Rows as the pipeline leaves them, made by the database itself: half of the observations are of one event. */
async function store(db: Database): Promise<void> {
  await syncFeeds(db, [{ id: "wire", url: "https://wire.example/rss", source: "Wire", lang: "en", tier: 1 }], {
    now: NOW,
    intervalSeconds: 300,
  });
  await sql`insert into items (feed_id, guid_key, url, first_seen_at)
    select 'wire', n::text, 'https://wire.example/' || n, '2022-09-13'::timestamptz + n * interval '7 seconds' from generate_series(1, ${ITEMS}) n`.execute(
    db,
  );
  await sql`insert into revisions (item_id, number, title, text, content_hash, lang, published_at, seen_at, stage, staged_at, queued_at, relevant, relevance)
    select id, 1, 'Count goes on', repeat('Nothing to see here but words. ', 30) || ' At least 135 Armenian soldiers have been killed.',
      decode(md5(id::text), 'hex'), 'en', first_seen_at, first_seen_at, 'done', first_seen_at, first_seen_at, id % 5 = 0,
      jsonb_build_object(${STORY}::text, jsonb_build_object('relevant', id % 5 = 0)) from items`.execute(db);
  await sql`insert into observations (story, id, kind, subject, event, measure, party, civilian, value, qualifier, role, speaker, side,
      published_at, item_id, revision_id, feed_id, source, tier, lang, url, field, span_start, span_end, quote, body, created_at)
    select ${STORY}, r.item_id || ':1:0', 'figure', 'figure|' || e.event || '|killed|armenia|military', e.event, 'killed', 'armenia', false,
      100 + n % 90, 'at_least', 'current', 'pashinyan', case when n % 7 = 0 then 'media' else 'armenia' end, r.published_at, r.item_id,
      r.id, 'wire', 'Wire', 1, 'en', 'https://wire.example/' || r.item_id, 'text', 931, 977,
      'At least 135 Armenian soldiers have been killed', '{}', r.seen_at
    from generate_series(1, ${OBSERVATIONS}) n
    cross join lateral (select case when n % 2 = 0 then 'armenian-deaths' else (${EVENTS}::text[])[1 + n % 5] end as event) e
    join revisions r on r.id = n * 5`.execute(db);
  await sql`insert into standings (story, key, subject, event, side, observation_id, body, as_of, created_at)
    select story, subject || '||' || side, subject, event, side, id, json_build_object('measure', measure, 'party', party,
      'civilian', false, 'stage', null, 'sources', 3, 'confidence', 0.9, 'current', json_build_object('value', value,
      'qualifier', qualifier, 'speaker', speaker, 'side', side, 'asOf', published_at)), published_at, created_at
    from observations`.execute(db);
  await sql`insert into alerts (id, story, kind, event, severity, confidence, langs, sources, body, observation_id, at, created_at)
    select 'alt_' || seq, story, 'figure.revised', event, 'high', 0.9, '{en}', '{Wire}', json_build_object('type', 'figure.revised',
      'timestamp', published_at, 'data', json_build_object('alert', 'alt_' || seq)), id,
      published_at, created_at from observations where seq % 10 = 0`.execute(db);
  await sql`vacuum analyze`.execute(db);
}

const { ledger, close } = await openMeasuredLedger();
try {
  await store(ledger.db);
  const configDir = new URL("../../config", import.meta.url).pathname;
  const { packs, stories, frames } = loadConfiguration(configDir, null);
  const context = { db: ledger.db, packs, stories, frames, configDir, now: () => NOW };
  const app = await openMeasuredApi(context, [addStoryRoutes, addEventRoutes, addEvidenceRoutes, addExportRoutes]);
  console.log(`${ITEMS} items, ${OBSERVATIONS} observations; the median and the slowest of twelve`);
  for (const path of [
    "/events",
    "/events/armenian-deaths",
    "/events/armenian-deaths/series",
    "/events/armenian-deaths/series?stretch=180",
    "/events/new/series",
    "/events/new/series?stretch=180",
    "/events/armenian-deaths/history?limit=500",
    "/news",
    "/news?since=2022-09-13T09:00:00Z",
    "/observations/500%3A1%3A0/evidence",
    "/export?what=observations",
    "/export?what=items&format=jsonl",
  ]) {
    const times: number[] = [];
    let bytes = 0;
    for (let turn = 0; turn < 12; turn += 1) {
      const start = performance.now();
      const answer = await app.inject({ url: `/api/v1/stories/${STORY}${path}`, headers: { host: "localhost" } });
      times.push(performance.now() - start);
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
      bytes = answer.rawPayload.length;
    }
    times.sort((a, b) => a - b);
    const shown = [times[6], times[11]].map((ms) => `${(ms ?? 0).toFixed(0).padStart(5)} ms`);
    console.log(`${shown.join("")}  ${(bytes / 1024).toFixed(0).padStart(6)} kB  ${path}`);
  }
  await app.close();
} finally {
  await close();
}
