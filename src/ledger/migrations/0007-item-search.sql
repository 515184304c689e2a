-- Search over items: the words of each item's newest revision, folded as the domain folds them. Beside the revisions,
-- whose rows are written anew at every stage: an index on them would be, too. Made from the revisions and filled a few
-- seconds behind them, so that it may be emptied at any time and is part of no export.
create table item_search (
  item_id bigint primary key references items (id) on delete cascade,
  revision_id bigint not null,
  feed_id text not null,
  -- When it was published, else first seen.
  at timestamptz not null,
  words tsvector not null
) with (toast_tuple_target = 128);
create index item_search_words on item_search using gin (words) with (gin_pending_list_limit = 1024);

create table search_progress (
  one boolean primary key default true check (one),
  -- All revisions up to this id were looked at; those that became visible later than their successors, up to `swept`.
  reached bigint not null default 0,
  swept bigint not null default 0,
  -- Where `reached` stood when the last sweep ended: the next one goes so far.
  sweep_to bigint not null default 0,
  swept_at timestamptz not null default '-infinity'
);
insert into search_progress default values;
