-- Who changed whose account, and how. Whoever may log in is no part of the ledger; that it was changed is kept as for ever.

create table access.administration (
  id bigint generated always as identity,
  at timestamptz not null,
  act text not null,
  account text not null,
  by text not null,
  detail text not null,
  constraint administration_pk primary key (id),
  constraint administration_of_account foreign key (account) references access.account (id),
  constraint administration_act_form check (act ~ '^[A-Z_]{1,40}$'),
  constraint administration_detail_is_short check (length(detail) <= 100)
);
create index administration_account on access.administration (account, id);
revoke update, delete on access.administration from pass_clearing;
comment on table access.administration is
  'The administration trail: every change of an account, its keys, its second factor and its sessions. Never changed or deleted.';
comment on column access.administration.id is
  'Tells one from another, and which came first.';
comment on column access.administration.at is
  'When it was done, by the clock of the engine.';
comment on column access.administration.act is
  'What was done.';
comment on column access.administration.account is
  'The account that it was done to.';
comment on column access.administration.by is
  'The account that did it, or engine.';
comment on column access.administration.detail is
  'What it was done with: a role, a key''s or a session''s identifier, a number; never a name, an address or a secret. May be empty.';

-- What is known of before. Who disabled an account or revoked a key was not kept.
insert into access.administration (at, act, account, by, detail)
select * from (
  select created_at as at, 'ACCOUNT_CREATED', id, created_by, role from access.account
  union all
  select approved_at, 'ACCOUNT_APPROVED', id, approved_by, '' from access.account where approved_at is not null
  union all
  select set_at, 'PASSWORD_CHANGED', account, set_by, '' from access.password_set
  union all
  select created_at, 'KEY_MADE', account, created_by, id from access.api_key
) as known order by at;
