-- Browsers that signed in with an API key. Only the hash of what the cookie holds is kept.
create table sessions (
  hash bytea primary key,
  key_id bigint not null references api_keys (id),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_expired on sessions (expires_at);
