-- Row security goes with the tables: those that are set aside keep theirs, whose policies name the tables beside them, and
-- those that are switched in are given the same. Until then nobody asks them, and a rebuild may copy into them, which row
-- security forbids.
create function projections.row_security(tables text[], place text) returns text[]
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(s.statement order by s.turn), '{}')
    from (
      select 1 as turn,
             format('create policy %I on %I.%I as %s for %s to %s', p.policyname, place, p.tablename, p.permissive, p.cmd,
                    (select string_agg(quote_ident(r), ', ') from unnest(p.roles) r))
             || coalesce(' using (' || p.qual || ')', '') || coalesce(' with check (' || p.with_check || ')', '')
             as statement
        from pg_policies p
       where p.schemaname = 'projections' and p.tablename = any (tables)
       union all
      select 2, format('alter table %I.%I enable row level security', place, c.relname)
        from pg_class c
       where c.relnamespace = 'projections'::regnamespace and c.relname = any (tables) and c.relrowsecurity
       union all
      select 3, format('grant select on %I.%I to pass_asker', place, t)
        from unnest(tables) t
       where has_table_privilege('pass_asker', format('projections.%I', t), 'select')
       union all
      select 3, format('grant select (%I) on %I.%I to pass_asker', a.attname, place, t)
        from unnest(tables) t
        join pg_attribute a on a.attrelid = format('projections.%I', t)::regclass and a.attnum > 0 and not a.attisdropped
       where not has_table_privilege('pass_asker', a.attrelid, 'select')
         and has_column_privilege('pass_asker', a.attrelid, a.attnum, 'select')) s
$$;
comment on function projections.row_security is
  'What gives tables of another schema the policies and the grants to the asker that those of the same name have; policies name the tables of the schema projections still';

create or replace function projections.switch_rebuild(rebuild bigint, tables text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  source text := projections.rebuild_schema(rebuild);
  aside text := projections.before_schema(rebuild);
  relation text;
  statement text;
  secured text[] := projections.row_security(tables, 'projections');
  missing record;
begin
  if not exists (select from projections.rebuild r where r.number = rebuild and r.state = 'CATCHING_UP') then
    raise exception 'rebuild % is not to be switched in', rebuild;
  end if;
  foreach relation in array tables loop
    if (select array_agg(format('%s %s %s', a.attname, a.atttypid, a.attnotnull) order by a.attname)
          from pg_attribute a
         where a.attrelid = format('projections.%I', relation)::regclass and a.attnum > 0 and not a.attisdropped)
       is distinct from
       (select array_agg(format('%s %s %s', a.attname, a.atttypid, a.attnotnull) order by a.attname)
          from pg_attribute a
         where a.attrelid = format('%I.%I', source, relation)::regclass and a.attnum > 0 and not a.attisdropped) then
      raise exception 'table % was changed by a migration since the rebuild began; ask for another rebuild', relation;
    end if;
  end loop;
  -- An index that a release adds while a rebuild catches up would go aside with the old tables, and not be missed.
  select * into missing from projections.missing_definitions(source, tables) limit 1;
  if found then
    raise exception '% of table % was added by a migration since the rebuild began; ask for another rebuild',
      missing.name, missing.relation;
  end if;
  lock table projections.rebuild in access exclusive mode;
  execute format('create schema %I', aside);
  execute format('comment on schema %I is %L', aside, 'Tables that a rebuild replaced');
  execute format('grant usage on schema %I to pass_projections, pass_reader, pass_asker', aside);
  execute format('create table %I.projection as select p.* from projections.projection p
                   where p.name = (select r.projection from projections.rebuild r where r.number = %s)', aside, rebuild);
  execute format('grant select on %I.projection to pass_projections, pass_reader, pass_asker', aside);
  foreach relation in array tables loop
    execute format('alter table projections.%I set schema %I', relation, aside);
    execute format('alter table %I.%I set schema projections', source, relation);
  end loop;
  foreach statement in array secured loop
    execute statement;
  end loop;
  execute format('drop schema %I', source);
end $$;

-- Tables that were set aside before this release.
do $$
declare
  place text;
  beside text[];
  statement text;
  relation text;
begin
  for place in select nspname from pg_namespace where nspname ~ '^before_[0-9]+$' loop
    execute format('grant usage on schema %I to pass_asker', place);
    execute format('grant select on %I.projection to pass_asker', place);
    select array_agg(relname::text) into beside
      from pg_class c
     where c.relnamespace = place::regnamespace and c.relkind = 'r' and c.relname <> 'projection'
       and to_regclass(format('projections.%I', c.relname)) is not null;
    foreach statement in array projections.row_security(beside, place) loop
      foreach relation in array beside loop
        statement := regexp_replace(statement, '\mprojections\.' || relation || '\M', place || '.' || relation, 'g');
      end loop;
      execute statement;
    end loop;
  end loop;
end $$;
