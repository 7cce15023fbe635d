-- Who may log in, and with what. Nothing here can be shown again: passwords and keys are kept as hashes.

create table access.account (
  id text not null,
  login text not null,
  password_hash text,
  role text not null,
  subject text not null default '',
  generation integer not null default 0,
  created_at timestamptz not null default now(),
  created_by text not null,
  disabled_at timestamptz,
  constraint account_pk primary key (id),
  constraint account_id_form check (id ~ '^[a-z0-9-]{1,40}$'),
  constraint account_login_unique unique (login),
  constraint account_login_form check (login = lower(login) and login ~ '^[^[:cntrl:][:space:]]{3,100}$'),
  constraint account_password_is_argon2id check (password_hash like '$argon2id$%'),
  constraint account_role_known check (role in ('CLERK', 'FUNDER', 'VENUE', 'PRESCRIBER', 'AUDITOR')),
  -- A venue without a subject would own nothing, a clerk with one would be held to it.
  constraint account_subject_fits_role check ((role in ('FUNDER', 'VENUE', 'PRESCRIBER')) = (subject <> ''))
);
comment on table access.account is
  'Somebody who may log in. Never deleted, since facts name it; disabled instead.';
comment on column access.account.id is
  'Kept with every fact that the account causes; random, tells nothing about a person.';
comment on column access.account.login is
  'What is typed at login; lower case. May be an e-mail address.';
comment on column access.account.password_hash is
  'Argon2id with its parameters and salt; null for an account of programs, which has API keys only.';
comment on column access.account.role is
  'CLERK, FUNDER, VENUE, PRESCRIBER or AUDITOR.';
comment on column access.account.subject is
  'The funder, venue or prescriber that the account acts for; empty for clerks and auditors.';
comment on column access.account.generation is
  'Raised by a new password and by disabling; sessions of an earlier generation have ended.';
comment on column access.account.created_at is
  'When it was created, by the clock of the database.';
comment on column access.account.created_by is
  'The account that created it, or engine.';
comment on column access.account.disabled_at is
  'Since when it may not log in and its keys do not count; null while it may.';

create table access.api_key (
  id text not null,
  account text not null,
  label text not null,
  hash bytea not null,
  prefix text not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  constraint api_key_pk primary key (id),
  constraint api_key_of_account foreign key (account) references access.account (id),
  constraint api_key_hash_unique unique (hash),
  constraint api_key_hash_is_sha256 check (octet_length(hash) = 32),
  constraint api_key_prefix_is_short check (length(prefix) between 4 and 12)
);
create index api_key_account on access.api_key (account);
comment on table access.api_key is
  'A key by which a program acts as an account. Never deleted; revoked instead.';
comment on column access.api_key.id is
  'Names the key without being it.';
comment on column access.api_key.account is
  'The account that the key acts as.';
comment on column access.api_key.label is
  'What the key is for, in its owner''s words.';
comment on column access.api_key.hash is
  'SHA-256 of the key. A key is 256 random bits, so that a slow hash would add nothing but the time.';
comment on column access.api_key.prefix is
  'Its first characters, by which its owner tells it from others.';
comment on column access.api_key.created_at is
  'When it was created, by the clock of the database.';
comment on column access.api_key.created_by is
  'The account that created it, or engine.';
comment on column access.api_key.revoked_at is
  'Since when it does not count; null while it does.';
comment on column access.api_key.last_used_at is
  'When it was used last, to within an hour; null if never.';

-- Nodes keep what they know of keys and accounts in memory, and compare this number to know whether it is still so.
create table access.revision (
  only_row boolean not null default true,
  revision bigint not null default 0,
  constraint revision_pk primary key (only_row),
  constraint revision_has_one_row check (only_row)
);
insert into access.revision default values;
comment on table access.revision is
  'One number that rises with every change that takes a right away.';
comment on column access.revision.only_row is
  'Always true: there is one row.';
comment on column access.revision.revision is
  'Rises when an account or a key is changed or taken away; a new one needs no rise, since what is not known is not kept.';

create function access.raise_revision() returns trigger language plpgsql as $$
begin
  update access.revision set revision = revision + 1;
  return null;
end
$$;
comment on function access.raise_revision() is
  'Tells the nodes that what they know of accounts and keys is no longer so.';

create trigger account_changed after update or delete on access.account
  for each statement execute function access.raise_revision();
-- Not on last_used_at, which says nothing about rights.
create trigger api_key_changed after update of account, hash, revoked_at or delete on access.api_key
  for each statement execute function access.raise_revision();
