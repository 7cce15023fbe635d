-- The header Idempotency-Key: what a key came with first.

create table access.idempotency_key (
  account text not null,
  key bytea not null,
  operation text not null,
  request text not null,
  name uuid not null default gen_random_uuid(),
  first_at timestamptz not null default now(),
  constraint idempotency_key_pk primary key (account, key),
  constraint idempotency_key_of_account foreign key (account) references access.account (id),
  constraint idempotency_key_is_sha256 check (octet_length(key) = 32),
  constraint idempotency_key_request_is_a_digest check (length(request) between 1 and 100)
);
create index idempotency_key_first_at on access.idempotency_key (first_at);
comment on table access.idempotency_key is
  'A request that came with an Idempotency-Key: the same key with another request is refused for thirty days. Held for that long at least, and taken away by later ones.';
comment on column access.idempotency_key.account is
  'Whose key it is: the keys of two accounts never meet.';
comment on column access.idempotency_key.key is
  'SHA-256 of the key as it was sent; what a client writes into it is not kept.';
comment on column access.idempotency_key.operation is
  'Method and address of the operation that it came with, with the names of the variables.';
comment on column access.idempotency_key.request is
  'Digest of the whole request under the vault''s master key: a body may hold a password or a check part, which nobody shall try against it.';
comment on column access.idempotency_key.name is
  'Names what the request makes where the engine chooses the name, so that it is made once.';
comment on column access.idempotency_key.first_at is
  'When it came first, by the clock of the database: it says how long to wait, not when something happened.';

comment on column access.account.created_at is
  'When it was created, by the clock of the engine.';
comment on column access.account.disabled_at is
  'Since when it may not log in and its keys do not count, by the clock of the engine; null while it may.';
comment on column access.api_key.created_at is
  'When it was created, by the clock of the engine.';
comment on column access.api_key.revoked_at is
  'Since when it does not count, by the clock of the engine; null while it does.';
comment on column access.api_key.last_used_at is
  'When it was used last, to within an hour, by the clock of the engine; null if never.';
