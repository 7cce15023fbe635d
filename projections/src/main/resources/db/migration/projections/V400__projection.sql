-- Where each projection stands. Written in one transaction with the projection's own tables.
create table projections.projection (
  name text primary key,
  position bigint not null default 0 check (position >= 0),
  recorded_at timestamptz,
  source_offset bigint not null default -1,
  stopped_at bigint not null default 0,
  stopped_reason text not null default ''
) with (fillfactor = 50);

comment on table projections.projection is
  'How far each projection has followed the ledger; moved in one transaction with its tables';
comment on column projections.projection.name is 'Names the projection, its consumer group and its metrics';
comment on column projections.projection.position is 'Of the last fact in its tables; 0 before the first';
comment on column projections.projection.recorded_at is 'When that fact was recorded';
comment on column projections.projection.source_offset is
  'Where the next fact lies in the Kafka topic; -1 if read from the ledger itself';
comment on column projections.projection.stopped_at is
  'Position of the fact that the projection cannot accept; 0 while it goes on';
comment on column projections.projection.stopped_reason is 'Why it stopped there; empty while it goes on';
