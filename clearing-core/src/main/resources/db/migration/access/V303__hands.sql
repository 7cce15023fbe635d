-- Whoever makes a password or a key of an account knows it, and can act as that account.

create table access.password_set (
  id bigint generated always as identity,
  account text not null,
  set_by text not null,
  set_at timestamptz not null,
  constraint password_set_pk primary key (id),
  constraint password_set_of_account foreign key (account) references access.account (id)
);
create index password_set_account on access.password_set (account);
revoke update, delete on access.password_set from pass_clearing;
comment on table access.password_set is
  'Every password that an account was given after its first, without the password. Never changed or deleted.';
comment on column access.password_set.id is
  'Tells one from another.';
comment on column access.password_set.account is
  'The account whose password it is.';
comment on column access.password_set.set_by is
  'The account that set it, or engine.';
comment on column access.password_set.set_at is
  'When it was set, by the clock of the engine.';

-- Who set a clerk's later passwords was not kept; a generation beyond that of its disabling shows that there was one.
-- Where a key counts that another made, the account is not its own all the same.
insert into access.password_set (account, set_by, set_at)
select id, id, created_at from access.account
where role = 'CLERK' and generation > case when disabled_at is null then 0 else 1 end
  and not exists (
    select from access.api_key
    where api_key.account = account.id and revoked_at is null and api_key.created_by <> account.id
      and api_key.created_by in (select id from access.account));

alter table access.account
  add column first_password_hash text,
  add constraint account_first_password_is_argon2id check (first_password_hash like '$argon2id$%');
comment on column access.account.first_password_hash is
  'Of a clerk: the password that another gave it with the account, as it is hashed; none of its own is the same. Null where there was none, or it was replaced before this was kept.';
update access.account set first_password_hash = password_hash
where role = 'CLERK' and generation = case when disabled_at is null then 0 else 1 end;

create view access.hand as
with known as (
  select account.id as account, created_by, created_at, role = 'CLERK' as clerk,
         coalesce(approved_by <> 'engine', false) as let_in_by_two, min(own.set_at) as own_since
  from access.account left join access.password_set own on own.account = account.id and own.set_by = account.id
  group by account.id
), made (account, by, at) as (
  select account, created_by, created_at from known
  where not clerk or not let_in_by_two and own_since is null
  union all
  -- A clerk's of before its first own password are revoked by that.
  select account, api_key.created_by, api_key.created_at from access.api_key join known using (account)
  where not clerk or own_since is null
  union all
  select account, set_by, set_at from access.password_set join known using (account)
  where not clerk
), hand (account, by) as (
  select account, by from made
  union
  -- What a clerk made before its account was its own, its maker may have made.
  select made.account, clerk.created_by from made join known clerk on clerk.account = made.by
  where clerk.clerk and not let_in_by_two and (own_since is null or at <= own_since)
)
select account, by from hand where by <> account and exists (select from access.account where id = by);
comment on view access.hand is
  'Which account can act as another, or could: who made it, or a password or a key of it. A clerk whom two let in has its account in its hands alone; another once it has set a password itself. Others who can do anything, as the engine, are no accounts and left out.';
comment on column access.hand.account is
  'The account that is in the hand.';
comment on column access.hand.by is
  'The account whose hand it is.';
