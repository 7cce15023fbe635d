-- The bank closes an IBAN for venues and funders alike, so the accounts of both are kept.
comment on table projections.payee_account is 'Every account that a venue or a funder was ever paid to: which of them are one IBAN';

-- Funders' accounts were passed over before: the projection begins again.
truncate projections.funder, projections.programme, projections.agreement, projections.agreement_share,
         projections.prescriber, projections.venue, projections.point_of_service, projections.batch,
         projections.stock, projections.payee_account;
update projections.projection
   set position = 0, recorded_at = null, source_offset = -1, stopped_at = 0, stopped_reason = ''
 where name = 'registers';
