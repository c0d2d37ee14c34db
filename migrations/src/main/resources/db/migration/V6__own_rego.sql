-- An organization's own Rego belongs to a version of the policy as its document does: one row, so that neither is ever
-- in force without the other.

alter table gateway.policy_versions
    add column modules          jsonb not null default '[]' check (jsonb_typeof(modules) = 'array'),
    add column compiled_modules bytea,
    add check ((compiled_modules is null) = (modules = '[]'));
comment on column gateway.policy_versions.modules is 'Modules in package portcullis.custom with their tests: [{"path": …, "source": …}].';
comment on column gateway.policy_versions.compiled_modules is 'The modules as WebAssembly, which proxies evaluate beside the policy; null without modules.';

alter table gateway.policy_draft
    add column modules          jsonb not null default '[]' check (jsonb_typeof(modules) = 'array'),
    add column compiled_modules bytea;
comment on column gateway.policy_draft.compiled_modules is 'What the modules were compiled to elsewhere; a console with a compiler of its own does not look at it.';
