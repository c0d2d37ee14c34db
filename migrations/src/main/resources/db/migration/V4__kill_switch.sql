-- The kill switch, complete: who may go on, why it was released, kills of a single replica, and what obeying them cut.

alter table gateway.kills add column exempt jsonb not null default '{}';
comment on column gateway.kills.exempt is 'Whose verified members go on: {"groups": [...]}; anything else exempts nobody.';

alter table gateway.kills add column release_reason text;

alter table gateway.kills add column replica text;
comment on column gateway.kills.replica is 'The one replica it was engaged on, which is the only one to obey it; null for all.';

alter table gateway.kill_acknowledgements add column calls_cut int not null default 0;
alter table gateway.kill_acknowledgements add column streams_cut int not null default 0;
comment on column gateway.kill_acknowledgements.calls_cut is 'Calls in flight that ended when the replica obeyed.';
comment on column gateway.kill_acknowledgements.streams_cut is 'Open streams that ended when the replica obeyed.';
