-- Where the audit trail is sent to: how far each sink is in each chain.

create table gateway.sinks (
    sink            text        primary key check (sink ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
    known_since     timestamptz not null default now(),
    acknowledged    bigint      not null default 0,
    acknowledged_at timestamptz,
    failing_since   timestamptz,
    last_error      text,
    check ((failing_since is null) = (last_error is null))
);
comment on table gateway.sinks is 'Every sink that ever worked, by the name its configuration gives it.';
comment on column gateway.sinks.acknowledged is 'How many records its receiver has acknowledged, repetitions included.';

create table gateway.sink_cursors (
    sink     text        not null references gateway.sinks (sink),
    chain    uuid        not null,
    sequence bigint      not null check (sequence >= 0),
    seen     bigint      not null check (seen >= sequence),
    moved_at timestamptz not null default now(),
    primary key (sink, chain)
);
comment on column gateway.sink_cursors.chain is 'A chain of exchanges; 00000000-0000-0000-0000-000000000000 are the admin events.';
comment on column gateway.sink_cursors.sequence is 'The last record that the receiver has acknowledged.';
comment on column gateway.sink_cursors.seen is 'The highest record that was there to be sent, so that one that is dropped before is missed.';

-- Admin events are written by many at once and have no order of their own that a late one could not break. Each gets its
-- place, without gaps, when it is seen.
create table gateway.admin_event_places (
    place       bigint      primary key,
    event       uuid        not null unique,
    occurred_at timestamptz not null
);
create index admin_event_places_newest on gateway.admin_event_places (occurred_at desc);
