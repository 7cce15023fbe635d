-- Who may see what of a cheque, by the database too. Its life is in ranges, claims and transfers of many cheques and
-- belongs to no column: the one that is asked for is named in a setting, pass.cheque, and whether it is the asker's to
-- know is found out once for a statement. A query that forgets to whom it tells a cheque finds none.

alter table projections.range_event add column prescriber text not null default '';
comment on column projections.range_event.prescriber is 'To whom the cheques were delivered; empty for what is no delivery';
update projections.range_event r
   set prescriber = e.payload::json ->> 'prescriber'
  from ledger.event e
 where r.kind = 'DELIVERED' and e.position = r.position;

-- A node of the release before, which may fold for as long as nodes are replaced one by one, writes no such column.
create function projections.delivered_to() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  select e.payload::json ->> 'prescriber' into strict new.prescriber from ledger.event e where e.position = new.position;
  return new;
end
$$;
comment on function projections.delivered_to is
  'To whom cheques were delivered, where the release that folded the delivery does not say. As the owner, who reads the ledger';
create trigger delivered_to before insert on projections.range_event
  for each row when (new.kind = 'DELIVERED' and new.prescriber = '') execute function projections.delivered_to();

create function projections.known_cheque() returns bigint
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select a.serial
    from (select nullif(current_setting('pass.cheque', true), '')::bigint as serial,
                 nullif(current_setting('pass.funder', true), '') as funder,
                 nullif(current_setting('pass.venue', true), '') as venue,
                 nullif(current_setting('pass.prescriber', true), '') as prescriber) a
   where exists (select from projections.batch b
                   join projections.agreement_share s on s.agreement = b.agreement and s.key_version = b.key_version
                  where b.number = a.serial >> 20 and s.funder = a.funder)
      or exists (select from projections.claim c
                   join projections.slip s on s.position = c.position
                  where c.chunk = a.serial / 512 and c.releases = 0 and get_bit(c.cheques, (a.serial % 512)::integer) = 1
                    and s.venue = a.venue)
      or exists (select from projections.range_event r
                  where r.cheques @> a.serial and r.prescriber = a.prescriber)
$$;
comment on function projections.known_cheque is
  'The serial number of the cheque that is asked for, if the asker finances its order, redeemed it or was delivered it; else null. As the owner, since that is told by tables whose policies ask it, and by those of now, whatever tables are read';

create function projections.known_positions() returns bigint[]
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select array(select c.position
                 from projections.claim c
                where c.chunk = k.serial / 512 and get_bit(c.cheques, (k.serial % 512)::integer) = 1
                union
               select l.position from projections.line_event l where l.serial = k.serial)
    from (select projections.known_cheque() as serial) k
   where nullif(current_setting('pass.prescriber', true), '') is null
$$;
comment on function projections.known_positions is
  'Where the cheque that is asked for came to be owed, so that transfers paid it; null for a prescriber, who is not told of them';

create function projections.known_credit_notes() returns text[]
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select array(select n.credit_note
                 from projections.batch b
                 join projections.credit_note_event n on n.order_id = b.order_id and n.order_id <> ''
                where b.number = projections.known_cheque() >> 20)
   where nullif(current_setting('pass.funder', true), '') is not null
$$;
comment on function projections.known_credit_notes is
  'The credit notes of the order of the cheque that is asked for; null for whoever is no funder, and is not told of them';
grant execute on function projections.known_cheque, projections.known_positions, projections.known_credit_notes
  to pass_asker;

create policy known on projections.range_event for select to pass_asker using (
  cheques @> (select projections.known_cheque()));
create policy known on projections.line_event for select to pass_asker using (
  serial = (select projections.known_cheque()));
create policy known on projections.transfer_slip for select to pass_asker using (
  slip_position = any ((select projections.known_positions())::bigint[]));
create policy known on projections.transfer for select to pass_asker using (
  id in (select s.transfer from projections.transfer_slip s));
create policy known on projections.transfer_end for select to pass_asker using (
  transfer in (select s.transfer from projections.transfer_slip s));
create policy known on projections.credit_note_event for select to pass_asker using (
  credit_note = any ((select projections.known_credit_notes())::text[]));
-- Of what order and agreement it is.
create policy known on projections.batch for select to pass_asker using (
  number = (select projections.known_cheque() >> 20));
create policy known on projections.agreement_share for select to pass_asker using (
  agreement in (select b.agreement from projections.batch b where b.number = (select projections.known_cheque() >> 20)));
-- Claims are copied into their table, which PostgreSQL forbids where rows are secured: they are not granted, and read by
-- the serial of a cheque of which a range was seen. Who tried a cheque elsewhere is told to clerks and auditors: of rejected lines no policy shows the asker any.
create policy asked on projections.slip for select to pass_asker using (
  venue = (select nullif(current_setting('pass.venue', true), '')));

do $$
declare
  relation text;
begin
  foreach relation in array array['range_event', 'line_event', 'rejected_line', 'slip', 'transfer_slip', 'transfer', 'transfer_end',
                                  'credit_note_event'] loop
    execute format('create policy folded on projections.%I to pass_projections using (true) with check (true)', relation);
    execute format('create policy read on projections.%I for select to pass_reader using (true)', relation);
    execute format('grant select on projections.%I to pass_asker', relation);
    execute format('alter table projections.%I enable row level security', relation);
  end loop;
end $$;

-- Public names.
grant select (venue, id, name) on projections.point_of_service to pass_asker;

-- Tables that were set aside before this release.
do $$
declare
  place text;
  beside text[];
  statement text;
  relation text;
begin
  for place in select nspname from pg_namespace where nspname ~ '^before_[0-9]+$' loop
    select array_agg(relname::text) into beside
      from pg_class c
     where c.relnamespace = place::regnamespace and c.relkind = 'r'
       and c.relname in ('range_event', 'line_event', 'rejected_line', 'slip', 'transfer_slip', 'transfer', 'transfer_end',
                         'credit_note_event', 'batch', 'agreement_share');
    foreach statement in array projections.row_security(beside, place) loop
      -- The registers' had their others before.
      continue when statement ~ '\m(batch|agreement_share)\M' and statement !~ '^create policy known ';
      foreach relation in array beside loop
        statement := regexp_replace(statement, '\mprojections\.' || relation || '\M', place || '.' || relation, 'g');
      end loop;
      execute statement;
    end loop;
  end loop;
end $$;
