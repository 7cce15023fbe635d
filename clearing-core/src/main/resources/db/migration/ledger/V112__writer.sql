create table ledger.writer (
  only_row boolean not null default true,
  session  text    not null,
  address  text    not null,
  secret   text    not null,
  constraint writer_pkey primary key (only_row),
  constraint writer_is_one_row check (only_row),
  constraint writer_address_is_bare check (address = '' or address ~ '^https?://[^/?#@[:space:]]+$')
);

comment on table ledger.writer is
  'Where the node that was elected to write is reached by the others, which forward commands to it. No part of the ledger: written anew by each election, in the session that holds the lock.';
comment on column ledger.writer.only_row is
  'Always true: there is one writer.';
comment on column ledger.writer.session is
  'The name of the session that wrote the row. The row counts only while a session of that name holds the lock of the election.';
comment on column ledger.writer.address is
  'Its pass.node.address; empty if it has none, and then nothing is forwarded.';
comment on column ledger.writer.secret is
  'Random, another with each start of a node. Who shows it with a request is a node of this ledger, and is believed on whose behalf it asks.';

-- Nobody else: who reads the secret can pass for a node, who writes the address is sent the keys of all who ask.
grant select, insert, update on ledger.writer to pass_clearing;
