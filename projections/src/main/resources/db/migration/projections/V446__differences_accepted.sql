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
comment on column projections.differences_accepted.rebuild is 'By its id; it need not be one of this installation, which may have taken the ledger over';
comment on column projections.differences_accepted.position is 'At which old and new sums were compared';
grant select, insert, update on projections.differences_accepted to pass_projections;
grant select on projections.differences_accepted to pass_reader;

-- What was accepted before this list was kept. No index finds facts by type, so all of the ledger is read: but not where
-- it began after these tables were made, as one that was written here does, for projections.rebuild has had each of its
-- rebuilds. A ledger that was taken over began before; so did one whose projections were made anew.
-- Not listed: what was accepted in a ledger that lies in another database, which is not reached from here; nor in one that
-- was taken over by an installation older than it.
do $$
begin
  if to_regclass('ledger.event') is not null
     and exists (select from ledger.event f
                  where f.position = 1
                    and f.recorded_at < (select min(m.installed_on) from pass_migrations.migration m
                                          where m.script like '%projections/%')) then
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
