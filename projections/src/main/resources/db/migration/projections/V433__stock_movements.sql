-- What a prescriber held at any position and on any day. Facts folded before are not in it: until the registers are
-- folded anew (rebuildProjection), the past of whoever held titles then is refused, and not told in part.
create table projections.stock_movement (
  prescriber text not null,
  batch integer not null,
  position bigint not null,
  happened_on date not null,
  delivered integer not null,
  handed_out integer not null,
  opposed integer not null,
  returned integer not null,
  expired integer not null,
  primary key (prescriber, batch, position)
);
comment on table projections.stock_movement is 'What each fact did to the titles of a batch at a prescriber, in cheques';
comment on column projections.stock_movement.prescriber is 'Who holds them';
comment on column projections.stock_movement.batch is 'Of which batch';
comment on column projections.stock_movement.position is 'Of the fact';
comment on column projections.stock_movement.happened_on is 'Business day of the fact, Europe/Paris';
comment on column projections.stock_movement.delivered is 'Cheques received';
comment on column projections.stock_movement.handed_out is 'Cheques given to people; below zero where that was corrected';
comment on column projections.stock_movement.opposed is 'Cheques lost or stolen from the stock';
comment on column projections.stock_movement.returned is 'Cheques sent back to the operator';
comment on column projections.stock_movement.expired is 'Cheques that expired in the stock';
