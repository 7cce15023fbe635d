comment on column projections.rebuild.stopped_at is
  'Position of the fact that the fold cannot take; 0 while it goes on; -1 if keys could not be made or tables not compared or switched';
