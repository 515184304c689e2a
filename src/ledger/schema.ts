import type { ColumnType, Generated, Kysely } from "kysely";

/** The ledger or a transaction on it: the first argument of every operation. */
export type Database = Kysely<LedgerSchema>;

/** Ledger ids are bigints; they travel as strings of digits. */
export type LedgerId = string;

/** Written as JSON text (`toJson`), read as a value that the reader checks. */
type Json = ColumnType<unknown, string | null | undefined, string | null>;
type Id = ColumnType<LedgerId, never, never>;

/** The stages in which a revision waits for a worker. */
export const OWED_STAGES = ["deduplicate", "classify", "match"] as const;
export type OwedStage = (typeof OWED_STAGES)[number];
export type RevisionStage = OwedStage | "done" | "parked";

/** How a revision came into its cluster. */
export type ClusterKind = "first" | "exact" | "copy";

export interface HostsTable {
  host: string;
  gap_ms: Generated<number>;
  feed_id: string | null;
  lease_until: Date | null;
  next_request_at: Date;
}

export interface FeedsTable {
  id: string;
  url: string;
  moved_to: string | null;
  host: string;
  source: string;
  lang: string;
  tier: number;
  side: string | null;
  timezone: string | null;
  configured: Generated<boolean>;
  paused: Generated<boolean>;
  status: Generated<"new" | "ok" | "failing">;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  next_fetch_at: Date;
  interval_seconds: number;
  lease_until: Date | null;
  failures: Generated<number>;
  last_error: string | null;
  last_status: number | null;
  last_fetched_at: Date | null;
  last_ok_at: Date | null;
  last_new_item_at: Date | null;
  failing_since: Date | null;
  created_at: Date;
}

export interface ItemsTable {
  id: Id;
  feed_id: string;
  guid_key: string;
  url: string | null;
  canonical_url: string | null;
  first_seen_at: Date;
}

export interface RevisionsTable {
  id: Id;
  item_id: LedgerId;
  number: number;
  title: string;
  text: string;
  content_hash: Buffer;
  lang: string | null;
  published_at: Date | null;
  updated_at: Date | null;
  seen_at: Date;
  stage: RevisionStage;
  staged_at: Date;
  queued_at: Date;
  lease_until: Date | null;
  attempts: Generated<number>;
  last_error: string | null;
  parked_from: OwedStage | null;
  reading: Json;
  cluster_id: LedgerId | null;
  cluster_kind: ClusterKind | null;
  cluster_of: LedgerId | null;
  cluster_veto: Json;
  relevant: boolean | null;
  relevance: Json;
}

export interface ClustersTable {
  id: Id;
  story: string;
  first_revision_id: LedgerId;
  created_at: Date;
}

export interface FingerprintsTable {
  revision_id: LedgerId;
  story: string;
  exact_hash: string;
  canonical_url: string | null;
  fingerprint: Json;
  seen_at: Date;
}

export interface FingerprintBandsTable {
  story: string;
  band: number;
  hash: string;
  revision_id: LedgerId;
  seen_at: Date;
}

export interface MetaTable {
  key: string;
  value: Json;
}

/** The tables of the ledger, as src/ledger/migrations makes them. */
export interface LedgerSchema {
  hosts: HostsTable;
  feeds: FeedsTable;
  items: ItemsTable;
  revisions: RevisionsTable;
  clusters: ClustersTable;
  fingerprints: FingerprintsTable;
  fingerprint_bands: FingerprintBandsTable;
  meta: MetaTable;
}
