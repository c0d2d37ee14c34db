-- What stands between a draft and a version: a second person, a time, and tests.

create table gateway.approval (
    singleton  boolean     primary key default true check (singleton),
    required   boolean     not null default false,
    revision   bigint      not null default 0,
    changed_by text,
    changed_at timestamptz,
    check ((changed_by is null) = (changed_at is null))
);
insert into gateway.approval default values;
comment on table gateway.approval is 'Whether a second person has to approve what is published; `revision` counts its changes and is its ETag.';

create table gateway.proposals (
    id               bigint      generated always as identity primary key,
    state            text        not null check (state in ('open', 'scheduled', 'published', 'rejected', 'withdrawn', 'cancelled', 'refused')),
    document         text        not null,
    modules          jsonb       not null,
    compiled_modules bytea,
    comment          text        not null,
    author           text        not null,
    author_person    text        not null,
    source           text,
    restores         bigint,
    replaces         bigint,
    base_version     bigint      not null,
    draft_revision   bigint      not null,
    publish_at       timestamptz,
    made_at          timestamptz not null default now(),
    approver         text,
    approval_comment text,
    approved_at      timestamptz,
    ended_by         text,
    ended_at         timestamptz,
    reason           text,
    version          bigint      references gateway.policy_versions (version),
    late_seconds     bigint,
    check (state <> 'scheduled' or publish_at is not null),
    check ((state in ('open', 'scheduled')) = (ended_at is null)),
    check ((ended_by is null) = (ended_at is null)),
    check ((state = 'published') = (version is not null)),
    check ((approver is null) = (approved_at is null))
);
create index proposals_waiting on gateway.proposals (publish_at) where state = 'scheduled';
create index proposals_open on gateway.proposals (id) where state in ('open', 'scheduled');
comment on table gateway.proposals is 'Publications that wait, or waited, for a second person or for their time. What is proposed never changes.';
comment on column gateway.proposals.author_person is 'The person behind the author: the maker of a token, or the author.';
comment on column gateway.proposals.late_seconds is 'How long after its time it was carried out.';

alter table gateway.policy_versions
    add column approver text,
    add column approval_comment text,
    add column proposal bigint;
comment on column gateway.policy_versions.proposal is 'The one of gateway.proposals that it was before; null when it was published at once.';
comment on column gateway.policy_versions.approver is 'The second person who approved it; null where none was needed.';

alter table gateway.admin_tokens add column maker text;
comment on column gateway.admin_tokens.maker is 'The person who made it, through whatever token; null when that is not known, as for the first one.';
update gateway.admin_tokens set maker = made.actor
    from (select distinct on (subject) subject, actor, occurred_at from audit.admin_events
          where event = 'admin_token.created' order by subject, occurred_at desc) made
    where made.subject = name and made.actor <> 'system' and made.actor not like 'token:%' and made.actor not like 'cli:%';

create table gateway.policy_tests (
    name       text        not null check (length(name) between 1 and 200),
    revision   bigint      not null check (revision > 0),
    definition text,
    not_gating text,
    author     text        not null,
    written_at timestamptz not null default now(),
    primary key (name, revision)
);
comment on table gateway.policy_tests is 'Every version of every regression test of the policy; the highest revision of a name counts, and without a definition it is deleted.';
comment on column gateway.policy_tests.not_gating is 'Why publication does not wait for it; null when it does.';
