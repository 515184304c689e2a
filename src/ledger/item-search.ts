import { sql } from "kysely";
import type { SearchTerm } from "../domain/search/search-query.ts";
import { inTransaction } from "./in-transaction.ts";
import { toJson } from "./json-text.ts";
import { LEDGER_LOCKS, LOCK_SPACE } from "./locks.ts";
import type { Database, LedgerId } from "./schema.ts";

/** A revision whose words the search does not have yet. */
export interface Unsearched {
  readonly id: LedgerId;
  readonly itemId: LedgerId;
  readonly title: string;
  readonly text: string;
}

/** Words with their places, from 1 on. */
export type WordPlaces = ReadonlyMap<string, readonly number[]>;

/** Late commits are looked for so often: a revision may become visible after one with a higher id. */
const SWEEP_EVERY_MS = 60_000;

interface Progress {
  readonly reached: LedgerId;
  readonly swept: LedgerId;
  readonly sweepTo: LedgerId;
  readonly sweptAt: Date | null;
}

/**
 * Makes the next revisions searchable, oldest first, in one transaction. Another process at the same work makes this one
 * do nothing. Returns how many there were; fewer than `limit` means that the search has all.
 */
export async function fillItemSearch(
  db: Database,
  { limit, now, wordsOf }: { limit: number; now: Date; wordsOf: (revision: Unsearched) => WordPlaces },
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const locked = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(${LOCK_SPACE.ledger}::int, ${LEDGER_LOCKS.search}::int) as got`.execute(trx);
    if (locked.rows[0]?.got !== true) return 0;
    const progress = await readProgress(trx);
    const late = await lateRevisions(trx, progress, now);
    const next = await sql<Unsearched>`
      select id, item_id as "itemId", title, text from revisions where id > ${progress.reached} order by id limit ${limit}`.execute(
      trx,
    );
    await enterWords(trx, [...late, ...next.rows], wordsOf);
    const reached = next.rows.at(-1)?.id ?? progress.reached;
    if (reached !== progress.reached) await sql`update search_progress set reached = ${reached}`.execute(trx);
    return next.rows.length;
  });
}

async function readProgress(trx: Database): Promise<Progress> {
  const rows = await sql<Progress>`
    select reached, swept, sweep_to as "sweepTo", nullif(swept_at, '-infinity') as "sweptAt" from search_progress`.execute(
    trx,
  );
  return rows.rows[0] ?? { reached: "0", swept: "0", sweepTo: "0", sweptAt: null };
}

async function lateRevisions(trx: Database, progress: Progress, now: Date): Promise<Unsearched[]> {
  if (progress.sweptAt !== null && now.getTime() - progress.sweptAt.getTime() < SWEEP_EVERY_MS) return [];
  const late = await sql<Unsearched>`
    select r.id, r.item_id as "itemId", r.title, r.text from revisions r
    where r.id > ${progress.swept} and r.id <= ${progress.sweepTo}
      and not exists (select from item_search s where s.item_id = r.item_id and s.revision_id >= r.id)
    order by r.id`.execute(trx);
  await sql`update search_progress set swept = ${progress.sweepTo}, sweep_to = ${progress.reached}, swept_at = ${now}`.execute(
    trx,
  );
  return late.rows;
}

async function enterWords(
  trx: Database,
  revisions: readonly Unsearched[],
  wordsOf: (revision: Unsearched) => WordPlaces,
): Promise<void> {
  const newest = new Map(revisions.map((revision) => [revision.itemId, revision]));
  if (newest.size === 0) return;
  const rows = [...newest.values()].map((revision) => ({
    item: revision.itemId,
    revision: revision.id,
    words: vectorText(wordsOf(revision)),
  }));
  await sql`
    insert into item_search (item_id, revision_id, feed_id, at, words)
    select n.item, n.revision, i.feed_id, coalesce(r.published_at, i.first_seen_at), n.words::tsvector
    from json_to_recordset(${toJson(rows)}::json) as n(item bigint, revision bigint, words text)
      join items i on i.id = n.item join revisions r on r.id = n.revision
    order by n.item
    on conflict (item_id) do update set revision_id = excluded.revision_id, at = excluded.at, words = excluded.words
      where item_search.revision_id < excluded.revision_id`.execute(trx);
}

/** PostgreSQL keeps no further places of a word, and no place beyond. */
const MOST_PLACES = 255;
const FARTHEST_PLACE = 16_383;

function vectorText(words: WordPlaces): string {
  const parts: string[] = [];
  for (const [word, places] of words) {
    const kept = places.filter((place) => place <= FARTHEST_PLACE).slice(0, MOST_PLACES);
    parts.push(kept.length > 0 ? `${quoted(word)}:${kept.join(",")}` : quoted(word));
  }
  return parts.join(" ");
}

function quoted(word: string): string {
  return `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** The terms as PostgreSQL asks for them: all of them, the words of a term in a row. */
export function searchText(terms: readonly SearchTerm[]): string {
  return terms
    .map(({ keys, open }) =>
      keys.map((key, index) => `${quoted(key)}${open && index === keys.length - 1 ? ":*" : ""}`).join(" <-> "),
    )
    .map((term) => `(${term})`)
    .join(" & ");
}

/** How many revisions the search does not have yet; rolled-back ids count too. */
export async function countUnsearched(db: Database): Promise<number> {
  const rows = await sql<{ owed: number }>`
    select greatest(coalesce((select max(id) from revisions), 0) - reached, 0)::int as owed from search_progress`.execute(
    db,
  );
  return rows.rows[0]?.owed ?? 0;
}

/** Whether so many revisions wait for the pipeline that other work should keep out of its way. */
export async function isPipelineBusy(db: Database, least: number): Promise<boolean> {
  const rows = await sql<{ busy: boolean }>`
    select count(*) >= ${least} as busy from (
      select from revisions where stage in ('deduplicate', 'classify', 'match') limit ${least}) waiting`.execute(db);
  return rows.rows[0]?.busy ?? false;
}
