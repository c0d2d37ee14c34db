-- What the policy was asked beside what the other columns say, so that every recorded question can be put to another
-- document. Of values that `arguments` hides there are keyed digests here, and never the values.
alter table audit.exchanges add column policy_facts jsonb;
comment on column audit.exchanges.policy_facts is
    'What the policy was asked beside what the other columns say; null where it was not asked, and in records of older versions.';

create or replace view audit.tool_calls as
    select id, occurred_at, completed_at, replica, organization, route, era, method, tool, tool_class, action,
           caller, caller_kind, caller_groups, client_name, client_version, client_address, session_hash, request_id,
           decision, rules, observed_rules, policy_version, outcome, refusal, http_method, http_status, upstream_status,
           request_bytes, response_bytes, decision_micros, latency_micros, arguments, arguments_digest, trace_id,
           caller_name, caller_verified, policy_facts
    from audit.exchanges;
