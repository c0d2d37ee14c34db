-- How many calls there were and how long they took, by time, so that a screen about ten million of them reads some thousand
-- rows. All of it can be made again from the trail; nothing is evidence.

create table gateway.call_counts (
    grain   text        not null check (grain in ('5m', '1h', '1d')),
    at      timestamptz not null,
    subject text        not null check (subject in ('all', 'route', 'tool', 'caller', 'rule', 'observed_rule')),
    name    text        not null,
    outcome text        not null,
    calls   bigint      not null check (calls > 0),
    primary key (subject, grain, at, name, outcome)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
comment on table gateway.call_counts is 'Exchanges that occurred in [at, at + grain), each counted once for every subject it has.';
comment on column gateway.call_counts.grain is 'Each exchange is in all three; the finer ones are kept for a shorter time.';
comment on column gateway.call_counts.name is 'Empty for the subject all; of longer names the first 256 characters.';

create table gateway.call_latencies (
    grain  text        not null check (grain in ('5m', '1h', '1d')),
    at     timestamptz not null,
    bucket smallint    not null,
    calls  bigint      not null check (calls > 0),
    primary key (grain, at, bucket)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
comment on table gateway.call_latencies is 'Tool calls that an upstream answered, by how long they took.';
comment on column gateway.call_latencies.bucket is 'From 2^(bucket/4) microseconds to the next one.';

create table gateway.call_count_cursors (
    chain    uuid        primary key,
    sequence bigint      not null check (sequence >= 0),
    seen     bigint      not null check (seen >= sequence),
    moved_at timestamptz not null default now()
);
comment on column gateway.call_count_cursors.sequence is 'The last record of the chain that is counted.';
comment on column gateway.call_count_cursors.seen is 'The last record there was when somebody looked.';

-- One at a time counts, whichever console it is in, until its transaction ends.
create function gateway.try_to_count_calls() returns boolean language sql as $$
    select pg_try_advisory_xact_lock(8241360117750318978)
$$;

-- Forgets all counts; consoles count again from the first record that is there.
create function gateway.recount_calls() returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(8241360117750318978);
    truncate gateway.call_counts, gateway.call_latencies, gateway.call_count_cursors;
end
$$;
