-- A row per slip and chunk of 512 neighbouring cheques instead of one per cheque: a slip's cheques come from the
-- carnets of one neighbourhood, so an index entry for each was the dearest part of a redemption.
drop table projections.claim, projections.released_claim;

create table projections.claim (
  chunk bigint not null,
  position bigint not null,
  releases bigint not null,
  cheques bytea not null,
  claimed bytea not null,
  primary key (chunk, position)
);

comment on table projections.claim is 'Which fact redeemed which cheques, and which took that back; a second claim of a cheque stops the projection';
comment on column projections.claim.chunk is 'Serial number / 512; a serial number is batch number × 2^20 + ordinal';
comment on column projections.claim.position is 'Of the fact in the ledger';
comment on column projections.claim.releases is 'The slip''s fact, where this one withdrew it and its cheques are live again; 0 where they were redeemed';
comment on column projections.claim.cheques is 'Those that the fact redeemed, or released: bit n (get_bit) is the cheque whose serial number is chunk × 512 + n';
comment on column projections.claim.claimed is 'All cheques of the chunk that are redeemed after the fact';

-- What was folded before lies in the other shape: the projection begins again.
update projections.projection
   set position = 0, recorded_at = null, source_offset = -1, stopped_at = 0, stopped_reason = ''
 where name = 'claims';
