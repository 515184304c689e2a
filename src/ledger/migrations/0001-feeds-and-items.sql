-- Feeds, the hosts they stand on, and what they published.

create table hosts (
  host text primary key,
  -- Least time between two requests, in ms; set at each claim from the configuration.
  gap_ms integer not null default 5000,
  -- The feed being fetched from this host, and how long its worker has it.
  feed_id text,
  lease_until timestamptz,
  -- No request before this: the gap, or what the host asked for with Retry-After.
  next_request_at timestamptz not null default '-infinity'
);

create table feeds (
  id text primary key,
  url text not null,
  -- Where a permanent redirect led; cleared when the configured url changes.
  moved_to text,
  host text not null references hosts (host),
  source text not null,
  lang text not null,
  tier smallint not null,
  side text,
  timezone text,
  configured boolean not null default true,
  paused boolean not null default false,
  status text not null default 'new' check (status in ('new', 'ok', 'failing')),
  etag text,
  last_modified text,
  body_hash text,
  next_fetch_at timestamptz not null,
  interval_seconds real not null,
  lease_until timestamptz,
  failures integer not null default 0,
  last_error text,
  last_status integer,
  last_fetched_at timestamptz,
  last_ok_at timestamptz,
  last_new_item_at timestamptz,
  failing_since timestamptz,
  created_at timestamptz not null
);
create index feeds_due on feeds (host, next_fetch_at) where configured and not paused;

create table items (
  id bigint generated always as identity primary key,
  feed_id text not null references feeds (id),
  -- What the feed identifies the item by: guid, else link, else a hash.
  guid_key text not null,
  url text,
  canonical_url text,
  first_seen_at timestamptz not null,
  unique (feed_id, guid_key)
);
create index items_canonical_url on items (canonical_url) where canonical_url is not null;

create table clusters (
  id bigint generated always as identity primary key,
  story text not null,
  first_revision_id bigint not null,
  created_at timestamptz not null
);
create unique index clusters_first on clusters (story, first_revision_id);

create table revisions (
  id bigint generated always as identity primary key,
  item_id bigint not null references items (id),
  number integer not null,
  title text not null,
  text text not null,
  content_hash bytea not null,
  lang text,
  published_at timestamptz,
  updated_at timestamptz,
  seen_at timestamptz not null,
  stage text not null check (stage in ('deduplicate', 'classify', 'match', 'done', 'parked')),
  -- Since when the row waits in its stage, and when it was last put into the stage's queue.
  staged_at timestamptz not null,
  queued_at timestamptz not null,
  lease_until timestamptz,
  attempts integer not null default 0,
  last_error text,
  parked_from text,
  reading jsonb,
  cluster_id bigint references clusters (id),
  cluster_kind text check (cluster_kind in ('first', 'exact', 'copy')),
  cluster_of bigint,
  cluster_veto jsonb,
  relevant boolean,
  relevance jsonb,
  unique (item_id, number),
  unique (item_id, content_hash)
) with (fillfactor = 80);
create index revisions_owed on revisions (stage, queued_at) where stage in ('deduplicate', 'classify', 'match');
create index revisions_parked on revisions (id) where stage = 'parked';
create index revisions_cluster on revisions (cluster_id) where cluster_id is not null;
-- Not a tree: a tree would be written anew whenever a revision moves on.
create index revisions_seen on revisions using brin (seen_at);

-- What copies are found by: one row a revision, and one an index key of its fingerprint. A key holds the story's hash
-- in its upper half, so that one index serves all stories.
create table fingerprints (
  revision_id bigint primary key references revisions (id),
  item_id bigint not null,
  story text not null,
  cluster_id bigint not null references clusters (id),
  -- When it was published, else seen.
  at timestamptz not null,
  exact text,
  url text,
  sketch bytea not null
);
create index fingerprints_exact on fingerprints (story, exact, revision_id) where exact is not null;
create index fingerprints_url on fingerprints (story, url, revision_id) where url is not null;

create table fingerprint_keys (
  key bigint not null,
  revision_id bigint not null,
  -- As in the revision's fingerprint: a lookup passes over thousands of keys and must not visit the rows they lead to.
  at timestamptz not null,
  primary key (key, revision_id) include (at)
);
create index fingerprint_keys_age on fingerprint_keys using brin (revision_id);

create table meta (
  key text primary key,
  value jsonb not null
);
