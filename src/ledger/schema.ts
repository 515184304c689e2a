import type { ColumnType, Generated, Kysely } from "kysely";
import type { DELIVERY_STATES } from "../domain/delivery-state.ts";

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
  slowness: Generated<number>;
  answered_at: Date | null;
  unreachable_at: Date | null;
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
  status: Generated<FeedStatus>;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  next_fetch_at: Date;
  interval_seconds: number;
  lease_until: Date | null;
  failures: Generated<number>;
  last_error: string | null;
  last_code: string | null;
  last_status: number | null;
  last_fetched_at: Date | null;
  last_ok_at: Date | null;
  last_new_item_at: Date | null;
  failing_since: Date | null;
  created_at: Date;
  full_text: Generated<boolean>;
  wishes: Json;
  not_before: Date | null;
  typical_gap_seconds: number | null;
  silent_after_seconds: number | null;
  redirect_to: string | null;
  redirect_seen: Generated<number>;
  network_failed_at: Date | null;
  told_failing_at: Date | null;
  told_silent_at: Date | null;
}

/** `gone`: the publisher answered 410, and nobody resumed it since. */
export type FeedStatus = "new" | "ok" | "failing" | "gone";

export interface PagesTable {
  id: Id;
  feed_id: string;
  guid_key: string;
  feed_hash: string;
  url: string;
  host: string;
  item: Json;
  attempts: Generated<number>;
  due_at: Date;
  lease_until: Date | null;
  last_error: string | null;
  read_item: Json;
  revisit_at: Date | null;
  revisits: Generated<number>;
  etag: string | null;
  last_modified: string | null;
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
  text_forgotten_at: Date | null;
}

export interface ClustersTable {
  id: Id;
  story: string;
  first_revision_id: LedgerId;
  created_at: Date;
}

export interface FingerprintsTable {
  revision_id: LedgerId;
  item_id: LedgerId;
  story: string;
  cluster_id: LedgerId;
  at: Date;
  exact: string | null;
  url: string | null;
  sketch: Buffer;
  seq: Id;
  keys: Buffer | null;
  placed_at: Generated<Date>;
  keep_until: Generated<Date>;
}

/** What older versions look copies up by; it empties as their rows are forgotten. */
export interface FingerprintKeysTable {
  key: string;
  revision_id: LedgerId;
  at: Date;
}

export interface ObservationsTable {
  seq: Id;
  story: string;
  id: string;
  kind: "figure" | "statement";
  subject: string;
  event: string;
  measure: string | null;
  party: string | null;
  civilian: boolean | null;
  value: number | null;
  low: number | null;
  high: number | null;
  qualifier: string | null;
  role: string | null;
  topic: string | null;
  position: string | null;
  speaker: string;
  side: string;
  asserted_at: Date | null;
  published_at: Date;
  item_id: LedgerId;
  revision_id: LedgerId;
  cluster_id: LedgerId | null;
  feed_id: string;
  source: string;
  tier: number;
  lang: string;
  url: string | null;
  field: "title" | "text";
  span_start: number;
  span_end: number;
  quote: string;
  body: Json;
  created_at: Date;
}

export interface StandingsTable {
  id: Id;
  story: string;
  key: string;
  subject: string;
  event: string;
  side: string;
  observation_id: string | null;
  body: Json;
  as_of: Date;
  created_at: Date;
}

export interface AlertsTable {
  seq: Id;
  id: string;
  story: string | null;
  kind: string;
  event: string | null;
  subject: string | null;
  measure: string | null;
  party: string | null;
  topic: string | null;
  severity: string;
  confidence: number;
  about: string | null;
  langs: string[];
  sources: string[];
  body: Json;
  observation_id: string | null;
  revision_id: LedgerId | null;
  at: Date;
  created_at: Date;
}

export interface EndpointsTable {
  id: Id;
  url: string;
  description: Generated<string>;
  secret_sealed: Buffer;
  secret_key_id: string;
  previous_secret_sealed: Buffer | null;
  previous_secret_key_id: string | null;
  previous_until: Date | null;
  filters: Json;
  headers: Json;
  enabled: Generated<boolean>;
  disabled_reason: string | null;
  concurrency: Generated<number>;
  rate_per_second: number | null;
  failing_since: Date | null;
  hold_until: Date | null;
  deleted_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface DeliveriesTable {
  id: Id;
  webhook_id: string;
  endpoint_id: LedgerId;
  alert_id: string | null;
  ping_body: Json;
  state: DeliveryState;
  next_attempt_at: Date;
  queued_at: Date;
  attempts: Generated<number>;
  tries: Generated<number>;
  last_status: number | null;
  last_error: string | null;
  taken_at: Date | null;
  delivered_at: Date | null;
  created_at: Date;
}

/** `failed`: the last attempt failed and another is due at `next_attempt_at`; `dead`: given up, until somebody asks again. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface AttemptsTable {
  delivery_id: LedgerId;
  number: number;
  started_at: Date;
  duration_ms: number;
  status: number | null;
  error: string | null;
  request_headers: Json;
  response_headers: Json;
  response_body: string | null;
}

export interface ApiKeysTable {
  id: Id;
  hash: Buffer;
  name: string;
  scopes: string[];
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

export interface AuditLogTable {
  id: Id;
  at: Date;
  actor: string;
  action: string;
  target: string;
  detail: Json;
}

export interface IdempotencyKeysTable {
  caller: string;
  key: string;
  request_hash: Buffer;
  status: number | null;
  response: Json;
  created_at: Date;
}

export interface MetaTable {
  key: string;
  value: Json;
}

export interface ItemSearchTable {
  item_id: LedgerId;
  revision_id: LedgerId;
  feed_id: string;
  at: Date;
  words: string;
}

export interface SearchProgressTable {
  one: Generated<boolean>;
  reached: Generated<LedgerId>;
  swept: Generated<LedgerId>;
  sweep_to: Generated<LedgerId>;
  swept_at: Generated<Date>;
}

/** The tables of the ledger, as src/ledger/migrations makes them. */
export interface LedgerSchema {
  hosts: HostsTable;
  feeds: FeedsTable;
  pages: PagesTable;
  items: ItemsTable;
  revisions: RevisionsTable;
  clusters: ClustersTable;
  fingerprints: FingerprintsTable;
  fingerprint_keys: FingerprintKeysTable;
  observations: ObservationsTable;
  standings: StandingsTable;
  alerts: AlertsTable;
  endpoints: EndpointsTable;
  deliveries: DeliveriesTable;
  attempts: AttemptsTable;
  api_keys: ApiKeysTable;
  audit_log: AuditLogTable;
  idempotency_keys: IdempotencyKeysTable;
  meta: MetaTable;
  item_search: ItemSearchTable;
  search_progress: SearchProgressTable;
}
