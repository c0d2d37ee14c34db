-- Who uses what from where, rolled up from the audit trail while it comes in, so that nobody has to count records; and what
-- was revoked before its own end.

create table gateway.caller_cursors (
    chain    uuid        primary key,
    sequence bigint      not null check (sequence >= 0),
    moved_at timestamptz not null default now()
);
comment on table gateway.caller_cursors is 'How far the trail''s chains have been rolled up into the tables of callers.';

create table gateway.seen_callers (
    id            uuid        primary key,
    kind          text        not null,
    caller        text        not null,
    name          text        not null,
    verified      boolean     not null,
    groups        jsonb       not null default '[]',
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    requests      bigint      not null,
    tool_calls    bigint      not null,
    refused       bigint      not null,
    unique (kind, caller)
);
comment on table gateway.seen_callers is 'Everybody the gateway has identified, with what they did in all.';
comment on column gateway.seen_callers.id is 'MD5 of kind, a colon and caller: the same in every installation.';
comment on column gateway.seen_callers.groups is 'As the newest record has them.';
create index seen_callers_newest on gateway.seen_callers (last_seen_at desc, id desc);

create table gateway.seen_caller_facts (
    caller        uuid        not null references gateway.seen_callers (id) on delete cascade,
    fact          text        not null check (fact in ('route', 'client', 'address')),
    value         text        not null,
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    requests      bigint      not null,
    primary key (caller, fact, value)
);
comment on table gateway.seen_caller_facts is 'Which routes, which software and which addresses each caller has used; the newest of each kind.';
create index seen_caller_facts_by_value on gateway.seen_caller_facts (fact, value);

create table gateway.seen_sessions (
    session_hash   text        primary key,
    caller         uuid        not null references gateway.seen_callers (id) on delete cascade,
    route          text        not null,
    client_name    text,
    client_version text,
    client_address text,
    first_seen_at  timestamptz not null,
    last_seen_at   timestamptz not null,
    ended_at       timestamptz,
    requests       bigint      not null
);
comment on table gateway.seen_sessions is 'Sessions by the digest of their Mcp-Session-Id, which is all that records have of it.';
comment on column gateway.seen_sessions.ended_at is 'When the client ended it.';
create index seen_sessions_newest on gateway.seen_sessions (last_seen_at desc, session_hash desc);
create index seen_sessions_by_caller on gateway.seen_sessions (caller, last_seen_at desc);

create table gateway.revocations (
    id         uuid        primary key,
    kind       text        not null check (kind in ('session', 'grant')),
    subject    text        not null check (length(subject) between 1 and 500),
    reason     text        not null check (length(reason) between 1 and 500),
    revoked_by text        not null,
    revoked_at timestamptz not null default now(),
    ends_at    timestamptz not null,
    lifted_by  text,
    lifted_at  timestamptz,
    check ((lifted_by is null) = (lifted_at is null)),
    check (kind <> 'session' or subject ~ '^[0-9a-f]{32}$')
);
comment on table gateway.revocations is 'Sessions and grants that were taken back. Proxies refuse them until they end or are lifted.';
comment on column gateway.revocations.subject is 'Of a session, the digest of its Mcp-Session-Id; of a grant, the caller, <issuer>:<subject>.';
comment on column gateway.revocations.revoked_at is 'Of a grant: what was issued before is refused.';
create index revocations_in_force on gateway.revocations (ends_at) where lifted_at is null;
insert into gateway.revisions values ('revocations', 0);
create trigger announce after insert or update or delete on gateway.revocations
    for each statement execute function gateway.announce_change();
create trigger count after insert or update or delete on gateway.revocations
    for each statement execute function gateway.count_change();
