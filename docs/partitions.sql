-- Cuts the ledger into two tables at a position: what is there becomes the first, what is recorded from
-- that position on the second. PartitionedLedgerIT does this to a filled ledger under a node that writes.
--
-- Nobody has to: see decisions/0029. As the owner, after a backup that was restored once:
--
--   psql -v first=23000000 -f partitions.sql
--
-- first: a position that is not recorded yet. A year's first fact (the DayOpened of 1 January) has no position
-- before it is recorded, so a cut lies near the turn of a year and not on it. `first` is to be well ahead of the
-- head. Then nothing is read or copied but by the second statement, which lets nodes write.
--
-- The first statement and the lock wait for whatever reads the ledger (a rebuild, an export), and while they wait
-- all that comes behind them waits too, appends among it. So neither waits for longer than 2 s: then the file ends
-- with an error, and is run again until it succeeds. What was done of it then stands, and is done again at no harm.

\set ON_ERROR_STOP on
set lock_timeout = '2s';

-- So that attaching need not read the table: the one scan, under a lock that lets nodes write.
alter table ledger.event drop constraint if exists event_before_cut;
alter table ledger.event add constraint event_before_cut check (position < :first) not valid;
alter table ledger.event validate constraint event_before_cut;

begin;
lock table ledger.event in access exclusive mode;

alter table ledger.event rename to event_1;
alter table ledger.event_1 rename constraint event_pkey to event_1_pkey;
alter index ledger.event_tags rename to event_1_tags;
-- The parent's row trigger is copied to each part under its own name, which must be free. Renamed and not dropped:
-- at no moment does a row lie unguarded.
alter trigger event_row_is_append_only on ledger.event_1 rename to event_1_row_is_append_only;

-- Columns, checks, comments and compression are those of before; neither owner, rights, triggers nor settings are.
create table ledger.event (
  like ledger.event_1 including all excluding indexes excluding constraints,
  constraint event_position_from_1 check (position > 0),
  constraint event_version_from_1 check (version > 0),
  constraint event_hash_is_sha_256 check (octet_length(hash) = 32),
  constraint event_pkey primary key (position)
) partition by range (position);
comment on table ledger.event is
  'One row per fact, in the order in which they were recorded, in one part for each range of positions. Append-only: UPDATE, DELETE and TRUNCATE are refused to everybody. Positions are gapless and are given by the appender; the primary key is the fence between two appenders.';
create index event_tags on ledger.event using gin (tags);
comment on index ledger.event_tags is
  'Finds the facts that a decision depends on by tag.';

create trigger event_is_append_only
  before update or delete or truncate on ledger.event
  for each statement execute function ledger.refuse_change();
create trigger event_row_is_append_only
  before update or delete on ledger.event
  for each row execute function ledger.refuse_change();
-- Before the first part: what is copied to a part is copied as it is then.
alter table ledger.event enable always trigger event_is_append_only;
alter table ledger.event enable always trigger event_row_is_append_only;

alter table ledger.event attach partition ledger.event_1 for values from (minvalue) to (:first);

-- The last part ends nowhere: there is a place for every position.
create table ledger.event_2 (like ledger.event including all);
comment on table ledger.event_2 is
  'The facts from a position on, a part of ledger.event.';
-- A statement that names the part is seen by the part's own trigger alone.
create trigger event_is_append_only
  before update or delete or truncate on ledger.event_2
  for each statement execute function ledger.refuse_change();
alter table ledger.event_2 enable always trigger event_is_append_only;
-- Settings are each part's own (see V101).
alter table ledger.event_2 set (
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 50000,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.02,
  autovacuum_freeze_min_age = 0
);
alter table ledger.event attach partition ledger.event_2 for values from (:first) to (maxvalue);

-- Rights are asked of the table that a statement names: nobody writes past the parent.
grant select, insert on ledger.event to pass_clearing;
grant select on ledger.event to pass_projections, pass_reader;
revoke all on ledger.event_1 from pass_clearing, pass_projections, pass_reader;
commit;

-- The next cut, which was not tried, is the same with the last part: its check added and validated first; then, under
-- the lock, it is detached, attached again up to the next position, and event_3 made as event_2 here.
