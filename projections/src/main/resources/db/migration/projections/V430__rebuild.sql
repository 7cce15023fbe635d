-- A projection is folded anew beside the tables that answer, in a schema of its own, and switched in by renaming.
create table projections.rebuild (
  number bigint generated always as identity primary key,
  id text not null unique,
  projection text not null,
  state text not null default 'FOLDING'
    check (state in ('FOLDING', 'COMPLETING', 'CATCHING_UP', 'DIFFERS', 'SWITCHED', 'ABANDONED')),
  stopped_at bigint not null default 0,
  asked_by text not null,
  asked_at timestamptz not null,
  position bigint not null default 0,
  recorded_at timestamptz,
  target bigint not null default 0,
  facts bigint not null default 0,
  lines bigint not null default 0,
  fold_millis bigint not null default 0,
  complete_millis bigint not null default 0,
  compare_millis bigint not null default 0,
  switch_millis bigint not null default 0,
  compared_position bigint not null default 0,
  differences bigint not null default 0,
  digest text not null default '',
  kept boolean not null default false,
  ended_at timestamptz,
  reason text not null default ''
) with (fillfactor = 50);

comment on table projections.rebuild is
  'Projections folded anew from the ledger''s start. Position and rows of the new tables are written in one transaction';
comment on column projections.rebuild.number is 'Names the schemas: rebuild_<number> for the new tables, before_<number> for those replaced';
comment on column projections.rebuild.id is 'Given by whoever asked for it';
comment on column projections.rebuild.projection is 'Which one';
comment on column projections.rebuild.state is
  'FOLDING many facts at a time, COMPLETING indexes and keys, CATCHING_UP until it is compared, then SWITCHED; or DIFFERS until two people accept; ABANDONED for another';
comment on column projections.rebuild.stopped_at is 'Position of the fact that the fold cannot take; 0 while it goes on';
comment on column projections.rebuild.asked_by is 'The account';
comment on column projections.rebuild.asked_at is 'When';
comment on column projections.rebuild.position is 'Of the last fact in the new tables';
comment on column projections.rebuild.recorded_at is 'When that fact was recorded';
comment on column projections.rebuild.target is 'The position of the tables that answer, when last looked at';
comment on column projections.rebuild.facts is 'Folded by this rebuild';
comment on column projections.rebuild.lines is 'Lines of remittance slips in those facts';
comment on column projections.rebuild.fold_millis is 'Spent on folding, without what was lost by a kill';
comment on column projections.rebuild.complete_millis is 'Spent on indexes and keys';
comment on column projections.rebuild.compare_millis is 'Spent on comparing the sums, while the answering tables stood still';
comment on column projections.rebuild.switch_millis is 'From asking for the locks to the commit of the switch';
comment on column projections.rebuild.compared_position is 'At which old and new sums were compared last; 0 before';
comment on column projections.rebuild.differences is 'How many sums differed then';
comment on column projections.rebuild.digest is 'SHA-256 of the differences, in hexadecimal; empty if there were none';
comment on column projections.rebuild.kept is 'Whether the replaced tables are kept, because other figures were shown before';
comment on column projections.rebuild.ended_at is 'When it was switched in or abandoned';
comment on column projections.rebuild.reason is 'Why it stopped; empty otherwise';

-- One at a time of each projection.
create unique index rebuild_under_way on projections.rebuild (projection)
  where state in ('FOLDING', 'COMPLETING', 'CATCHING_UP', 'DIFFERS');

create table projections.rebuild_difference (
  number bigint not null references projections.rebuild (number),
  place integer not null,
  source text not null,
  key text not null,
  before numeric,
  after numeric,
  primary key (number, place)
);

comment on table projections.rebuild_difference is 'The first sums that differed when a rebuild was compared last';
comment on column projections.rebuild_difference.number is 'Of which rebuild';
comment on column projections.rebuild_difference.place is 'In order of source and key, from 1';
comment on column projections.rebuild_difference.source is 'The table';
comment on column projections.rebuild_difference.key is 'What is summed';
comment on column projections.rebuild_difference.before is 'As the answering tables have it; null if they do not have it at all';
comment on column projections.rebuild_difference.after is 'As the new tables have it; null if they do not have it at all';

-- Nodes own no tables. What a rebuild has to create and rename is done by these functions alone, which run as the owner
-- and touch tables of this schema only.

create function projections.rebuild_schema(number bigint) returns text
language sql immutable set search_path = pg_catalog, pg_temp
as $$ select 'rebuild_' || number $$;

create function projections.before_schema(number bigint) returns text
language sql immutable set search_path = pg_catalog, pg_temp
as $$ select 'before_' || number $$;

-- The definitions of a table's indexes and constraints, as they are to be in another schema.
-- Checks and not-null constraints come with the columns.
create function projections.definitions(relation text, target text)
returns table (place integer, name text, statement text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select 1, c.conname::text,
         format('alter table %I.%I add constraint %I %s', target, relation, c.conname, pg_get_constraintdef(c.oid))
    from pg_constraint c
   where c.conrelid = format('projections.%I', relation)::regclass and c.contype in ('p', 'u', 'x')
  union all
  select 2, i.relname::text,
         replace(pg_get_indexdef(x.indexrelid), ' ON projections.', format(' ON %I.', target))
    from pg_index x join pg_class i on i.oid = x.indexrelid
   where x.indrelid = format('projections.%I', relation)::regclass
     and not exists (select from pg_constraint c where c.conindid = x.indexrelid and c.contype in ('p', 'u', 'x'))
  union all
  select 3, c.conname::text,
         format('alter table %I.%I add constraint %I %s', target, relation, c.conname,
                replace(pg_get_constraintdef(c.oid), 'REFERENCES projections.', format('REFERENCES %I.', target)))
    from pg_constraint c
   where c.conrelid = format('projections.%I', relation)::regclass and c.contype = 'f'
$$;

-- What is not there yet, of all tables: keys before the indexes, foreign keys last.
create function projections.missing_definitions(target text, tables text[])
returns table (place integer, relation text, name text, statement text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
  select d.place, t.relation, d.name, d.statement
    from unnest(tables) with ordinality as t(relation, n)
   cross join lateral projections.definitions(t.relation, target) d
   where not exists (
           select from pg_constraint c
            where c.conrelid = to_regclass(format('%I.%I', target, t.relation)) and c.conname = d.name)
     and not exists (
           select from pg_index x join pg_class i on i.oid = x.indexrelid
            where x.indrelid = to_regclass(format('%I.%I', target, t.relation)) and i.relname = d.name)
   order by d.place, t.n, d.name
$$;

-- Empty tables like those that answer. Those that only grow have no key and no index until they are full: that is four
-- times as fast.
create function projections.open_rebuild(rebuild bigint, tables text[], growing text[]) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  target text := projections.rebuild_schema(rebuild);
  relation text;
  options text;
  definition record;
begin
  if not exists (select from projections.rebuild r where r.number = rebuild and r.state = 'FOLDING') then
    raise exception 'no rebuild % is under way', rebuild;
  end if;
  if exists (select from pg_namespace where nspname = target) then
    return false;
  end if;
  execute format('create schema %I', target);
  execute format('comment on schema %I is %L', target, 'A projection while it is folded anew; renamed or dropped at its end');
  execute format('grant usage on schema %I to pass_projections, pass_reader', target);
  foreach relation in array tables loop
    select array_to_string(c.reloptions, ', ') into options
      from pg_class c where c.oid = format('projections.%I', relation)::regclass;
    execute format(
      'create table %I.%I (like projections.%I including all excluding indexes) %s',
      target, relation, relation, coalesce('with (' || options || ')', ''));
    execute format('comment on table %I.%I is %L', target, relation,
                   obj_description(format('projections.%I', relation)::regclass, 'pg_class'));
    execute format('grant select, insert, update, delete, truncate on %I.%I to pass_projections', target, relation);
    execute format('grant select on %I.%I to pass_reader', target, relation);
  end loop;
  for definition in
    select d.statement from projections.missing_definitions(target, tables) d
     where d.place < 3 and not d.relation = any (growing)
  loop
    execute definition.statement;
  end loop;
  for definition in
    select replace(pg_get_triggerdef(g.oid), ' ON projections.', format(' ON %I.', target)) as statement
      from pg_trigger g
     where not g.tgisinternal
       and g.tgrelid in (select format('projections.%I', t)::regclass from unnest(tables) t)
  loop
    execute definition.statement;
  end loop;
  return true;
end $$;
comment on function projections.open_rebuild is 'Makes the empty tables of a rebuild; false if they are there already';

create function projections.complete_rebuild(rebuild bigint, tables text[]) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  target text := projections.rebuild_schema(rebuild);
  definition record;
  relation text;
begin
  if not exists (select from projections.rebuild r where r.number = rebuild and r.state = 'COMPLETING') then
    raise exception 'rebuild % is not to be completed', rebuild;
  end if;
  select * into definition from projections.missing_definitions(target, tables) limit 1;
  if found then
    perform set_config('maintenance_work_mem', '256MB', true);
    execute definition.statement;
    return definition.name;
  end if;
  foreach relation in array tables loop
    execute format('analyze %I.%I', target, relation);
  end loop;
  return null;
end $$;
comment on function projections.complete_rebuild is
  'Makes one index, key or reference that is missing and names it; null when there is none, and the planner knows the tables';

-- Every answer is read in a transaction that begins by locking the list of rebuilds (access share), before it has a
-- snapshot: so it is wholly from before the switch or wholly from after it.
create function projections.switch_rebuild(rebuild bigint, tables text[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  source text := projections.rebuild_schema(rebuild);
  aside text := projections.before_schema(rebuild);
  relation text;
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
  lock table projections.rebuild in access exclusive mode;
  execute format('create schema %I', aside);
  execute format('comment on schema %I is %L', aside, 'Tables that a rebuild replaced');
  execute format('grant usage on schema %I to pass_projections, pass_reader', aside);
  execute format('create table %I.projection as select p.* from projections.projection p
                   where p.name = (select r.projection from projections.rebuild r where r.number = %s)', aside, rebuild);
  execute format('grant select on %I.projection to pass_projections, pass_reader', aside);
  foreach relation in array tables loop
    execute format('alter table projections.%I set schema %I', relation, aside);
    execute format('alter table %I.%I set schema projections', source, relation);
  end loop;
  execute format('drop schema %I', source);
end $$;
comment on function projections.switch_rebuild is
  'Puts the new tables in the place of those that answer, which are set aside; in the caller''s transaction';

create function projections.drop_rebuild(rebuild bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from projections.rebuild r
              where r.number = rebuild and r.state = 'ABANDONED') then
    execute format('drop schema if exists %I cascade', projections.rebuild_schema(rebuild));
  end if;
  if exists (select from projections.rebuild r where r.number = rebuild and r.state = 'SWITCHED' and not r.kept) then
    execute format('drop schema if exists %I cascade', projections.before_schema(rebuild));
  end if;
end $$;
comment on function projections.drop_rebuild is
  'Drops what an ended rebuild leaves: the tables of one that was not switched in, and those that one replaced by equal ones';

grant execute on function
  projections.rebuild_schema, projections.before_schema, projections.open_rebuild, projections.complete_rebuild,
  projections.switch_rebuild, projections.drop_rebuild
  to pass_projections;
grant execute on function projections.rebuild_schema, projections.before_schema to pass_reader;

-- The sum over all balances is kept beside the table that it sums, in whichever schema that lies.
create or replace function projections.add_inserted_balances() returns trigger language plpgsql as $$
begin
  execute format('update %I.balance_sum set cents = cents + $1', tg_table_schema)
    using coalesce((select sum(n.cents) from new_rows n), 0);
  return null;
end $$;

create or replace function projections.add_changed_balances() returns trigger language plpgsql as $$
begin
  execute format('update %I.balance_sum set cents = cents + $1', tg_table_schema)
    using coalesce((select sum(n.cents) from new_rows n), 0) - coalesce((select sum(o.cents) from old_rows o), 0);
  return null;
end $$;

create or replace function projections.subtract_deleted_balances() returns trigger language plpgsql as $$
begin
  execute format('update %I.balance_sum set cents = cents - $1', tg_table_schema)
    using coalesce((select sum(o.cents) from old_rows o), 0);
  return null;
end $$;

create or replace function projections.forget_truncated_balances() returns trigger language plpgsql as $$
begin
  execute format('update %I.balance_sum set cents = 0', tg_table_schema);
  return null;
end $$;

create or replace function projections.refuse_unbalanced_sum() returns trigger language plpgsql as $$
declare
  total bigint;
begin
  execute format('select s.cents from %I.balance_sum s', tg_table_schema) into total;
  if total is distinct from 0 then
    raise exception 'the sum over all accounts is % cents and must be 0', coalesce(total::text, 'no')
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
