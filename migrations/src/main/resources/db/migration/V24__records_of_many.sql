-- A gateway whose audit trail is full refuses every exchange, and keeps a record of each as long as there is room for so
-- much. Those it can only count have one record together.

alter table audit.exchanges add column exchanges bigint;
comment on column audit.exchanges.exchanges is 'How many exchanges, from occurred_at to completed_at, the record is about; null for one, as nearly always.';

create or replace view audit.tool_calls as
    select id, occurred_at, completed_at, replica, organization, route, era, method, tool, tool_class, action,
           caller, caller_kind, caller_groups, client_name, client_version, client_address, session_hash, request_id,
           decision, rules, observed_rules, policy_version, outcome, refusal, http_method, http_status, upstream_status,
           request_bytes, response_bytes, decision_micros, latency_micros, arguments, arguments_digest, trace_id,
           caller_name, caller_verified, policy_facts, chain, sequence, hash, hidden_tools, result, exchanges
    from audit.exchanges;
