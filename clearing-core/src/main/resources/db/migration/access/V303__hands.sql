-- Whoever makes a password or a key of an account knows it, and can act as that account.

create table access.password_set (
  account text not null,
  set_by text not null,
  set_at timestamptz not null,
  constraint password_set_of_account foreign key (account) references access.account (id) on delete cascade
);
create index password_set_account on access.password_set (account);
comment on table access.password_set is
  'Every password that an account was given after its first, without the password. Never deleted but with its account.';
comment on column access.password_set.account is
  'The account whose password it is.';
comment on column access.password_set.set_by is
  'The account that set it, or engine.';
comment on column access.password_set.set_at is
  'When it was set, by the clock of the engine.';

-- Who set a clerk's later passwords was not kept; a generation beyond that of its disabling shows that there was one.
insert into access.password_set (account, set_by, set_at)
select id, id, created_at from access.account
where role = 'CLERK' and generation > case when disabled_at is null then 0 else 1 end;

create view access.hand as
with known as (
  select id as account, role = 'CLERK' as clerk, created_by,
         approval_code_hash is not null
           or exists (select from access.password_set own where own.account = id and own.set_by = id) as its_own
  from access.account
), made as (
  select account, created_by as by from known where not (clerk and its_own)
  union
  select api_key.account, api_key.created_by from access.api_key join known using (account)
  where not clerk or revoked_at is null
  union
  select password_set.account, password_set.set_by from access.password_set join known using (account)
  where not clerk
)
select account, by from made where by <> account and exists (select from access.account where id = by);
comment on view access.hand is
  'Which account can act as another, or could: who made it, or a password or a key of it. A clerk has its own account in its hands alone once it has set a password itself, or while it types the code of its approval, but for keys that another made and that count. Others who can do anything, as the engine, are no accounts and left out.';
comment on column access.hand.account is
  'The account that is in the hand.';
comment on column access.hand.by is
  'The account whose hand it is.';
