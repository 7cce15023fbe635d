-- A slip is looked for by the reference alone that stands on its paper, and a venue by how its name begins, whatever its
-- accents and capitals. In the order of code points, by which alone an index finds beginnings.
create index slip_by_reference on projections.slip (reference);

create function projections.folded(name text) returns text
language sql immutable strict parallel safe
return regexp_replace(lower(normalize(name, NFKD)), '[\u0300-\u036f]+', '', 'g');
comment on function projections.folded is 'A name without accents and capitals';
grant execute on function projections.folded to pass_projections, pass_reader;

create index venue_by_name on projections.venue (projections.folded(name) collate "C");
