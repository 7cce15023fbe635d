-- Balances by double entry. Debits are positive, credits negative; the sum over all accounts is zero.
create table projections.account (
  id bigint generated always as identity primary key,
  kind text not null,
  programme text not null,
  agreement text not null,
  funder text not null,
  funding_departement text not null,
  venue text not null,
  spending_departement text not null,
  prescriber text not null,
  unique (kind, venue, funder, agreement, funding_departement, spending_departement, prescriber, programme)
);

comment on table projections.account is
  'The accounts that facts have posted to: a kind and the dimensions that apply to it, the others empty';
comment on column projections.account.id is 'Stands for the account in the balances';
comment on column projections.account.kind is 'Of the chart of accounts, such as VENUE_PAYABLE';
comment on column projections.account.programme is 'Programme (dispositif)';
comment on column projections.account.agreement is 'Co-financing agreement (convention)';
comment on column projections.account.funder is 'Whose cents they are';
comment on column projections.account.funding_departement is 'INSEE code: the département that the order names';
comment on column projections.account.venue is 'To whom they are or were owed';
comment on column projections.account.spending_departement is 'INSEE code: where the service was given';
comment on column projections.account.prescriber is 'Who holds the titles';

create table projections.balance (
  account_id bigint primary key references projections.account (id),
  cents bigint not null,
  position bigint not null
) with (fillfactor = 50);

comment on table projections.balance is 'What each account comes to';
comment on column projections.balance.account_id is 'Which account';
comment on column projections.balance.cents is 'Debit if positive, credit if negative';
comment on column projections.balance.position is 'Of the last fact that moved it';

-- The rule that a fact's entries sum to zero lives in the fold; here the database keeps it for the table,
-- whoever writes: each statement adds what it moved to one row, and no transaction commits unless that row is zero.
create table projections.balance_sum (
  only_row boolean primary key default true check (only_row),
  cents bigint not null
);

comment on table projections.balance_sum is 'One row: the sum over all balances, kept by triggers';
comment on column projections.balance_sum.only_row is 'True: there is no second row';
comment on column projections.balance_sum.cents is 'Zero at the end of every transaction, or it is refused';

insert into projections.balance_sum (cents) values (0);

create function projections.add_inserted_balances() returns trigger language plpgsql as $$
begin
  update projections.balance_sum set cents = cents + coalesce((select sum(n.cents) from new_rows n), 0);
  return null;
end $$;

create function projections.add_changed_balances() returns trigger language plpgsql as $$
begin
  update projections.balance_sum
     set cents = cents
                 + coalesce((select sum(n.cents) from new_rows n), 0)
                 - coalesce((select sum(o.cents) from old_rows o), 0);
  return null;
end $$;

create function projections.subtract_deleted_balances() returns trigger language plpgsql as $$
begin
  update projections.balance_sum set cents = cents - coalesce((select sum(o.cents) from old_rows o), 0);
  return null;
end $$;

create function projections.forget_truncated_balances() returns trigger language plpgsql as $$
begin
  update projections.balance_sum set cents = 0;
  return null;
end $$;

create function projections.refuse_unbalanced_sum() returns trigger language plpgsql as $$
declare
  total bigint;
begin
  select s.cents into total from projections.balance_sum s;
  if total is distinct from 0 then
    raise exception 'the sum over all accounts is % cents and must be 0', coalesce(total::text, 'no')
      using errcode = 'check_violation';
  end if;
  return null;
end $$;

create trigger balances_inserted after insert on projections.balance
  referencing new table as new_rows
  for each statement execute function projections.add_inserted_balances();

create trigger balances_changed after update on projections.balance
  referencing old table as old_rows new table as new_rows
  for each statement execute function projections.add_changed_balances();

create trigger balances_deleted after delete on projections.balance
  referencing old table as old_rows
  for each statement execute function projections.subtract_deleted_balances();

create trigger balances_truncated after truncate on projections.balance
  for each statement execute function projections.forget_truncated_balances();

create constraint trigger balances_sum_to_zero after insert or update or delete on projections.balance_sum
  deferrable initially deferred
  for each row execute function projections.refuse_unbalanced_sum();
