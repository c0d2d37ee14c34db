-- Where a published document comes from when its home is elsewhere, such as a Git repository.
alter table gateway.policy_versions add column source text check (length(source) between 1 and 200);
comment on column gateway.policy_versions.source is 'What was published, as its home names it: for instance the commit; null when the console is the home.';
