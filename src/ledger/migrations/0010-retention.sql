-- What is forgotten after its time, and how it is found without reading what stays.

-- When the text was forgotten; title, hash and what was decided stay, so that the item is known when it comes again.
alter table revisions add column text_forgotten_at timestamptz;

-- Attempts whose headers and bodies are still kept, the oldest first.
create index attempts_bodies on attempts (started_at) where request_headers is not null;

-- The audit log is added to, never changed; what is past its time may be removed by who says that this is the reason.
create function refuse_change_within_time() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('rasid.retention', true) = 'on' then
    return old;
  end if;
  raise exception 'rows of % are added, never changed or removed', tg_table_name;
end $$;
drop trigger append_only on audit_log;
create trigger append_only before update or delete on audit_log for each row execute function refuse_change_within_time();
