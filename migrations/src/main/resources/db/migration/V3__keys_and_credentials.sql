-- Keys that clients show the gateway, and credentials that the gateway shows upstreams. What is secret about them is
-- hashed, or encrypted with a key that is not in this database.

-- Proxies look here first: a small number that grows with every change, so that nothing else is read in vain.
create table gateway.revisions (
    subject  text   primary key,
    revision bigint not null
);
comment on table gateway.revisions is 'How often a table has changed; proxies read the table when its number is another one.';
insert into gateway.revisions values ('api_keys', 0), ('credentials', 0);

create function gateway.count_change() returns trigger language plpgsql as $$
begin
    update gateway.revisions set revision = revision + 1 where subject = tg_table_name;
    return null;
end
$$;

create table gateway.data_keys (
    name       text        primary key,
    wrapped    bytea       not null,
    created_at timestamptz not null default now()
);
comment on table gateway.data_keys is 'Keys of the gateway itself, encrypted with the master key; deleting `api_keys` makes every API key worthless.';

create table gateway.api_keys (
    id         uuid        primary key,
    name       text        not null check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    prefix     text        not null unique,
    hash       bytea       not null check (octet_length(hash) = 32),
    routes     text[],
    groups     text[]      not null default '{}',
    networks   text[]      not null default '{}',
    expires_at timestamptz,
    created_by text        not null,
    created_at timestamptz not null default now(),
    revoked_by text,
    revoked_at timestamptz,
    check ((revoked_by is null) = (revoked_at is null))
);
comment on table gateway.api_keys is 'Keys of callers. `hash` is an HMAC-SHA-256 of the whole key; the key itself is kept nowhere.';
comment on column gateway.api_keys.routes is 'The routes it is good for; null for all of them.';
comment on column gateway.api_keys.networks is 'Where it may be used from; empty for anywhere.';
-- The name is who the caller is: a revoked key may be replaced under its name, two at once could not be told apart.
create unique index api_keys_name on gateway.api_keys (name) where revoked_at is null;
create trigger announce after insert or update or delete on gateway.api_keys
    for each statement execute function gateway.announce_change();
create trigger count after insert or update or delete on gateway.api_keys
    for each statement execute function gateway.count_change();

create table gateway.api_key_uses (
    key               uuid        primary key references gateway.api_keys (id) on delete cascade,
    last_used_at      timestamptz not null,
    last_used_address inet        not null
);
comment on table gateway.api_key_uses is 'When each key was last used, to the minute. Apart from the keys, since a use changes nothing about them.';

create table gateway.credentials (
    name       text        primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
    kind       text        not null check (kind in ('header', 'port', 'client_credentials')),
    settings   jsonb       not null,
    secret     bytea       not null,
    revision   bigint      not null default 1,
    updated_by text        not null,
    updated_at timestamptz not null default now()
);
comment on table gateway.credentials is 'What the gateway shows upstreams. `secret` is encrypted with the master key, for this name alone.';
create trigger announce after insert or update or delete on gateway.credentials
    for each statement execute function gateway.announce_change();
create trigger count after insert or update or delete on gateway.credentials
    for each statement execute function gateway.count_change();

alter table audit.exchanges add column caller_name text;
alter table audit.exchanges add column caller_verified boolean;
comment on column audit.exchanges.caller_name is 'How people know the caller; for display only.';
comment on column audit.exchanges.caller_verified is 'Whether the gateway itself has checked who the caller is.';

create or replace view audit.tool_calls as
    select id, occurred_at, completed_at, replica, organization, route, era, method, tool, tool_class, action,
           caller, caller_kind, caller_groups, client_name, client_version, client_address, session_hash, request_id,
           decision, rules, observed_rules, policy_version, outcome, refusal, http_method, http_status, upstream_status,
           request_bytes, response_bytes, decision_micros, latency_micros, arguments, arguments_digest, trace_id,
           caller_name, caller_verified
    from audit.exchanges;
