-- What happened to this cheque. Only what is needed to find the facts; the facts themselves tell the story.
create table projections.range_event (
  cheques int8range not null,
  position bigint not null,
  kind text not null
);
create index range_event_cheques on projections.range_event using gist (cheques);
comment on table projections.range_event is 'Facts about consecutive cheques: issuance, activation, delivery, hand-out';
comment on column projections.range_event.cheques is 'Serial numbers, batch × 2^20 + ordinal';
comment on column projections.range_event.position is 'Of the fact';
comment on column projections.range_event.kind is 'ISSUED, ACTIVATED, DELIVERED or HANDED_OUT';

create table projections.rejected_line (
  serial bigint not null,
  position bigint not null,
  line integer not null,
  verdict text not null,
  primary key (serial, position, line)
);
comment on table projections.rejected_line is 'Lines of slips that named a cheque and were rejected';
comment on column projections.rejected_line.serial is 'Batch × 2^20 + ordinal, as the line names it; its check part may have been wrong';
comment on column projections.rejected_line.position is 'Of the slip''s fact';
comment on column projections.rejected_line.line is 'Of the slip, from 1';
comment on column projections.rejected_line.verdict is 'The first reason that applied';

create table projections.slip (
  position bigint primary key,
  venue text not null,
  reference text not null,
  presented_at timestamptz not null,
  recorded_at timestamptz not null,
  accepted integer not null,
  rejected integer not null,
  accepted_cents bigint not null,
  unique (venue, reference)
);
comment on table projections.slip is 'Remittance slips (bordereaux de remise)';
comment on column projections.slip.position is 'Of the slip''s fact';
comment on column projections.slip.venue is 'Who presented it';
comment on column projections.slip.reference is 'The venue''s own';
comment on column projections.slip.presented_at is 'When the engine took it';
comment on column projections.slip.recorded_at is 'When its fact was recorded';
comment on column projections.slip.accepted is 'Accepted lines';
comment on column projections.slip.rejected is 'Rejected lines';
comment on column projections.slip.accepted_cents is 'What the accepted lines come to';

create table projections.transfer (
  id text primary key,
  run text not null,
  programme text not null,
  execution_on date not null,
  amount_cents bigint not null check (amount_cents > 0),
  opened_position bigint not null,
  opened_at timestamptz not null,
  state text not null default 'IN_TRANSIT' check (state in ('IN_TRANSIT', 'PAID', 'REJECTED')),
  ended_on date,
  reason text not null default '',
  ended_position bigint,
  ended_at timestamptz,
  check ((state = 'IN_TRANSIT') = (ended_position is null))
);
create index on projections.transfer (run);
comment on table projections.transfer is 'Credit transfers of settlement runs (règlements)';
comment on column projections.transfer.id is 'End-to-end identification';
comment on column projections.transfer.run is 'Settlement run';
comment on column projections.transfer.programme is 'Whose cheques it pays';
comment on column projections.transfer.execution_on is 'When the bank was asked to pay';
comment on column projections.transfer.amount_cents is 'Sum of its slips';
comment on column projections.transfer.opened_position is 'Of the run''s fact';
comment on column projections.transfer.opened_at is 'When that fact was recorded';
comment on column projections.transfer.state is 'IN_TRANSIT until the bank tells its end, then PAID or REJECTED';
comment on column projections.transfer.ended_on is 'Booked or rejected by the bank on this day, Europe/Paris';
comment on column projections.transfer.reason is 'ISO 20022 status reason of a rejection';
comment on column projections.transfer.ended_position is 'Of the fact that told its end';
comment on column projections.transfer.ended_at is 'When that fact was recorded';

create table projections.transfer_slip (
  transfer text not null references projections.transfer (id),
  slip_position bigint not null,
  cents bigint not null,
  primary key (slip_position, transfer)
);
comment on table projections.transfer_slip is 'Which slips a transfer pays; a rejected transfer''s slips are paid by a later one';
comment on column projections.transfer_slip.transfer is 'End-to-end identification';
comment on column projections.transfer_slip.slip_position is 'Of the slip''s fact';
comment on column projections.transfer_slip.cents is 'Accepted lines of the run''s programme';
