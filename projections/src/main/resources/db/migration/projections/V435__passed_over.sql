-- Which facts the tables leave out: an answer that they are made for says so.
create table projections.passed_over (
  projection text not null,
  generation bigint not null,
  position bigint not null,
  fact text not null,
  signed_at bigint not null,
  signed_on timestamptz not null,
  primary key (projection, generation, position)
);
comment on table projections.passed_over is 'Facts that two people set aside and that a projection''s tables do not hold';
comment on column projections.passed_over.projection is 'Whose tables';
comment on column projections.passed_over.generation is
  '0: those that answer; above 0: those that the rebuild of this number folds; below 0: those that it replaced';
comment on column projections.passed_over.position is 'Of the fact';
comment on column projections.passed_over.fact is 'Its type';
comment on column projections.passed_over.signed_at is 'Position of the fact by which two people set it aside';
comment on column projections.passed_over.signed_on is 'When that was recorded';
grant select, insert, update, delete on projections.passed_over to pass_projections;
grant select on projections.passed_over to pass_reader;

-- What was passed over before this list was kept. The reading of what waits for two people in a rebuild is compared anew.
do $$
begin
  if to_regclass('ledger.event') is not null then
    insert into projections.passed_over
    select a.payload::jsonb ->> 'projection', 0, (a.payload::jsonb ->> 'position')::bigint, f.type, a.position, a.recorded_at
      from ledger.event a
      join ledger.event f on f.position = (a.payload::jsonb ->> 'position')::bigint
      join projections.projection p on p.name = a.payload::jsonb ->> 'projection' and p.position >= f.position
     where a.type = 'FactSetAside'
    on conflict do nothing;
  end if;
end $$;
