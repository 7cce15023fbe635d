-- Which rebuilds changed figures that were shown, as the ledger tells: an installation that takes a ledger over has it
-- and no rebuilds of before.
create table projections.differences_accepted (
  projection text not null,
  rebuild text not null,
  position bigint not null,
  primary key (projection, rebuild)
);
comment on table projections.differences_accepted is 'Rebuilds whose other sums two people accepted, by the facts that a projection''s tables have come to';
comment on column projections.differences_accepted.projection is 'Whose tables';
comment on column projections.differences_accepted.rebuild is 'By its id, of this installation or of the one that the ledger was taken over from';
comment on column projections.differences_accepted.position is 'At which old and new sums were compared';
grant select, insert, update on projections.differences_accepted to pass_projections;
grant select on projections.differences_accepted to pass_reader;

-- What was accepted before this list was kept.
do $$
begin
  if to_regclass('ledger.event') is not null then
    insert into projections.differences_accepted
    select a.payload::jsonb #>> '{differences,projection}', a.payload::jsonb #>> '{differences,rebuild}',
           max((a.payload::jsonb #>> '{differences,position}')::bigint)
      from ledger.event a
      join projections.projection p on p.name = a.payload::jsonb #>> '{differences,projection}'
                                   and p.position >= a.position
     where a.type = 'RebuildDifferencesAccepted'
     group by 1, 2;
  end if;
end $$;
