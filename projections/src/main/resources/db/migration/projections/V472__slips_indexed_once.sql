-- What each slip pays for in the log is looked for without it. A slip's reference is found alone by the index that
-- keeps it unique, with the reference in front; and facts of the type that most are need no index of their own: going
-- down the positions meets one at every few steps.
drop index projections.slip_by_reference;
alter table projections.slip drop constraint slip_venue_reference_key;
alter table projections.slip add unique (reference, venue);

drop index projections.journal_fact;
create index journal_fact on projections.journal (fact, position) where fact <> 'SlipJudged';
