-- A run may be cancelled before its release: its transfers never went to the bank.
alter table projections.transfer drop constraint transfer_state_check;
alter table projections.transfer add constraint transfer_state_check
  check (state in ('IN_TRANSIT', 'EXECUTED', 'PAID', 'REJECTED', 'RETURNED', 'CANCELLED'));
comment on column projections.transfer.state is
  'IN_TRANSIT until the bank tells its end, or CANCELLED with its run before that went to the bank';
