-- Claims that ended: a slip that its venue withdrew. They are few, so that the claims themselves stay two columns wide.
create table projections.released_claim (
  serial bigint not null,
  position bigint not null,
  released_position bigint not null,
  primary key (serial, position)
);
comment on table projections.released_claim is 'Redemptions that were taken back: the cheque is live again, and may be claimed again';
comment on column projections.released_claim.serial is 'Batch number × 2^20 + ordinal';
comment on column projections.released_claim.position is 'Of the slip''s fact in the ledger';
comment on column projections.released_claim.released_position is 'Of the fact that withdrew the slip';

comment on column projections.range_event.kind is 'ISSUED, ACTIVATED, DELIVERED, HANDED_OUT, OPPOSED, REPLACED …';

-- What left a prescriber's stock otherwise than by a hand-out: its register balances all the same.
alter table projections.stock
  add column opposed integer not null default 0 check (opposed >= 0),
  add column returned integer not null default 0 check (returned >= 0),
  add constraint stock_balances check (handed_out + opposed + returned <= delivered);
comment on table projections.stock is 'Titles at prescribers (valeurs inactives), in cheques; in stock = delivered - handed out - opposed - returned';
comment on column projections.stock.opposed is 'Cheques lost or stolen from the stock';
comment on column projections.stock.returned is 'Cheques sent back to the operator';

create table projections.conflict_of_interest (
  position bigint not null,
  line integer not null,
  serial bigint not null,
  prescriber text not null,
  accepted boolean not null,
  primary key (position, line)
);
comment on table projections.conflict_of_interest is 'Lines with cheques that the presenting organisation handed out itself, where the programme flags or refuses them';
comment on column projections.conflict_of_interest.position is 'Of the slip''s fact';
comment on column projections.conflict_of_interest.line is 'Of the slip, from 1';
comment on column projections.conflict_of_interest.serial is 'Batch × 2^20 + ordinal';
comment on column projections.conflict_of_interest.prescriber is 'Who handed the cheque out';
comment on column projections.conflict_of_interest.accepted is 'True where the programme flags, false where it refuses';
