-- How feeds are treated: their rhythm, what their publishers asked for, where they moved, what was told of them; and
-- the article pages that are owed to feeds that carry teasers only.

alter table feeds drop constraint feeds_status_check;
-- gone: the publisher answered 410; not polled until somebody resumes it or changes its url.
alter table feeds add constraint feeds_status_check check (status in ('new', 'ok', 'failing', 'gone'));
alter table feeds
  add column full_text boolean not null default false,
  -- ttl, skipHours and skipDays of the document, which a 304 does not repeat.
  add column wishes jsonb,
  -- Until when the publisher asked to be left alone.
  add column not_before timestamptz,
  -- Drawn from when its items appeared; null while there are too few.
  add column typical_gap_seconds real,
  add column silent_after_seconds real,
  -- A permanent redirect, and how many polls in a row met it.
  add column redirect_to text,
  add column redirect_seen integer not null default 0,
  -- The last failure that was counted and may have been our own network's.
  add column network_failed_at timestamptz,
  -- When an alert told of it; null again as soon as it works.
  add column told_failing_at timestamptz,
  add column told_silent_at timestamptz;

alter table hosts
  -- Each step doubles the gap: a host that answered 429 or 503 gets a step, one that answers well loses one.
  add column slowness smallint not null default 0,
  add column answered_at timestamptz,
  add column unreachable_at timestamptz;

create index items_feed on items (feed_id, id desc);
-- Which feeds carry a story.
create index observations_feed on observations (story, feed_id);

-- Articles of feeds that carry teasers only: one row an item, so that a page is read once for each state of its teaser.
create table pages (
  id bigint generated always as identity primary key,
  feed_id text not null references feeds (id),
  guid_key text not null,
  -- What the feed itself said of the item.
  feed_hash text not null,
  url text not null,
  host text not null references hosts (host),
  -- The item as the feed has it, until its page was read or given up.
  item json,
  attempts integer not null default 0,
  due_at timestamptz not null,
  lease_until timestamptz,
  last_error text,
  unique (feed_id, guid_key)
);
create index pages_due on pages (host, id desc) where item is not null;
