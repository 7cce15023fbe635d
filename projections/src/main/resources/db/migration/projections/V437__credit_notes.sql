-- What a cheque that ended unused is refunded by, and when the bank booked what it had said to have paid.
create table projections.credit_note_event (
  credit_note text not null,
  position bigint not null,
  order_id text not null,
  primary key (credit_note, position)
);
create index on projections.credit_note_event (order_id) where order_id <> '';
comment on table projections.credit_note_event is 'Facts about the credit note of an order: issued, ordered to be refunded, refunded, come back';
comment on column projections.credit_note_event.credit_note is 'Its number';
comment on column projections.credit_note_event.position is 'Of the fact in the ledger';
comment on column projections.credit_note_event.order_id is 'Whose it is, where it is issued; empty for what follows';

alter table projections.transfer_end
  drop constraint transfer_end_kind_check,
  add check (kind in ('PAID', 'REJECTED', 'RETURNED', 'DEBITED'));
comment on column projections.transfer_end.kind is 'PAID (booked or executed), DEBITED (booked after it was executed), REJECTED, or RETURNED after it was paid';
