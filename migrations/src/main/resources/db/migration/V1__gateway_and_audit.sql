-- Two schemas. `audit` is what others may read; `gateway` is private to the product.
create schema audit;
create schema gateway;

-- ---------------------------------------------------------------------------------------------------------------------
-- Policy: one draft, and every published version for ever.

create table gateway.policy_versions (
    version      bigint generated always as identity primary key,
    document     text        not null,
    comment      text        not null,
    author       text        not null,
    published_at timestamptz not null default now()
);
comment on table gateway.policy_versions is 'Every published policy document, as its author wrote it. The highest version is in force.';

create table gateway.policy_draft (
    singleton  boolean     primary key default true check (singleton),
    document   text        not null,
    revision   bigint      not null default 1,
    author     text        not null,
    updated_at timestamptz not null default now()
);
comment on table gateway.policy_draft is 'The one document under work; `revision` counts its writes and is its ETag.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Kill switch: outside the document, because it must not wait for a draft.

create table gateway.kills (
    id          uuid        primary key,
    scope       jsonb       not null,
    reason      text        not null check (length(trim(reason)) > 0),
    message     text,
    until       timestamptz,
    engaged_by  text        not null,
    engaged_at  timestamptz not null default now(),
    released_by text,
    released_at timestamptz,
    check ((released_by is null) = (released_at is null))
);
create index kills_engaged on gateway.kills (engaged_at) where released_at is null;

create table gateway.replicas (
    replica        text        primary key,
    policy_version bigint,
    started_at     timestamptz not null,
    heartbeat_at   timestamptz not null
);

create table gateway.kill_acknowledgements (
    kill      uuid        not null references gateway.kills (id),
    replica   text        not null,
    obeyed_at timestamptz not null default now(),
    primary key (kill, replica)
);

-- What proxies listen for. The payload is only a hint of what changed; a listener reads the tables.
create function gateway.announce_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('portcullis', tg_table_name);
    return null;
end
$$;
create trigger announce after insert on gateway.policy_versions
    for each statement execute function gateway.announce_change();
create trigger announce after insert or update on gateway.kills
    for each statement execute function gateway.announce_change();

-- ---------------------------------------------------------------------------------------------------------------------
-- People and tokens of the console.

create table gateway.administrators (
    username             text        primary key check (username ~ '^[a-z0-9][a-z0-9._@-]{0,127}$'),
    password_hash        text        not null,
    roles                text[]      not null,
    must_change_password boolean     not null default false,
    created_at           timestamptz not null default now(),
    password_changed_at  timestamptz not null default now()
);

create table gateway.admin_tokens (
    id         uuid        primary key,
    name       text        not null,
    token_hash bytea       not null unique,
    roles      text[]      not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
comment on column gateway.admin_tokens.token_hash is 'SHA-256 of the token; a token has 256 random bits, so a slow hash would add nothing.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Audit: append-only.

create function audit.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit records are append-only: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;

create table audit.exchanges (
    id               uuid        primary key,
    occurred_at      timestamptz not null,
    completed_at     timestamptz,
    replica          text        not null,
    organization     text,
    route            text,
    era              text        check (era in ('legacy', 'modern')),
    method           text,
    tool             text,
    tool_class       text        check (tool_class in ('read', 'write', 'execute', 'delete', 'admin')),
    action           text,
    caller           text,
    caller_kind      text,
    caller_groups    text[]      not null default '{}',
    client_name      text,
    client_version   text,
    client_address   inet,
    session_hash     text,
    request_id       text,
    decision         text        not null check (decision in ('allowed', 'denied', 'undecided', 'none')),
    rules            text[]      not null default '{}',
    observed_rules   text[]      not null default '{}',
    policy_version   bigint,
    outcome          text        not null check (outcome in ('succeeded', 'tool_error', 'protocol_error', 'denied', 'refused',
                                                             'upstream_failed', 'cancelled', 'input_required', 'unknown')),
    refusal          text,
    http_method      text,
    http_status      int,
    upstream_status  int,
    request_bytes    bigint      not null default 0,
    response_bytes   bigint      not null default 0,
    decision_micros  bigint,
    latency_micros   bigint,
    arguments        jsonb,
    arguments_digest text,
    trace_id         text,
    check (decision <> 'denied' or cardinality(rules) > 0)
);
comment on table audit.exchanges is 'One row for each downstream HTTP request and its whole response.';

-- Newest first, by time and id, alone and behind each filter of the console: every list is a walk along one of these.
create index exchanges_newest on audit.exchanges (occurred_at desc, id desc);
create index exchanges_by_route on audit.exchanges (route, occurred_at desc, id desc);
create index exchanges_by_tool on audit.exchanges (tool, occurred_at desc, id desc) where tool is not null;
create index exchanges_by_caller on audit.exchanges (caller, occurred_at desc, id desc);
create index exchanges_by_outcome on audit.exchanges (outcome, occurred_at desc, id desc);

create trigger append_only before update or delete on audit.exchanges
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.exchanges
    for each statement execute function audit.refuse_change();

create view audit.tool_calls as
    select id, occurred_at, completed_at, replica, organization, route, era, method, tool, tool_class, action,
           caller, caller_kind, caller_groups, client_name, client_version, client_address, session_hash, request_id,
           decision, rules, observed_rules, policy_version, outcome, refusal, http_method, http_status, upstream_status,
           request_bytes, response_bytes, decision_micros, latency_micros, arguments, arguments_digest, trace_id
    from audit.exchanges;
comment on view audit.tool_calls is 'The audit trail as others read it; its columns are a promise.';

create table audit.admin_events (
    id          uuid        primary key,
    occurred_at timestamptz not null default now(),
    actor       text        not null,
    event       text        not null,
    subject     text,
    detail      jsonb       not null default '{}'
);
create index admin_events_newest on audit.admin_events (occurred_at desc, id desc);
create trigger append_only before update or delete on audit.admin_events
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.admin_events
    for each statement execute function audit.refuse_change();
