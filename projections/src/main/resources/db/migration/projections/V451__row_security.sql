-- Who may see what, by the database too: a query that forgets its condition finds nothing of another's. Whose rows they
-- are is compared with settings of the transaction, which the reader sets with the role pass_asker: pass.funder,
-- pass.venue or pass.prescriber, and pass.agreement where a funder reconciles one. Nothing set, or set to nothing: no row.
-- A setting is read once for a statement, and not for every row, because it stands in a select of its own.

-- A co-financing is reconciled between its funders: of one agreement, and while it is being reconciled, each sees all.
create function projections.reconciled() returns text
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select s.agreement
    from projections.agreement_share s
   where s.agreement = nullif(current_setting('pass.agreement', true), '')
     and nullif(current_setting('pass.funder', true), '') in (s.funder, s.pre_financier)
   limit 1
$$;
comment on function projections.reconciled is
  'The agreement that the asker reconciles, if it finances it; else null. As the owner, since whose shares they are is told by the table that its policy protects';

create function projections.owing() returns text[]
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp
as $$
  select array(select distinct a.agreement
                 from projections.account a
                where a.venue = nullif(current_setting('pass.venue', true), ''))
$$;
comment on function projections.owing is
  'The agreements that the asker, a venue, was ever owed anything of';
grant execute on function projections.reconciled, projections.owing to pass_asker;

-- A policy names tables of its own projection alone, which are rebuilt and set aside with it; what it asks of others it
-- asks by these two.

create index account_venue on projections.account (venue, agreement, funder);
create index account_funder on projections.account (funder);

create policy asked on projections.account for select to pass_asker using (
  funder = (select nullif(current_setting('pass.funder', true), ''))
  or venue = (select nullif(current_setting('pass.venue', true), ''))
  or agreement = (select projections.reconciled()));

-- Whose a balance or a posting is, its account tells. Looked up for each row that costs as much as to read it, so that the
-- numbers of the asker's accounts are gathered once for a table that a statement names, by an index, and rows are looked
-- up among them.
-- Said to cost next to nothing: the planner counts it for each account that it joins, and would rather read whole tables.
create function projections.own_accounts(accounts regclass) returns setof bigint
language plpgsql stable parallel safe cost 1 rows 1 set search_path = pg_catalog, pg_temp
as $$
begin
  return query execute format(
      'select id from %s where funder = $1 union all select id from %1$s where venue = $2', accounts)
    using nullif(current_setting('pass.funder', true), ''), nullif(current_setting('pass.venue', true), '');
  if projections.reconciled() is not null then
    return query execute format('select id from %s where agreement = $1', accounts) using projections.reconciled();
  end if;
end $$;
comment on function projections.own_accounts is
  'The numbers of the accounts that the asker may see, of the table of now or of one that was set aside; with the asker''s own rights';
grant execute on function projections.own_accounts to pass_asker;

create policy asked on projections.balance for select to pass_asker using (
  account_id in (select projections.own_accounts('projections.account'::regclass)));
create policy asked on projections.posting for select to pass_asker using (
  account_id in (select projections.own_accounts('projections.account'::regclass)));

create policy asked on projections.commitment for select to pass_asker using (
  agreement = (select projections.reconciled()));

-- A funder's own, or of an agreement that a venue was ever owed anything of.
create policy asked on projections.agreement_share for select to pass_asker using (
  (select nullif(current_setting('pass.funder', true), '')) in (funder, pre_financier)
  or agreement = any ((select projections.owing())::text[]));
create policy asked on projections.agreement for select to pass_asker using (
  exists (select from projections.agreement_share s where s.agreement = id));

create policy asked on projections.stock for select to pass_asker using (
  prescriber = (select nullif(current_setting('pass.prescriber', true), '')));
create policy asked on projections.stock_movement for select to pass_asker using (
  prescriber = (select nullif(current_setting('pass.prescriber', true), '')));
create policy asked on projections.batch for select to pass_asker using (
  exists (select from projections.stock s where s.batch = number));

do $$
declare
  relation text;
begin
  foreach relation in array array['account', 'balance', 'posting', 'commitment', 'agreement_share', 'agreement', 'stock',
                                  'stock_movement', 'batch'] loop
    execute format('create policy folded on projections.%I to pass_projections using (true) with check (true)', relation);
    execute format('create policy read on projections.%I for select to pass_reader using (true)', relation);
    execute format('grant select on projections.%I to pass_asker', relation);
    execute format('alter table projections.%I enable row level security', relation);
  end loop;
end $$;

-- Clocks and types of all facts are everybody's: a moment is told by them. What a fact is about is not: it is read of
-- postings that were seen.
grant select (position, recorded_at, recorded_on, happened_on, fact) on projections.journal to pass_asker;
-- Public names.
grant select (id, name) on projections.funder, projections.programme, projections.venue to pass_asker;
grant select (id, name, departement) on projections.prescriber to pass_asker;
-- Where tables stand, and what must be said beside an answer.
grant select (name, position, recorded_at) on projections.projection to pass_asker;
grant select (number, id, projection, state, kept, compared_position, differs_from) on projections.rebuild to pass_asker;
grant select on projections.passed_over, projections.differences_accepted, projections.balance_sum to pass_asker;
