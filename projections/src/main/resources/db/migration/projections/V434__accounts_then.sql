-- Which account a venue had at any position. Facts folded before are not in it: until the registers are folded anew
-- (rebuildProjection), the register of venues as of then is refused, and not told in part.
create table projections.account_opening (
  position bigint primary key,
  account text not null,
  venue text
);
create index on projections.account_opening (venue, position desc);
create index on projections.account_opening (account);
comment on table projections.account_opening is 'Each time that an account was opened to pay or refund somebody';
comment on column projections.account_opening.position is 'Of the fact';
comment on column projections.account_opening.account is 'Reference into the vault';
comment on column projections.account_opening.venue is 'Which is paid to it; null for a funder''s';

create table projections.account_closing (
  position bigint primary key,
  account text not null
);
create index on projections.account_closing (account);
comment on table projections.account_closing is 'Each time that the bank closed an account, and with it all of its IBAN';
comment on column projections.account_closing.position is 'Of the fact: a transfer or refund that was rejected or came back';
comment on column projections.account_closing.account is 'Reference into the vault';
