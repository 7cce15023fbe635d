-- A run may be cancelled before its release: its transfers never went to the bank.
alter table projections.transfer drop constraint transfer_state_check;
alter table projections.transfer add constraint transfer_state_check
  check (state in ('IN_TRANSIT', 'EXECUTED', 'PAID', 'REJECTED', 'RETURNED', 'CANCELLED'));
comment on column projections.transfer.state is
  'IN_TRANSIT until the bank tells its end, or CANCELLED with its run before that went to the bank';

-- Facts that name a cheque one by one after it was accepted: few, so that a row each costs little.
create table projections.line_event (
  serial bigint not null,
  position bigint not null,
  primary key (serial, position)
);
comment on table projections.line_event is 'Facts that reverse an accepted line, lift that, net it or undo the netting';
comment on column projections.line_event.serial is 'Batch number × 2^20 + ordinal';
comment on column projections.line_event.position is 'Of the fact';
