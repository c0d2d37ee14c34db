-- What upstreams say of their tools. What an admin decides about them is in the policy document and nowhere else.

create table gateway.tools (
    route         text        not null,
    name          text        not null check (length(name) between 1 and 256),
    first_seen_at timestamptz not null,
    last_seen_at  timestamptz not null,
    listings      bigint      not null,
    primary key (route, name)
);
comment on table gateway.tools is 'Every tool that a list of an upstream has ever named.';
comment on column gateway.tools.listings is 'How many lists have named it.';

create table gateway.tool_definitions (
    route          text        not null,
    tool           text        not null,
    definition     text        not null check (definition ~ '^sha256:[0-9a-f]{64}$'),
    text           text        check (length(text) <= 65536),
    characters     int         not null,
    read_only_hint boolean,
    first_seen_at  timestamptz not null,
    last_seen_at   timestamptz not null,
    listings       bigint      not null,
    reviewed_at    timestamptz,
    primary key (route, tool, definition),
    foreign key (route, tool) references gateway.tools (route, name) on delete cascade
);
comment on table gateway.tool_definitions is 'The newest definitions of each tool, told apart by the hash of their canonical text.';
comment on column gateway.tool_definitions.text is 'The canonical text; null where it is longer than is kept.';
comment on column gateway.tool_definitions.reviewed_at is 'When somebody accepted it: it is kept, to compare others with.';
create index tool_definitions_by_sighting on gateway.tool_definitions (last_seen_at);

insert into gateway.revisions values ('tool_definitions', 0);
create trigger count after insert on gateway.tool_definitions
    for each statement execute function gateway.count_change();
