-- What the dashboard tells of feeds.

-- What kind of thing went wrong last, so that it can be told in the reader's language; null while the feed works.
alter table feeds add column last_code text;

-- Items a day: rows come in order of time, so a few pages of index find the last weeks of a large ledger.
create index items_first_seen on items using brin (first_seen_at);
