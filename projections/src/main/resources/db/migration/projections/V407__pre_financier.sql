-- Shares that are paid on use stand under a pre-financier's cash; amendments make further versions of a key.
alter table projections.agreement_share add column pre_financier text references projections.funder (id);
create index on projections.agreement_share (pre_financier) where pre_financier is not null;
comment on column projections.agreement_share.pre_financier is 'Whose cash covers a share that is paid on use; null for a prepaid one';
comment on column projections.agreement.starts_on is 'First day of the period, as signed';
comment on column projections.agreement.ends_on is 'Last day of the period as signed, inclusive';
