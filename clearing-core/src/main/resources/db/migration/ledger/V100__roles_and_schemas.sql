-- Four roles, and what each may touch. The role that runs this owns it all; no node runs as that role.

-- An administrator who does not let the owner create roles creates these three beforehand.
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'pass_clearing') then
    create role pass_clearing login;
    comment on role pass_clearing is
      'Pass numérique: decides and appends. Reads and extends the ledger, reads and writes accounts and vault.';
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'pass_projections') then
    create role pass_projections login;
    comment on role pass_projections is
      'Pass numérique: derives. Reads the ledger, reads and writes the projections.';
  end if;
  if not exists (select from pg_catalog.pg_roles where rolname = 'pass_reader') then
    create role pass_reader login;
    comment on role pass_reader is
      'Pass numérique: reads the ledger and the projections, writes nothing.';
  end if;
end
$$;

create schema ledger;
comment on schema ledger is
  'The only truth: one append-only table of facts. All else is derived from it, but for vault and access.';
create schema vault;
comment on schema vault is
  'What must be erasable (IBANs, contacts, sole traders'' data), encrypted per subject; facts refer to it. The keys lie outside the database.';
create schema access;
comment on schema access is
  'Who may log in: accounts, API keys, sessions.';
create schema projections;
comment on schema projections is
  'What is derived from the ledger, and can be thrown away and rebuilt from it.';

revoke all on schema public from public;

grant usage on schema ledger to pass_clearing, pass_projections, pass_reader;
grant usage on schema vault to pass_clearing;
grant usage on schema access to pass_clearing;
grant usage on schema projections to pass_projections, pass_reader;

-- Rights on the ledger's tables are granted one by one, with each table.
alter default privileges in schema access
  grant select, insert, update, delete on tables to pass_clearing;
alter default privileges in schema access
  grant usage on sequences to pass_clearing;
-- A rebuild empties its tables first.
alter default privileges in schema projections
  grant select, insert, update, delete, truncate on tables to pass_projections;
alter default privileges in schema projections
  grant usage on sequences to pass_projections;
alter default privileges in schema projections
  grant select on tables to pass_reader;
-- A function may be called by anybody unless this is said.
alter default privileges revoke execute on functions from public;

-- Each node compares the history of migrations with its own before it starts.
grant usage on schema pass_migrations to pass_clearing, pass_projections, pass_reader;
grant select on all tables in schema pass_migrations to pass_clearing, pass_projections, pass_reader;
