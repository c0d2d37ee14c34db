-- Where replicas with `proxy.audit.durability: database` note an exchange before it is forwarded. A row goes when the
-- record of the exchange is in `audit.exchanges`; what a replica that ended left behind becomes a record itself.

create table gateway.audit_intents (
    exchange uuid primary key,
    replica  text not null,
    content  bytea not null,
    noted_at timestamptz not null default now()
);
comment on table gateway.audit_intents is 'Exchanges that may have been forwarded, and have no record yet.';
create index audit_intents_by_replica on gateway.audit_intents (replica);
