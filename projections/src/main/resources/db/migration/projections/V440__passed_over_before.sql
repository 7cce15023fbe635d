-- What the tables leave out that rebuilds replaced before the list was kept: signed by the position at which they were
-- replaced, and not taken back by then. What was taken back is of a release that keeps the list itself.
do $$
begin
  if to_regclass('ledger.event') is not null then
    insert into projections.passed_over
    select r.projection, -r.number, f.position, f.type, a.position, a.recorded_at
      from projections.rebuild r
      join ledger.event a on a.type = 'FactSetAside' and a.position <= r.compared_position
                         and a.payload::jsonb ->> 'projection' = r.projection
      join ledger.event f on f.position = (a.payload::jsonb ->> 'position')::bigint
     where r.state = 'SWITCHED' and r.kept
       and not exists (select from ledger.event l
                        where l.type = 'SettingAsideLifted' and l.position between a.position and r.compared_position
                          and l.payload::jsonb ->> 'projection' = r.projection
                          and (l.payload::jsonb ->> 'position')::bigint = f.position)
    on conflict do nothing;
  end if;
end $$;

-- Of tables that are dropped nothing is left to be said.
delete from projections.passed_over p
 using projections.rebuild r
 where p.generation = r.number and r.state = 'ABANDONED'
    or p.generation = -r.number and r.state = 'SWITCHED' and not r.kept;

create or replace function projections.drop_rebuild(rebuild bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from projections.rebuild r
              where r.number = rebuild and r.state = 'ABANDONED') then
    execute format('drop schema if exists %I cascade', projections.rebuild_schema(rebuild));
    delete from projections.passed_over p where p.generation = rebuild;
  end if;
  if exists (select from projections.rebuild r where r.number = rebuild and r.state = 'SWITCHED' and not r.kept) then
    execute format('drop schema if exists %I cascade', projections.before_schema(rebuild));
  end if;
end $$;
