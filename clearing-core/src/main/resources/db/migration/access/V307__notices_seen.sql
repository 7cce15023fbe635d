-- What somebody has looked at. The notices themselves are told by the ledger.

create table access.notices_seen (
  account text not null,
  until bigint not null,
  constraint notices_seen_pk primary key (account),
  constraint notices_seen_of_account foreign key (account) references access.account (id),
  constraint notices_seen_until_is_a_position check (until >= 0)
);
comment on table access.notices_seen is
  'How far each account has seen what it was notified of. An account that is not here has seen nothing.';
comment on column access.notices_seen.account is
  'Who has seen them: two logins of one venue each see for themselves.';
comment on column access.notices_seen.until is
  'Position in the ledger up to which all are seen. It never goes back.';
