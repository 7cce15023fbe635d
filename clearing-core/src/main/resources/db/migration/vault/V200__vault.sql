-- What must be erasable. Content is encrypted by the application, under a key per subject; the subjects' keys are
-- encrypted under a master key that never enters the database. So neither a dump nor an administrator reads any of it.

create table vault.master_key (
  number      integer     not null,
  fingerprint text        not null,
  since       timestamptz not null default now(),
  constraint master_key_pkey primary key (number)
);
comment on table vault.master_key is
  'Which master keys the subjects'' keys are encrypted under. The keys themselves lie in files of the nodes, outside the database and its backups.';
comment on column vault.master_key.number is
  'The file is keys/vault-<number> in the data directory.';
comment on column vault.master_key.fingerprint is
  'Tells whether a node holds this key or merely one of the same name.';
comment on column vault.master_key.since is
  'When it was first used.';

create table vault.subject_key (
  id         bigint generated always as identity,
  subject    text,
  master_key integer     not null,
  wrapped    bytea,
  made_at    timestamptz not null default now(),
  erased_at  timestamptz,
  constraint subject_key_pkey primary key (id),
  constraint subject_key_under foreign key (master_key) references vault.master_key,
  constraint subject_key_is_whole_or_erased check (
    (subject is null) = (erased_at is not null) and (wrapped is null) = (erased_at is not null))
);
comment on table vault.subject_key is
  'One key per subject whom data is about. Erasing a subject empties its row: the entries stay, and nobody can read them.';
comment on column vault.subject_key.id is
  'Named by the entries.';
comment on column vault.subject_key.subject is
  'Whom the data is about, by an identifier such as a venue''s; never a name. Null once erased.';
comment on column vault.subject_key.master_key is
  'Under which the key is encrypted.';
comment on column vault.subject_key.wrapped is
  'Nonce and the subject''s key, AES-256-GCM under the master key. Null once erased.';
comment on column vault.subject_key.made_at is
  'When the first entry about the subject was sealed.';
comment on column vault.subject_key.erased_at is
  'When the key was destroyed; null while it is there.';
create unique index subject_key_one_per_subject on vault.subject_key (subject) where erased_at is null;
comment on index vault.subject_key_one_per_subject is
  'One living key per subject; a subject that comes back after it was erased gets a new one.';

create table vault.entry (
  reference   text        not null,
  subject_key bigint      not null,
  kind        text        not null,
  sealed      bytea       not null,
  sealed_at   timestamptz not null default now(),
  constraint entry_pkey primary key (reference),
  constraint entry_under foreign key (subject_key) references vault.subject_key
);
comment on table vault.entry is
  'What facts refer to. Never changed: new content is a new entry under a new reference.';
comment on column vault.entry.reference is
  'What stands in facts. Keyed digest of kind and content under the subject''s key: the same content sealed again is the same entry.';
comment on column vault.entry.subject_key is
  'The key that it is encrypted under.';
comment on column vault.entry.kind is
  'What it is, such as account or contact.';
comment on column vault.entry.sealed is
  'Nonce and content, AES-256-GCM under the subject''s key; reference, subject and kind are authenticated with it.';
comment on column vault.entry.sealed_at is
  'When it was sealed.';

-- An erased key's old row is cleared away at the next round, not when a fifth of the table has changed.
alter table vault.subject_key set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);

grant select, insert on vault.master_key, vault.subject_key, vault.entry to pass_clearing;
grant update (subject, wrapped, erased_at) on vault.subject_key to pass_clearing;
