-- Who may see what, of facts too: what is told to a funder, a venue or a prescriber out of the ledger itself is read as
-- pass_asker, which is shown the facts that name the one that asks. A page that forgets whose a fact is finds none.

-- Names are compared as they stand in the payload, which no later release writes otherwise: what is recorded keeps its form.
create function ledger.names_asker(payload text) returns boolean
language sql stable parallel safe
return strpos(payload, '"funder":' || to_json(nullif(current_setting('pass.funder', true), ''))::text) > 0
    or strpos(payload, '"venue":' || to_json(nullif(current_setting('pass.venue', true), ''))::text) > 0
    or strpos(payload, '"prescriber":' || to_json(nullif(current_setting('pass.prescriber', true), ''))::text) > 0;
comment on function ledger.names_asker is
  'Whether a fact names the funder, the venue or the prescriber that asks; not true where nobody is known to ask';

create function ledger.known_things() returns text[]
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select array(
    select t.tag
      from unnest(string_to_array(current_setting('pass.things', true), chr(31))) t(tag)
     where t.tag ~ '^(receipt|credit-note|debit-note):'
       and (with carrying as materialized (select e.position from ledger.event e where e.tags && array[t.tag])
            select ledger.names_asker(f.payload)
              from ledger.event f
             where f.position = (select min(c.position) from carrying c)))
$$;
comment on function ledger.known_things is
  'Those of the tags in the setting pass.things whose first fact names the asker: what the bank tells later of a receipt, a credit note and a debit note names nobody. As the owner, since the first fact is found behind the policy that asks it';

create policy asked on ledger.event for select to pass_asker using (
  ledger.names_asker(payload) or tags && (select ledger.known_things()));
-- Whoever records, folds and audits sees all: a condition that is always true is gone once a statement is planned.
create policy recorded on ledger.event to pass_clearing using (true) with check (true);
create policy read on ledger.event for select to pass_projections, pass_reader using (true);
alter table ledger.event enable row level security;

grant usage on schema ledger to pass_asker;
grant select on ledger.event to pass_asker;
grant execute on function ledger.names_asker, ledger.known_things to pass_asker;
