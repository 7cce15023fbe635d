-- Titles that expired at a prescriber are in nobody's stock any more, as the accounts have it.
alter table projections.stock
  add column expired integer not null default 0 check (expired >= 0),
  drop constraint stock_balances,
  add constraint stock_balances check (handed_out + opposed + returned + expired <= delivered);
comment on table projections.stock is 'Titles at prescribers (valeurs inactives), in cheques; in stock = delivered - handed out - opposed - returned - expired';
comment on column projections.stock.expired is 'Cheques that expired in its stock';
