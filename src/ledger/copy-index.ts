import { sql } from "kysely";
import { allKeys, type CopyLookup, findByKeys } from "../domain/dedup/copy-index.ts";
import type { CopyCandidate } from "../domain/dedup/decide-copy.ts";
import type { Fingerprint } from "../domain/dedup/fingerprint.ts";
import { createKeyTable, type KeyTable } from "../domain/dedup/key-table.ts";
import { toJson } from "./json-text.ts";
import type { ForgetOptions, Forgotten } from "./retention.ts";
import type { Database, LedgerId } from "./schema.ts";
import { decodeKeys, decodeSketch, encodeKeys, encodeSketch } from "./sketch-bytes.ts";

/** What copies are looked for by: an item's fingerprint, its time in milliseconds, and how far from it copies may lie. */
export interface CopyProbe extends CopyLookup {
  readonly fingerprint: Fingerprint;
}

/** A candidate as the domain takes it; its `id` is the revision's and `cluster` the cluster's ledger id. */
export interface LedgerCandidate extends CopyCandidate {
  readonly itemId: LedgerId;
}

/** What the index keeps of a revision that was placed in a cluster. */
export interface PlacedFingerprint extends CopyProbe {
  readonly revisionId: LedgerId;
  readonly itemId: LedgerId;
  readonly clusterId: LedgerId;
}

/**
 * The ledger's index of copies as one process sees it. The rows of `fingerprints` are the index; what is held here is
 * made of them, to find by key without asking: the keys of the window, and the candidates asked for last.
 */
export interface LedgerCopyIndex {
  /** Reads what was added since, by this process or another; the first time, the whole window. */
  readonly catchUp: (db: Database) => Promise<void>;
  /** The candidates of each probe. Under the clusters' lock, and before this transaction inserts, nothing is missed. */
  readonly find: (trx: Database, probes: readonly CopyProbe[]) => Promise<LedgerCandidate[][]>;
  /** Adds revisions, under the clusters' lock; those that are in it stay as they are. */
  readonly insert: (trx: Database, placed: readonly PlacedFingerprint[], now: Date) => Promise<void>;
}

const ROWS_A_READ = 2000;
const CANDIDATES_KEPT = 1024;

/** The last row that was read. A ledger that lost commits in a crash, or was restored, no longer has it. */
interface Mark {
  readonly seq: string;
  readonly id: number;
  readonly placed: number;
}

interface Held {
  readonly table: KeyTable;
  mark: Mark | null;
  readonly candidates: Map<LedgerId, LedgerCandidate>;
}

const nothingHeld = (): Held => ({ table: createKeyTable(), mark: null, candidates: new Map() });

/** Opens the index named `story` for this process. It is empty until it is first asked. */
export function openCopyIndex({ story }: { story: string }): LedgerCopyIndex {
  let held = nothingHeld();

  const catchUp = async (db: Database): Promise<void> => {
    while (true) {
      const now = held;
      const { mark } = now;
      const rows = await readOn(db, story, mark?.seq ?? null);
      if (now !== held) continue;
      if (mark !== null && !isMark(rows.shift(), mark)) held = nothingHeld();
      else if (rows.length === 0) return;
      else takeIn(now, rows);
    }
  };
  return {
    catchUp,
    find: async (trx, probes) => {
      await catchUp(trx);
      const found = probes.map((probe) => findByKeys(held.table, probe).map(String));
      const candidates = await loadCandidates(trx, new Set(found.flat()), held.candidates);
      return found.map((ids) => ids.flatMap((id) => candidates.get(id) ?? []));
    },
    insert: (trx, placed, now) => insertFingerprints(trx, { story, placed, now }),
  };
}

/** Times in milliseconds: reading dates would cost more than all else where a process begins with a million rows. */
interface ReadRow {
  readonly seq: string;
  readonly id: number;
  readonly at: number;
  readonly exact: string | null;
  readonly url: string | null;
  readonly keys: Buffer | null;
  readonly placed: number;
  readonly until: number;
}

/** The row of `seq`, if it is still there, and those after it. */
async function readOn(db: Database, story: string, seq: string | null): Promise<ReadRow[]> {
  const { rows } = await sql<ReadRow>`
    select seq, revision_id::float8 as id, exact, url, keys, floor(extract(epoch from at) * 1000)::float8 as at,
      floor(extract(epoch from placed_at) * 1000)::float8 as placed, floor(extract(epoch from keep_until) * 1000)::float8 as until
    from fingerprints where story = ${story} and seq >= ${seq ?? "0"}::bigint order by seq limit ${ROWS_A_READ}`.execute(
    db,
  );
  return rows;
}

function isMark(row: ReadRow | undefined, mark: Mark): boolean {
  return row !== undefined && row.seq === mark.seq && row.id === mark.id && row.placed === mark.placed;
}

/** Two reads at once may bring the same rows: those that are in already are passed over. */
function takeIn(held: Held, rows: readonly ReadRow[]): void {
  for (const { seq, id, at, until, placed, exact, url, keys } of rows) {
    if (held.mark !== null && BigInt(seq) <= BigInt(held.mark.seq)) continue;
    held.table.add({ id, at, until, keys: allKeys({ keys: keys === null ? [] : decodeKeys(keys), exact, url }) });
    held.mark = { seq, id, placed };
  }
  if (held.mark !== null) held.table.forget(held.mark.placed);
}

/** The candidates wanted, those that are remembered without asking. */
async function loadCandidates(
  db: Database,
  wanted: ReadonlySet<LedgerId>,
  remembered: Map<LedgerId, LedgerCandidate>,
): Promise<Map<LedgerId, LedgerCandidate>> {
  const found = new Map<LedgerId, LedgerCandidate>();
  const missing: LedgerId[] = [];
  for (const id of wanted) {
    const known = remembered.get(id);
    if (known === undefined) missing.push(id);
    else found.set(id, known);
  }
  for (const candidate of await readCandidates(db, missing)) found.set(candidate.id, candidate);
  // Those used last come last, so that the first are the ones to forget.
  for (const [id, candidate] of found) {
    remembered.delete(id);
    remembered.set(id, candidate);
  }
  for (const id of remembered.keys()) {
    if (remembered.size <= CANDIDATES_KEPT) break;
    remembered.delete(id);
  }
  return found;
}

async function readCandidates(db: Database, revisionIds: readonly LedgerId[]): Promise<LedgerCandidate[]> {
  if (revisionIds.length === 0) return [];
  const rows = await db
    .selectFrom("fingerprints")
    .select(["revision_id as id", "item_id as itemId", "cluster_id as cluster", "at", "exact", "sketch"])
    .where(sql<boolean>`revision_id = any(${revisionIds}::bigint[])`)
    .execute();
  return rows.flatMap(({ id, itemId, cluster, at, exact, sketch: bytes }) => {
    const sketch = decodeSketch(bytes);
    return sketch === null ? [] : [{ id, itemId, cluster, at: at.getTime(), exact, sketch }];
  });
}

/** Copies may still be placed so long after the window: a batch that waited. */
const GRACE_MS = 86_400_000;

async function insertFingerprints(
  trx: Database,
  { story, placed, now }: { story: string; placed: readonly PlacedFingerprint[]; now: Date },
): Promise<void> {
  if (placed.length === 0) return;
  const rows = placed.map(({ revisionId, itemId, clusterId, at, windowMs, fingerprint }) => ({
    revisionId,
    itemId,
    clusterId,
    at: new Date(at),
    until: new Date(Math.max(at, now.getTime()) + windowMs + GRACE_MS),
    exact: fingerprint.exact,
    url: fingerprint.url,
    keys: encodeKeys(fingerprint.keys).toString("base64"),
    sketch: encodeSketch(fingerprint.sketch).toString("base64"),
  }));
  await sql`
    insert into fingerprints (revision_id, item_id, story, cluster_id, at, exact, url, sketch, keys, placed_at, keep_until)
    select "revisionId", "itemId", ${story}, "clusterId", at, exact, url, decode(sketch, 'base64'), decode(keys, 'base64'), ${now}, until
    from json_to_recordset(${toJson(rows)}::json) as p("revisionId" bigint, "itemId" bigint, "clusterId" bigint, at timestamptz,
      until timestamptz, exact text, url text, keys text, sketch text)
    on conflict do nothing`.execute(trx);
}

/** Forgets rows whose window ended before `before`; the clusters stay. */
export async function dropFingerprints(db: Database, { before, limit }: ForgetOptions): Promise<Forgotten> {
  const dropped = await sql<{ rows: number }>`
    with old as materialized (
      delete from fingerprints where revision_id in (
        select revision_id from fingerprints where keep_until < ${before} order by keep_until limit ${limit}
      ) returning revision_id
    ), keys as (
      delete from fingerprint_keys where revision_id in (select revision_id from old)
    )
    select count(*)::int as rows from old`.execute(db);
  const rows = dropped.rows[0]?.rows ?? 0;
  return { rows, more: rows === limit };
}
