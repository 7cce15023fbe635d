create table ledger.event (
  position    bigint      not null,
  event_id    uuid        not null,
  recorded_at timestamptz not null,
  type        text        not null,
  version     integer     not null,
  tags        text[]      not null,
  payload     text        not null,
  metadata    text        not null,
  hash        bytea       not null,
  constraint event_pkey primary key (position),
  constraint event_position_from_1 check (position > 0),
  constraint event_version_from_1 check (version > 0),
  constraint event_hash_is_sha_256 check (octet_length(hash) = 32)
);

comment on table ledger.event is
  'One row per fact, in the order in which they were recorded. Append-only: UPDATE, DELETE and TRUNCATE are refused to everybody. Positions are gapless and are given by the appender; the primary key is the fence between two appenders.';
comment on column ledger.event.position is
  'From 1, without gaps. Order of position is order of commit.';
-- No unique index: an appender that does not know whether its commit took place looks at its position, so an
-- index on random ids would cost write-ahead log on every fact and answer no question.
comment on column ledger.event.event_id is
  'Given by the node that recorded the fact; random. Not indexed: facts are looked up by position.';
comment on column ledger.event.recorded_at is
  'When it was recorded; rises strictly with position, whatever the clocks of the nodes, so that an instant names one position.';
comment on column ledger.event.type is
  'Name of the fact, explicit and stable.';
comment on column ledger.event.version is
  'Form of the payload, from 1.';
comment on column ledger.event.tags is
  'What later decisions may depend on, sorted, as key=value.';
comment on column ledger.event.payload is
  'The fact as JSON, byte for byte as it was hashed. Holds no person, IBAN or check part: references into the vault instead.';
comment on column ledger.event.metadata is
  'Who and through which command, as JSON, byte for byte as it was hashed.';
comment on column ledger.event.hash is
  'SHA-256 over the hash of the row before and every other column of this one, each preceded by its length.';

create index event_tags on ledger.event using gin (tags);
comment on index ledger.event_tags is
  'Finds the facts that a decision depends on by tag.';

-- Large payloads (slips of hundreds of lines) are compressed: by lz4, the faster one, where the server was built with it.
do $$
begin
  alter table ledger.event alter column payload set compression lz4;
exception when feature_not_supported then
  raise notice 'this server compresses with pglz only';
end
$$;

-- Rows never change, so the first vacuum may freeze them for good. It runs by number of rows, not by a share of a table
-- that only grows; the few dead rows are those of appenders that lost a position to another.
alter table ledger.event set (
  autovacuum_vacuum_insert_scale_factor = 0,
  autovacuum_vacuum_insert_threshold = 50000,
  autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.02,
  autovacuum_freeze_min_age = 0
);

create function ledger.refuse_change() returns trigger
language plpgsql
as $$
begin
  raise exception using
    errcode = 'restrict_violation',
    message = format('%s on %I.%I is refused: the ledger is append-only', tg_op, tg_table_schema, tg_table_name),
    hint = 'What was recorded is corrected by a new fact, never by changing an old one.';
end
$$;
comment on function ledger.refuse_change() is
  'Refuses whatever its trigger fires on, to everybody.';

create trigger event_is_append_only
  before update or delete or truncate on ledger.event
  for each statement execute function ledger.refuse_change();
-- Replication applies rows, not statements.
create trigger event_row_is_append_only
  before update or delete on ledger.event
  for each row execute function ledger.refuse_change();
-- Also in sessions that pose as a replica.
alter table ledger.event enable always trigger event_is_append_only;
alter table ledger.event enable always trigger event_row_is_append_only;

grant select, insert on ledger.event to pass_clearing;
grant select on ledger.event to pass_projections, pass_reader;
