-- Facts of one type, the newest first, without reading the ledger: its own table has no such index, which every append
-- would pay for.
create index journal_fact on projections.journal (fact, position);
