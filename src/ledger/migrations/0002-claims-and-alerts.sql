-- Who said what about what, what stands reported, and what was worth telling. Rows are added, never changed.

create table observations (
  seq bigint generated always as identity unique,
  story text not null,
  -- Item, revision and place in it: a revision worked on twice gives the same ids.
  id text not null,
  kind text not null check (kind in ('figure', 'statement')),
  -- What is folded together: all observations of one subject, whoever speaks.
  subject text not null,
  event text not null,
  measure text,
  party text,
  civilian boolean,
  value double precision,
  low double precision,
  high double precision,
  qualifier text,
  role text,
  topic text,
  position text,
  speaker text not null,
  side text not null,
  asserted_at timestamptz,
  published_at timestamptz not null,
  item_id bigint not null references items (id),
  revision_id bigint not null references revisions (id),
  cluster_id bigint references clusters (id),
  feed_id text not null references feeds (id),
  source text not null,
  tier smallint not null,
  lang text not null,
  url text,
  field text not null check (field in ('title', 'text')),
  span_start integer not null,
  span_end integer not null,
  quote text not null,
  -- The observation as it was judged, so that judging it again gives the same.
  body json not null,
  created_at timestamptz not null,
  primary key (story, id)
);
create index observations_subject on observations (story, subject, published_at);
create index observations_item on observations (item_id);
create index observations_event on observations (story, event, seq);

create table standings (
  id bigint generated always as identity primary key,
  story text not null,
  key text not null,
  subject text not null,
  event text not null,
  side text not null,
  observation_id text,
  body json not null,
  as_of timestamptz not null,
  created_at timestamptz not null
);
create index standings_current on standings (story, key, id desc);
create index standings_event on standings (story, event, id);

create table alerts (
  id text primary key,
  -- The order in which alerts became visible; cursors and streams go by it.
  seq bigint generated always as identity unique,
  -- null: an alert about the running of the service.
  story text,
  kind text not null,
  event text,
  subject text,
  measure text,
  party text,
  topic text,
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  confidence double precision not null,
  -- The alert that this one confirms or withdraws.
  about text references alerts (id),
  langs text[] not null,
  sources text[] not null,
  -- As it is sent. `json` keeps the order of its fields.
  body json not null,
  observation_id text,
  revision_id bigint references revisions (id),
  at timestamptz not null,
  created_at timestamptz not null,
  foreign key (story, observation_id) references observations (story, id)
);
create index alerts_story on alerts (story, seq);
create index alerts_subject on alerts (story, subject, seq);
create index alerts_created on alerts (created_at);
create index alerts_about on alerts (about) where about is not null;

-- "Append-only" is kept by the ledger itself, not by the good will of its callers.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are added, never changed or removed', tg_table_name;
end $$;
create trigger append_only before update or delete on observations for each row execute function refuse_change();
create trigger append_only before update or delete on standings for each row execute function refuse_change();
create trigger append_only before update or delete on alerts for each row execute function refuse_change();
