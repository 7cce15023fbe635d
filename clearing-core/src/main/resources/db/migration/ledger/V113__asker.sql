-- Whatever a funder, a venue or a prescriber asks for is read by a role that sees the rows of its own alone. Nobody logs
-- in as it: the reader takes it on for one transaction, and cannot keep it longer.

-- An administrator who does not let the owner create roles creates it beforehand, and grants it so.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'pass_asker') then
    create role pass_asker nologin;
    comment on role pass_asker is
      'Pass numérique: reads for a funder, a venue or a prescriber what row security lets it see, writes nothing.';
  end if;
  if not pg_has_role('pass_reader', 'pass_asker', 'SET') then
    -- Not inherited: what is granted to it, the reader has by itself.
    grant pass_asker to pass_reader with inherit false, set true;
  end if;
end
$$;

grant usage on schema projections to pass_asker;
