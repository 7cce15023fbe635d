-- What somebody has, beside the password that somebody knows: codes of thirty seconds (RFC 6238).

create table access.second_factor (
  account text not null,
  secret text not null,
  begun_at timestamptz not null,
  enrolled_at timestamptz,
  last_step bigint,
  constraint second_factor_pk primary key (account),
  constraint second_factor_of_account foreign key (account) references access.account (id)
);
comment on table access.second_factor is
  'The second factor of an account: one at the most.';
comment on column access.second_factor.account is
  'Whose it is.';
comment on column access.second_factor.secret is
  'Where the vault keeps what codes are computed from; it stands nowhere else.';
comment on column access.second_factor.begun_at is
  'When the secret was made, by the clock of the engine: a first code puts it in force for a quarter of an hour.';
comment on column access.second_factor.enrolled_at is
  'When a first code showed that its owner has it, by the clock of the engine; null until then, and it is asked for at no login.';
comment on column access.second_factor.last_step is
  'The thirty seconds of the last code that was taken, counted from 1970: no code of these or before is taken again.';

create table access.recovery_code (
  account text not null,
  hash bytea not null,
  used_at timestamptz,
  constraint recovery_code_pk primary key (account, hash),
  constraint recovery_code_of_factor foreign key (account) references access.second_factor (account) on delete cascade,
  constraint recovery_code_is_sha256 check (octet_length(hash) = 32)
);
comment on table access.recovery_code is
  'What stands in for a code where the second factor is lost, each once.';
comment on column access.recovery_code.account is
  'Whose it is.';
comment on column access.recovery_code.hash is
  'SHA-256 of the code, which was shown once; a code is 80 random bits.';
comment on column access.recovery_code.used_at is
  'When it was used, by the clock of the engine; null while it can be.';

-- Not on last_step, which says nothing about rights.
create trigger second_factor_changed after update of enrolled_at or delete on access.second_factor
  for each statement execute function access.raise_revision();

alter table access.api_key add column factor_shown boolean not null default true;
-- Those that an account made, by a password alone or by such a key.
update access.api_key set factor_shown = false where created_by in (select id from access.account);
-- A node of before, which knows of no factor, makes keys until it is replaced.
alter table access.api_key alter column factor_shown set default false;
comment on column access.api_key.factor_shown is
  'Whether who made it had shown a second factor, or made it on the machine itself, as the engine does: with any other no money is released where a second factor is asked for.';
drop trigger api_key_changed on access.api_key;
create trigger api_key_changed after update of account, hash, revoked_at, factor_shown or delete on access.api_key
  for each statement execute function access.raise_revision();
