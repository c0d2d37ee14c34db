-- How long the audit trail is kept, where the configuration file does not say so.

create table gateway.retention (
    singleton  boolean     primary key default true check (singleton),
    days       integer     check (days between 1 and 36500),
    revision   bigint      not null default 0,
    reason     text,
    changed_by text,
    changed_at timestamptz,
    check ((changed_by is null) = (changed_at is null) and (changed_by is null) = (reason is null))
);
insert into gateway.retention default values;
comment on table gateway.retention is 'How long records are kept; `revision` counts its changes and those of gateway.retention_terms, and is the ETag of both. Nothing here counts where the configuration file sets the retention.';
comment on column gateway.retention.days is 'For all that have no term of their own, and for records of no organization; null for ever.';

create table gateway.retention_terms (
    organization text    primary key check (length(organization) between 1 and 100),
    days         integer check (days between 1 and 36500)
);
comment on table gateway.retention_terms is 'The terms of single organizations.';
comment on column gateway.retention_terms.days is 'Null for ever.';
