-- A venue may be identified by another SIRET in place of a wrong one, which may be another venue's after that: a row for
-- each time, of which the last holds. A rebuild that is under way goes on in the new shape.
do $$
declare
  schema text;
begin
  for schema in
    select 'projections'
    union all
    select projections.rebuild_schema(r.number)
      from projections.rebuild r
     where r.projection = 'labels'
       and to_regclass(format('%I.venue_identification', projections.rebuild_schema(r.number))) is not null
  loop
    execute format('alter table %I.venue_identification drop constraint if exists venue_identification_pkey', schema);
    execute format('alter table %I.venue_identification drop constraint if exists venue_identification_siret_key', schema);
    execute format('alter table %I.venue_identification add constraint venue_identification_pkey primary key (position)', schema);
    -- There too: one that has its indexes already, or waits to be switched in, gets none after this.
    execute format('create index if not exists venue_identification_venue on %I.venue_identification (venue, position)', schema);
    execute format('create index if not exists venue_identification_siret on %I.venue_identification (siret)', schema);
  end loop;
end $$;

comment on table projections.venue_identification is
  'By which SIRETs venues that were listed without one were identified since; the last of a venue holds';
