-- Whether all openings and closings of accounts are kept. Not to be told from what is kept: an account may be opened anew,
-- and none need be closed. They are on a new installation, and once a rebuild of the registers that began later answers.
create table projections.accounts_kept (
  after bigint not null,
  after_rebuild bigint not null
);
comment on table projections.accounts_kept is 'One row: from where on openings and closings of accounts are kept';
comment on column projections.accounts_kept.after is
  'Position up to which facts were folded without keeping them all; 0: there is none';
comment on column projections.accounts_kept.after_rebuild is 'Number of the last rebuild that may have folded so';
insert into projections.accounts_kept
select coalesce((select p.position from projections.projection p where p.name = 'registers'), 0),
       coalesce((select max(r.number) from projections.rebuild r), 0);
