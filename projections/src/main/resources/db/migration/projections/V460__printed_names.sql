-- A slip is looked for by the reference alone that stands on its paper, and a venue by how its name begins.
create index slip_by_reference on projections.slip (reference);
create index venue_by_name on projections.venue (lower(name) text_pattern_ops);
