-- When credentials and admin tokens end by themselves, as far as somebody has said so; and where checkpoints were kept outside
-- of this database.

alter table gateway.credentials add column expires_at timestamptz;
comment on column gateway.credentials.expires_at is 'When whoever issued the secret ends it, for people: the gateway goes on showing it.';

alter table gateway.admin_tokens
    add column expires_at timestamptz,
    add column revision   bigint not null default 1;
comment on column gateway.admin_tokens.expires_at is 'From then on it is refused, and cannot be made good again; null for a token that is good until it is revoked.';
comment on column gateway.admin_tokens.revision is 'Grows with every change of its end, so that of two who change it at once the second is told.';

create table audit.anchorings (
    chain       uuid        not null,
    sequence    bigint      not null check (sequence > 0),
    place       text        not null check (length(place) between 1 and 2000),
    made_at     timestamptz not null,
    anchored_at timestamptz not null,
    checkpoint  text        not null,
    primary key (chain, sequence, place)
);
comment on table audit.anchorings is 'Which checkpoints were kept outside of this database, as the replicas say that brought them there.';
comment on column audit.anchorings.place is 'Whose file, or which webhook.';
comment on column audit.anchorings.made_at is 'When the checkpoint was made.';
comment on column audit.anchorings.checkpoint is 'The line that is kept there, byte by byte.';
create index anchorings_by_time on audit.anchorings (made_at, chain, sequence);
create trigger append_only before update or delete on audit.anchorings
    for each row execute function audit.refuse_change();
create trigger append_only_truncate before truncate on audit.anchorings
    for each statement execute function audit.refuse_change();
