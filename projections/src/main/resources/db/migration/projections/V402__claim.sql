-- One row per redeemed cheque, 16 bytes of data and one index. Its key is the second, independent guard against a
-- double redemption: it is written by what was recorded, not by who decided.
create table projections.claim (
  serial bigint primary key,
  position bigint not null
);

comment on table projections.claim is 'Which fact redeemed which cheque; a second claim of a serial stops the projection';
comment on column projections.claim.serial is 'Batch number × 2^20 + ordinal: the number that the printed serial spells in Base32';
comment on column projections.claim.position is 'Of the slip''s fact in the ledger';
