-- The key with which replicas bind what servers hand out (sessions, tasks) to the caller who received it. All replicas
-- of an installation share it, so that any of them takes what another one gave; whoever starts first makes it.
create table gateway.seal_key (
    only_row boolean primary key default true check (only_row),
    key bytea not null check (octet_length(key) = 32),
    created_at timestamptz not null default now()
);
comment on table gateway.seal_key is 'The key that binds sessions and tasks to their callers; deleting the row ends all sessions';
