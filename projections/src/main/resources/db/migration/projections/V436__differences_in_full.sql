-- What two people accept is told row by row.
alter table projections.rebuild_difference
  add column position bigint,
  add column what text not null default '',
  add column text_before text,
  add column text_after text;
comment on table projections.rebuild_difference is 'All that differed when a rebuild was compared last';
comment on column projections.rebuild_difference.place is 'In order of source, key and position, from 1';
comment on column projections.rebuild_difference.key is 'Which row, or what is summed';
comment on column projections.rebuild_difference.position is 'Of the fact that the row is of; null if it is of no single one';
comment on column projections.rebuild_difference.what is 'Which field of the row; empty for a sum that no row explains';
comment on column projections.rebuild_difference.text_before is 'Of a field that is no number, as before';
comment on column projections.rebuild_difference.text_after is 'Of a field that is no number, as after';
