-- To see what callers have sent takes the role AUDITOR from here on, and is recorded. Whoever could see it until now can go on.
update gateway.admin_tokens set roles = roles || 'AUDITOR'::text
where 'ADMIN' = any (roles) and not 'AUDITOR' = any (roles) and revoked_at is null;
update gateway.administrators set roles = roles || 'AUDITOR'::text
where 'ADMIN' = any (roles) and not 'AUDITOR' = any (roles);

-- Admin events by who did it, and by what was done.
create index admin_events_by_actor on audit.admin_events (actor, occurred_at desc, id desc);
create index admin_events_by_event on audit.admin_events (event, occurred_at desc, id desc);
