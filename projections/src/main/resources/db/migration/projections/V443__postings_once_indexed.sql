-- Postings are written in the order of position, so the range that each few pages hold finds those of a fact: an index
-- entry less for each of them. The balance at a position is still the last entry at or before it, read from the one
-- index alone.
alter table projections.posting drop constraint posting_pkey;
drop index projections.posting_balance;
alter table projections.posting add constraint posting_pkey primary key (account_id, position) include (balance_cents);
create index posting_position on projections.posting using brin (position) with (pages_per_range = 32, autosummarize = on);
