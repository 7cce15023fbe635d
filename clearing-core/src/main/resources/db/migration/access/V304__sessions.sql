-- A browser's login, so that its owner sees it and ends it, on whichever node it is.

create table access.session (
  id text not null,
  account text not null,
  began_at timestamptz not null,
  last_seen_at timestamptz not null,
  address text not null,
  agent text not null,
  factor_shown boolean not null,
  ended_at timestamptz,
  constraint session_pk primary key (id),
  constraint session_of_account foreign key (account) references access.account (id),
  constraint session_id_form check (id ~ '^[a-z0-9-]{1,40}$'),
  constraint session_agent_is_short check (length(agent) <= 300)
);
create index session_account on access.session (account, last_seen_at);
create index session_last_seen on access.session (last_seen_at);
comment on table access.session is
  'A login in a browser. Personal data: taken away by a logout, else half a year after it was seen last.';
comment on column access.session.id is
  'Names the session without being it: what the browser holds is another, and kept nowhere.';
comment on column access.session.account is
  'Whose login it is.';
comment on column access.session.began_at is
  'When the login succeeded, by the clock of the engine.';
comment on column access.session.last_seen_at is
  'When it asked for something last, to within a minute, by the clock of the engine.';
comment on column access.session.address is
  'From which network address the login came.';
comment on column access.session.agent is
  'What the browser said that it is, shortened.';
comment on column access.session.factor_shown is
  'Whether a second factor was shown: without it no money is released where that is asked for.';
comment on column access.session.ended_at is
  'Since when it does not count, by the clock of the engine; null while it does, or where it lapsed unused.';

-- Not on last_seen_at, which says nothing about rights, nor where an update finds none or changes nothing: each
-- time all nodes forget the keys that they know. Nor on delete: of a logout its own node knows, and no other has to.
create trigger session_changed after update of ended_at, factor_shown on access.session
  for each row when (
    old.ended_at is distinct from new.ended_at or old.factor_shown is distinct from new.factor_shown)
  execute function access.raise_revision();
