-- An answer of before the first figure that differs is not told to differ.
alter table projections.rebuild add column differs_from bigint;
comment on column projections.rebuild.differs_from is
  'The first position as of which an answer may differ; null if that is not known, as of those compared before, or nothing differs';
