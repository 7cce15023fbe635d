-- Who read what of the vault. Kept beside the administration trail, as for ever.

create table access.disclosure (
  id bigint generated always as identity,
  at timestamptz not null,
  account text not null,
  subject text not null,
  kind text not null,
  entry text not null,
  constraint disclosure_pk primary key (id)
);
revoke update, delete on access.disclosure from pass_clearing;
comment on table access.disclosure is
  'Every time that an entry of the vault was opened for somebody to read. Never changed or deleted. What the engine opens for a file to the bank or an import is not here.';
comment on column access.disclosure.id is
  'Tells one from another, and which came first.';
comment on column access.disclosure.at is
  'When it was opened, by the clock of the engine.';
comment on column access.disclosure.account is
  'The account that it was opened for.';
comment on column access.disclosure.subject is
  'Whom the entry is about, as the vault named it then: an identifier, never a name.';
comment on column access.disclosure.kind is
  'What it is, such as account or reversal-note.';
comment on column access.disclosure.entry is
  'Which entry of the vault, as facts refer to it.';
