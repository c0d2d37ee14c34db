-- People with a password of this console: whether they may sign in, and which state of the row a change is based on.
-- The revision moves on when what a session rests on changes; sessions that rest on an older one end.
alter table gateway.administrators
    add column locked_at         timestamptz,
    add column locked_by         text,
    add column last_signed_in_at timestamptz,
    add column revision          bigint not null default 1,
    add constraint locked_by_somebody check ((locked_at is null) = (locked_by is null));
