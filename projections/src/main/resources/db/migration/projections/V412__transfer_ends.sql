-- The bank may tell more than one end of a transfer: paid and come back, or paid after a rejection.
create table projections.transfer_end (
  transfer text not null references projections.transfer (id),
  position bigint not null,
  kind text not null check (kind in ('PAID', 'REJECTED', 'RETURNED')),
  ended_on date not null,
  reason text not null,
  recorded_at timestamptz not null,
  primary key (transfer, position)
);
comment on table projections.transfer_end is 'What the bank said of a transfer, as often as it said something new';
comment on column projections.transfer_end.transfer is 'End-to-end identification';
comment on column projections.transfer_end.position is 'Of the fact in the ledger';
comment on column projections.transfer_end.kind is 'PAID (booked or executed), REJECTED, or RETURNED after it was paid';
comment on column projections.transfer_end.ended_on is 'The bank''s day, Europe/Paris';
comment on column projections.transfer_end.reason is 'ISO 20022 reason of a rejection or return, else empty';
comment on column projections.transfer_end.recorded_at is 'When the fact was recorded';

insert into projections.transfer_end (transfer, position, kind, ended_on, reason, recorded_at)
select id, ended_position, state, ended_on, reason, ended_at
  from projections.transfer
 where state in ('PAID', 'REJECTED');

comment on column projections.transfer.state is 'IN_TRANSIT until the bank tells an end, then PAID or REJECTED (owed again) as it said last; CANCELLED before its release';
