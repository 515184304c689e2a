-- The index of copies: one row a revision, which holds its keys. Each process keeps the keys of the window in memory and
-- reads on from the last row it knows, so a lookup asks the ledger for the candidates alone.

alter table fingerprints
  -- The order in which the rows became visible: they are added under one lock. What a process has read ends at a seq.
  add column seq bigint generated always as identity unique,
  -- 32-bit integers, the highest byte first; null in rows of a version that kept keys in fingerprint_keys alone.
  add column keys bytea,
  add column placed_at timestamptz not null default now(),
  -- Past it the window of the item's story is over.
  add column keep_until timestamptz not null default now() + interval '15 days',
  -- Both rows are written or were read in the same transaction; checking that again costs as much as the row itself.
  drop constraint fingerprints_revision_id_fkey,
  drop constraint fingerprints_cluster_id_fkey;
update fingerprints f set
  keep_until = f.at + interval '15 days',
  keys = k.keys
from (
  select revision_id, string_agg(int4send(((key << 32) >> 32)::int), ''::bytea) as keys from fingerprint_keys group by revision_id
) k
where k.revision_id = f.revision_id;
create index fingerprints_kept on fingerprints (keep_until);
-- Hashes do not get smaller by compressing them.
alter table fingerprints alter column sketch set storage external;

-- A text that comes back is a revision again: what is compared is the latest one.
alter table revisions drop constraint revisions_item_id_content_hash_key;

-- Article pages are read again while they are young: they are edited where their teaser stays as it is.
alter table pages
  -- The item as the feed had it when its page was read, until the last time that the page is read again.
  add column read_item json,
  add column revisit_at timestamptz,
  add column revisits smallint not null default 0,
  add column etag text,
  add column last_modified text;
create index pages_revisit on pages (host, revisit_at) where revisit_at is not null and item is null;
