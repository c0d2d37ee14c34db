-- What makes the trail tamper-evident. Each replica links its records to a chain of hashes, the console its admin events;
-- signed checkpoints say how far a chain had come. docs/audit-verify.md tells what that is good for.

create table audit.chains (
    chain                uuid        primary key,
    subject              text        not null check (subject in ('exchange', 'admin_event')),
    replica              text        not null,
    form                 text        not null default 'v1',
    started_at           timestamptz not null,
    predecessor          uuid,
    predecessor_sequence bigint,
    predecessor_hash     bytea       check (octet_length(predecessor_hash) = 32),
    writer               uuid        not null,
    sequence             bigint      not null default 0 check (sequence >= 0),
    hash                 bytea       not null check (octet_length(hash) = 32),
    check ((predecessor is null) = (predecessor_sequence is null) and (predecessor is null) = (predecessor_hash is null))
);
create index chains_of_replica on audit.chains (replica, subject, started_at desc);
comment on table audit.chains is 'The chains of records and how far each has come; its writer moves the head in the transaction of the records.';
comment on column audit.chains.replica is 'Who writes it: the name of a proxy replica, or console.';
comment on column audit.chains.form is 'The version of the canonical form that its records are hashed in.';
comment on column audit.chains.predecessor is 'The chain that its writer left when it began this one, and where that had come to as the writer remembered it.';
comment on column audit.chains.writer is 'The process that may append: another one that finds itself replaced begins a chain of its own.';
comment on column audit.chains.hash is 'Of the last record; before the first one, of what this row says of the chain.';
create trigger forward_only before update on audit.chains
    for each row when (new.sequence < old.sequence or (new.chain, new.subject, new.replica, new.form, new.started_at)
                       is distinct from (old.chain, old.subject, old.replica, old.form, old.started_at))
    execute function audit.refuse_change();
create trigger append_only before delete on audit.chains for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.chains
    for each statement execute function audit.refuse_change();

create table audit.signing_keys (
    key_id     text        primary key,
    public_key bytea       not null,
    owner      text        not null,
    added_at   timestamptz not null default now()
);
comment on table audit.signing_keys is 'Public keys (Ed25519, X.509 form) of those who sign. Whoever can write here can add one: pin keys when verifying.';
create trigger append_only before update or delete on audit.signing_keys
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.signing_keys
    for each statement execute function audit.refuse_change();

create table audit.checkpoints (
    chain     uuid        not null,
    sequence  bigint      not null check (sequence > 0),
    hash      bytea       not null check (octet_length(hash) = 32),
    records   bigint      not null check (records > 0),
    made_at   timestamptz not null,
    previous  bytea       check (octet_length(previous) = 32),
    key_id    text        not null,
    signature bytea       not null,
    primary key (chain, sequence)
);
comment on table audit.checkpoints is 'Signed statements of a chain''s writer that its record `sequence` has this hash.';
comment on column audit.checkpoints.records is 'How many records came since the checkpoint before it.';
comment on column audit.checkpoints.previous is 'SHA-256 of the checkpoint before it in the chain.';
create trigger append_only before update or delete on audit.checkpoints
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.checkpoints
    for each statement execute function audit.refuse_change();

create table audit.admin_event_links (
    event    uuid   primary key,
    chain    uuid   not null,
    sequence bigint not null check (sequence > 0),
    hash     bytea  not null check (octet_length(hash) = 32),
    unique (chain, sequence)
);
comment on table audit.admin_event_links is 'The place of each admin event in a chain of the console.';
create trigger append_only before update or delete on audit.admin_event_links
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.admin_event_links
    for each statement execute function audit.refuse_change();
