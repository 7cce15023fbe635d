-- A debit that the bank tells no more: the transfer is in transit again, or executed by the bank's word alone.
alter table projections.transfer_end
  drop constraint transfer_end_kind_check,
  add constraint transfer_end_kind_check
    check (kind in ('PAID', 'REJECTED', 'RETURNED', 'DEBITED', 'UNPAID', 'UNDEBITED'));
comment on column projections.transfer_end.kind is 'PAID (booked or executed), DEBITED (booked after it was executed), REJECTED, RETURNED after it was paid; UNPAID or UNDEBITED where the bank tells its debit no more';
