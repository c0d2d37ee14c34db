-- The audit trail in parts by time, so that what is too old is dropped as a whole, and the newest stays small. What
-- records carry from here on: their place in the chain of the replica that wrote them, what a list hid, and results
-- where a rule asks for them.

drop view audit.tool_calls;
alter table audit.exchanges rename to exchanges_before_partitions;
alter table audit.exchanges_before_partitions rename constraint exchanges_pkey to exchanges_before_partitions_pkey;
drop index audit.exchanges_newest, audit.exchanges_by_route, audit.exchanges_by_tool, audit.exchanges_by_caller,
    audit.exchanges_by_outcome;

create table audit.exchanges (
    like audit.exchanges_before_partitions including defaults including constraints including comments
) partition by range (occurred_at);
alter table audit.exchanges
    add column chain        uuid,
    add column sequence     bigint,
    add column hash         bytea check (octet_length(hash) = 32),
    add column hidden_tools text[],
    add column result       jsonb,
    add primary key (occurred_at, id),
    add check ((chain is null) = (sequence is null) and (chain is null) = (hash is null));
comment on table audit.exchanges is 'One row for each downstream HTTP request and its whole response.';
comment on column audit.exchanges.chain is 'The chain of records that this one is a link of; null in records of older versions.';
comment on column audit.exchanges.sequence is 'The place in the chain, from 1, without gaps.';
comment on column audit.exchanges.hash is 'SHA-256 over the hash of the record before it in the chain and this record''s canonical form.';
comment on column audit.exchanges.hidden_tools is 'What of a list the policy hid; null for everything that is no list.';
comment on column audit.exchanges.result is 'The redacted result, where a rule asks for it.';

-- A month for each part. Whatever its time, a record is taken: the part `exchanges_elsewhen` has all others.
create function audit.add_partition(month date) returns void language plpgsql as $$
declare
    first date := date_trunc('month', month);
    name  text := 'exchanges_' || to_char(first, 'YYYY_MM');
begin
    if to_regclass('audit.' || name) is null then
        execute format('create table audit.%I partition of audit.exchanges for values from (%L) to (%L)', name,
                       first::timestamp at time zone 'UTC', (first + interval '1 month')::timestamp at time zone 'UTC');
    end if;
end
$$;
create table audit.exchanges_elsewhen partition of audit.exchanges default;

select audit.add_partition(month::date)
from (select distinct date_trunc('month', occurred_at at time zone 'UTC') as month from audit.exchanges_before_partitions
      union
      select date_trunc('month', now() at time zone 'UTC') + ahead * interval '1 month' from generate_series(0, 2) as ahead) months;
insert into audit.exchanges select * from audit.exchanges_before_partitions;
drop table audit.exchanges_before_partitions;

create index exchanges_newest on audit.exchanges (occurred_at desc, id desc);
create index exchanges_by_id on audit.exchanges (id);
create index exchanges_by_route on audit.exchanges (route, occurred_at desc, id desc);
create index exchanges_by_tool on audit.exchanges (tool, occurred_at desc, id desc) where tool is not null;
create index exchanges_by_caller on audit.exchanges (caller, occurred_at desc, id desc);
create index exchanges_by_outcome on audit.exchanges (outcome, occurred_at desc, id desc);
create index exchanges_in_chain on audit.exchanges (chain, sequence) where chain is not null;

create trigger append_only before update or delete on audit.exchanges
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.exchanges
    for each statement execute function audit.refuse_change();

create view audit.tool_calls as
    select id, occurred_at, completed_at, replica, organization, route, era, method, tool, tool_class, action,
           caller, caller_kind, caller_groups, client_name, client_version, client_address, session_hash, request_id,
           decision, rules, observed_rules, policy_version, outcome, refusal, http_method, http_status, upstream_status,
           request_bytes, response_bytes, decision_micros, latency_micros, arguments, arguments_digest, trace_id,
           caller_name, caller_verified, policy_facts, chain, sequence, hash, hidden_tools, result
    from audit.exchanges;
comment on view audit.tool_calls is 'The audit trail as others read it; its columns are a promise.';
