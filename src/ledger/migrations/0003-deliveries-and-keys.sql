-- Subscribers, what is owed to them, and who may ask.

create table endpoints (
  id bigint generated always as identity primary key,
  url text not null,
  description text not null default '',
  -- Encrypted with the key named; during a rotation the previous secret signs too.
  secret_sealed bytea not null,
  secret_key_id text not null,
  previous_secret_sealed bytea,
  previous_secret_key_id text,
  previous_until timestamptz,
  filters jsonb not null default '{}',
  headers jsonb not null default '{}',
  enabled boolean not null default true,
  disabled_reason text,
  -- Deliveries under way at a time, and begun in a second (null: as many as come).
  concurrency integer not null default 8 check (concurrency > 0),
  rate_per_second double precision check (rate_per_second > 0),
  failing_since timestamptz,
  -- No attempts before: it failed just now, and the next deliveries would fail alike.
  hold_until timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table deliveries (
  id bigint generated always as identity primary key,
  webhook_id text not null unique,
  endpoint_id bigint not null references endpoints (id),
  alert_id text references alerts (id),
  -- What a test ping carries in place of an alert.
  ping_body json,
  state text not null default 'pending' check (state in ('pending', 'delivering', 'delivered', 'failed', 'dead')),
  -- While it is being delivered: the end of the worker's lease.
  next_attempt_at timestamptz not null,
  queued_at timestamptz not null,
  -- All attempts there were, and those since it was last sent anew (they choose the delay).
  attempts integer not null default 0,
  tries integer not null default 0,
  last_status integer,
  last_error text,
  taken_at timestamptz,
  delivered_at timestamptz,
  created_at timestamptz not null,
  unique (alert_id, endpoint_id),
  check ((alert_id is null) <> (ping_body is null))
);
create index deliveries_due on deliveries (endpoint_id, next_attempt_at) where state in ('pending', 'failed', 'delivering');
create index deliveries_under_way on deliveries (endpoint_id, taken_at) where state = 'delivering';
create index deliveries_endpoint on deliveries (endpoint_id, id desc);
create index deliveries_dead on deliveries (id desc) where state = 'dead';

create table attempts (
  delivery_id bigint not null references deliveries (id),
  number integer not null,
  started_at timestamptz not null,
  duration_ms integer not null,
  status integer,
  error text,
  request_headers jsonb,
  response_headers jsonb,
  response_body text,
  primary key (delivery_id, number)
);
create index attempts_started on attempts using brin (started_at);

create table api_keys (
  id bigint generated always as identity primary key,
  hash bytea not null unique,
  name text not null,
  scopes text[] not null check (scopes <@ array['read', 'write', 'admin'] and cardinality(scopes) > 0),
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  -- An API key ("key:7"), the command line ("cli"), or nobody where no key exists ("local").
  actor text not null,
  action text not null,
  target text not null,
  detail jsonb
);
create trigger append_only before update or delete on audit_log for each row execute function refuse_change();

-- Answers to writes that carried an Idempotency-Key; status null while the first is still at work.
create table idempotency_keys (
  caller text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response json,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
