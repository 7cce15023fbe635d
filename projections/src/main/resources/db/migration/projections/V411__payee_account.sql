-- The bank closes an IBAN, for every venue that is paid to it.
create table projections.payee_account (
  account text primary key,
  fingerprint text not null
);
create index on projections.payee_account (fingerprint);
comment on table projections.payee_account is 'Every account that a venue was ever paid to: which of them are one IBAN';
comment on column projections.payee_account.account is 'Reference into the vault';
comment on column projections.payee_account.fingerprint is 'Keyed digest of the IBAN: equal for equal IBANs';

alter table projections.venue add column account_position bigint not null default 0;
create index on projections.venue (account) where account <> '';
comment on column projections.venue.account_position is 'Of the fact that opened the account in force; 0 while there was none';
