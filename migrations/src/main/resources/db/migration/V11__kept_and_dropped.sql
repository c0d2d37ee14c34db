-- The audit trail is kept and dropped by design: parts are made ahead of time, by month or by day; what came while there was
-- no part for it moves in when there is one; a part goes as a whole, by one function, which leaves behind what its
-- records' chains need to be verified without them; and a legal hold keeps that function from it.

-- Newest first is the primary key walked backwards; one index less to write. What is not allowed is what people look for.
drop index audit.exchanges_newest;
create index exchanges_by_decision on audit.exchanges (decision, occurred_at desc, id desc) where decision <> 'allowed';

-- ---------------------------------------------------------------------------------------------------------------------
-- Parts.

-- Each part with the time it is for, `[starts, ends)`, oldest first; `exchanges_elsewhen` has neither.
create function audit.parts(out name text, out starts timestamptz, out ends timestamptz) returns setof record
    language sql stable set datestyle = 'ISO' set timezone = 'UTC' as $$
    select part.relname::text,
           (regexp_match(bound, 'FROM \(''([^'']+)''\)'))[1]::timestamptz as starts,
           (regexp_match(bound, 'TO \(''([^'']+)''\)'))[1]::timestamptz as ends
    from pg_inherits
    join pg_class part on part.oid = inhrelid
    cross join lateral pg_get_expr(part.relpartbound, part.oid) as bound
    where inhparent = 'audit.exchanges'::regclass
    order by starts nulls first
$$;

-- Triggers for rows come with being a part, those for statements do not.
do $$
declare
    part text;
begin
    for part in select name from audit.parts() loop
        execute format('create trigger append_only_truncate before truncate on audit.%I'
                       ' for each statement execute function audit.refuse_change()', part);
    end loop;
end
$$;

-- One at a time may change which parts there are, until its transaction ends.
create function audit.lock_parts() returns void language sql as $$
    select pg_advisory_xact_lock(8241360117750318977)
$$;

-- A part for the days `[first, beyond)`, named after its day or its month. It is filled before it is attached, so that
-- nobody waits but those who want something from `exchanges_elsewhen`.
create function audit.make_part(first date, beyond date) returns text language plpgsql as $$
declare
    starts timestamptz := first::timestamp at time zone 'UTC';
    ends   timestamptz := beyond::timestamp at time zone 'UTC';
    part   text := 'exchanges_' || to_char(first, case when beyond = first + 1 then 'YYYY_MM_DD' else 'YYYY_MM' end);
    moved  bigint;
begin
    perform audit.lock_parts();
    execute format('create table audit.%I (like audit.exchanges including all)', part);
    lock table audit.exchanges_elsewhen in access exclusive mode;
    execute format('insert into audit.%I select * from audit.exchanges_elsewhen where occurred_at >= %L and occurred_at < %L',
                   part, starts, ends);
    get diagnostics moved = row_count;
    if moved > 0 then
        alter table audit.exchanges_elsewhen disable trigger append_only;
        delete from audit.exchanges_elsewhen where occurred_at >= starts and occurred_at < ends;
        alter table audit.exchanges_elsewhen enable trigger append_only;
    end if;
    execute format('alter table audit.exchanges attach partition audit.%I for values from (%L) to (%L)', part, starts, ends);
    execute format('create trigger append_only_truncate before truncate on audit.%I'
                   ' for each statement execute function audit.refuse_change()', part);
    return part;
end
$$;

create function audit.has_part(first date, beyond date) returns boolean language sql stable as $$
    select exists (select from audit.parts() part
                   where part.starts < beyond::timestamp at time zone 'UTC' and part.ends > first::timestamp at time zone 'UTC')
$$;

-- Parts of a `unit`, month or day, for all days from today to the last one, and for those records in `exchanges_elsewhen`
-- that are not older than the oldest part and not of the future: they came while nobody made parts. A month of which
-- some days have parts gets parts for its other days. Returns the names of those it made.
create function audit.make_parts(unit text, last date) returns setof text language plpgsql as $$
declare
    today  date := (now() at time zone 'UTC')::date;
    oldest timestamptz;
    firsts date[];
    wanted date;
    beyond date;
    one    date;
begin
    if unit not in ('month', 'day') then
        raise exception 'unit: % (expected: month or day)', unit;
    end if;
    perform audit.lock_parts();
    select min(starts) into oldest from audit.parts();
    -- Read to the end before anything is made, for what is being read cannot be altered.
    select array_agg(distinct date_trunc(unit, moment)::date order by date_trunc(unit, moment)::date) into firsts
    from (select generate_series(today, last, interval '1 day') as moment
          union all
          select occurred_at at time zone 'UTC' from audit.exchanges_elsewhen
          where occurred_at >= oldest and occurred_at < now()) moments;
    foreach wanted in array coalesce(firsts, '{}') loop
        beyond := (wanted + ('1 ' || unit)::interval)::date;
        if not audit.has_part(wanted, beyond) then
            return next audit.make_part(wanted, beyond);
        elsif unit = 'month' then
            for one in select generate_series(wanted, beyond - 1, interval '1 day')::date loop
                if not audit.has_part(one, one + 1) then
                    return next audit.make_part(one, one + 1);
                end if;
            end loop;
        end if;
    end loop;
end
$$;

-- As before, for a month of any time; it also takes the month's records in from elsewhere.
create or replace function audit.add_partition(month date) returns void language plpgsql as $$
declare
    first date := date_trunc('month', month);
begin
    perform audit.lock_parts();
    if not audit.has_part(first, (first + interval '1 month')::date) then
        perform audit.make_part(first, (first + interval '1 month')::date);
    end if;
end
$$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Legal holds.

create table gateway.legal_holds (
    id             uuid        primary key,
    organization   text        check (organization <> ''),
    starts         timestamptz,
    ends           timestamptz,
    reason         text        not null check (reason <> ''),
    placed_by      text        not null,
    placed_at      timestamptz not null default now(),
    released_by    text,
    released_at    timestamptz,
    release_reason text,
    check (starts < ends),
    check ((released_at is null) = (released_by is null))
);
comment on table gateway.legal_holds is 'While one is not released, no part of the audit trail is dropped that has a moment in [starts, ends).';
comment on column gateway.legal_holds.organization is 'Whose records it is about; null for everybody''s. A part is kept as a whole, whoever''s records are in it.';
comment on column gateway.legal_holds.starts is 'Null for ever since.';
comment on column gateway.legal_holds.ends is 'Null for no end.';

-- ---------------------------------------------------------------------------------------------------------------------
-- Dropping.

create table audit.cuts (
    id             bigint      generated always as identity primary key,
    chain          uuid        not null,
    first_sequence bigint      not null check (first_sequence > 0),
    sequence       bigint      not null check (sequence >= first_sequence),
    hash           bytea       not null check (octet_length(hash) = 32),
    part           text        not null,
    boundary       timestamptz not null,
    dropped_at     timestamptz not null default now(),
    dropped_by     text        not null,
    signature      bytea,
    key_id         text,
    check ((signature is null) = (key_id is null))
);
comment on table audit.cuts is 'Which links of which chains went with a dropped part: a row for each run of them without gaps, so that what is missing elsewhere was not dropped.';
comment on column audit.cuts.sequence is 'The last link of the run.';
comment on column audit.cuts.hash is 'Its hash, which the link behind it was made over.';
comment on column audit.cuts.boundary is 'The end of the part: whatever went with it began before.';
create index cuts_in_chain on audit.cuts (chain, sequence);
create index cuts_without_signature on audit.cuts (id) where signature is null;

-- A cut is signed once and never changed otherwise.
create function audit.refuse_change_of_cut() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.signature is null and new.signature is not null
       and to_jsonb(new) - array['signature', 'key_id'] = to_jsonb(old) - array['signature', 'key_id'] then
        return new;
    end if;
    raise exception 'audit records are append-only: % on audit.cuts is refused', tg_op
        using errcode = 'insufficient_privilege';
end
$$;
create trigger append_only before update or delete on audit.cuts
    for each row execute function audit.refuse_change_of_cut();
create trigger append_only_truncate before truncate on audit.cuts
    for each statement execute function audit.refuse_change();

-- The one way to drop a part: refused while it is not over or a legal hold has a moment of it; otherwise the cuts and an
-- admin event are written and the part goes, all of it or nothing. Returns how many records went.
create function audit.drop_part(part text, dropped_by text, reason text) returns bigint language plpgsql as $$
declare
    doomed  record;
    hold    uuid;
    records bigint;
    runs    bigint;
begin
    perform audit.lock_parts();
    select * into doomed from audit.parts() known where known.name = part and known.starts is not null;
    if not found then
        raise exception 'audit.% is no part that can be dropped', part using errcode = 'undefined_table';
    end if;
    if doomed.ends > now() then
        raise exception 'audit.% is not over: it has records until %', part, doomed.ends using errcode = 'object_in_use';
    end if;
    lock table gateway.legal_holds in share mode;
    select id into hold from gateway.legal_holds held
    where held.released_at is null
      and coalesce(held.starts < doomed.ends, true) and coalesce(held.ends > doomed.starts, true)
    order by placed_at limit 1;
    if found then
        raise exception 'audit.% is kept by the legal hold %', part, hold using errcode = 'object_in_use';
    end if;
    -- From here on it does not change; readers go on until the very end.
    execute format('lock table audit.%I in share mode', part);
    execute format('select count(*) from audit.%I', part) into records;
    execute format(
        'insert into audit.cuts (chain, first_sequence, sequence, hash, part, boundary, dropped_by)'
        ' select runs.chain, runs.first, runs.last, last.hash, %L, %L, %L'
        ' from (select chain, min(sequence) as first, max(sequence) as last'
        '       from (select chain, sequence, sequence - row_number() over (partition by chain order by sequence) as run'
        '             from audit.%I where chain is not null) linked'
        '       group by chain, run) runs'
        ' join audit.%I last on last.chain = runs.chain and last.sequence = runs.last'
        ' order by runs.chain, runs.first',
        part, doomed.ends, dropped_by, part, part);
    get diagnostics runs = row_count;
    insert into audit.admin_events (id, actor, event, subject, detail)
    values (gen_random_uuid(), dropped_by, 'audit.part_dropped', part, jsonb_build_object(
        'starts', to_char(doomed.starts at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'ends', to_char(doomed.ends at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'records', records::text, 'cuts', runs::text, 'reason', reason));
    execute format('drop table audit.%I', part);
    return records;
end
$$;

select audit.make_parts('month', (now() at time zone 'UTC' + interval '3 months')::date);
