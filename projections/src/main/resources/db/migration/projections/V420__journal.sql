-- Balances as they stood at any position, instant or business day: every posting keeps the balance after it, so a
-- balance of long ago costs one look-up per account, as the present one does.
create table projections.journal (
  position bigint primary key,
  recorded_at timestamptz not null,
  recorded_on date not null,
  happened_on date not null,
  fact text not null,
  causes text not null
);

comment on table projections.journal is 'The two clocks of every fact, also of those that post nothing';
comment on column projections.journal.position is 'Of the fact in the ledger';
comment on column projections.journal.recorded_at is 'UTC; rises strictly with position';
comment on column projections.journal.recorded_on is 'The day of that in Europe/Paris';
comment on column projections.journal.happened_on is 'The business day in Europe/Paris; the recorded day where the fact tells none';

create unique index journal_recorded_at on projections.journal (recorded_at);

comment on column projections.journal.fact is 'Its type';
comment on column projections.journal.causes is 'What it is about, the nearest first: a line each, of a kind, a space and an identifier';

-- A fact recorded on another day than it happened lies on one side of some days by one clock and on the other side by
-- the other. Those that straddle a given day are few: bank bookings of yesterday, slips of the last second before
-- midnight.
create index journal_straddling on projections.journal
  using gist (daterange(least(recorded_on, happened_on), greatest(recorded_on, happened_on)))
  where recorded_on <> happened_on;

create table projections.posting (
  account_id bigint not null,
  position bigint not null,
  cents bigint not null check (cents <> 0),
  balance_cents bigint not null,
  primary key (position, account_id)
);

comment on table projections.posting is
  'What each fact moved on each account. Without a foreign key: a look-up per row costs more than the row, and the one writer takes the identifiers from the account table';
comment on column projections.posting.account_id is 'On which account';
comment on column projections.posting.position is 'Of the fact that moved it';
comment on column projections.posting.cents is 'Debit if positive, credit if negative; never zero';
comment on column projections.posting.balance_cents is 'What the account comes to after it';

-- The balance at a position is the last entry at or before it, read from the index alone.
create index posting_balance on projections.posting (account_id, position) include (balance_cents);

-- What funders committed themselves to, by every version of an agreement's key.
create table projections.commitment (
  agreement text not null,
  position bigint not null,
  funder text not null,
  basis_points int not null,
  ceiling_cents bigint not null,
  terms text not null,
  pre_financier text not null,
  primary key (agreement, position, funder)
);

comment on table projections.commitment is 'The shares of each version of an agreement; the last one recorded counts';
comment on column projections.commitment.agreement is 'Co-financing agreement (convention)';
comment on column projections.commitment.position is 'Of the fact that signed or amended it';
comment on column projections.commitment.funder is 'Whose share it is';
comment on column projections.commitment.basis_points is 'Of every cheque''s face value';
comment on column projections.commitment.ceiling_cents is 'The most that the share of issued cheques may come to';
comment on column projections.commitment.terms is 'PREPAID or ON_USE';
comment on column projections.commitment.pre_financier is 'Whose cash stands in for a share paid on use; empty otherwise';

-- What was folded before has no postings: the projection begins again.
truncate projections.balance, projections.account;
update projections.projection
   set position = 0, recorded_at = null, source_offset = -1, stopped_at = 0, stopped_reason = ''
 where name = 'accounts';
