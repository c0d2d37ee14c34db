-- Token buckets of the policy's limits, shared by all proxies. A bucket without a row is full.
create table gateway.limit_buckets (
    key        text        primary key check (length(key) = 64),
    rule       text        not null,
    state      bytea       not null default '',
    changed_at timestamptz not null default clock_timestamp(),
    full_at    timestamptz not null default clock_timestamp()
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02);
comment on table gateway.limit_buckets is 'What is left of limits, for each rule and subject. Emptying it, or losing it, makes every bucket full.';
comment on column gateway.limit_buckets.key is 'SHA-256 of the rule, its terms and the subject; a changed limit begins with full buckets.';
comment on column gateway.limit_buckets.state is 'As the bucket was at changed_at, in the words of Bucket4j; empty for a full one.';
comment on column gateway.limit_buckets.full_at is 'When it will be full if nobody pays from it; then its row is not needed any more.';
