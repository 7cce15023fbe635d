-- How far each slip is on its way to the venue's account, so that lists ask an index and not the ledger. Beside the
-- table of slips and not in it: that one only grows, and is written in bulk without keys when it is folded anew.
create table projections.slip_state (
  position bigint primary key,
  venue text not null,
  state text not null
    check (state in ('REJECTED', 'WAIVED', 'ACCEPTED', 'WITHDRAWN', 'IN_RUN', 'PAID', 'OWED_AGAIN')),
  with_rejected boolean not null,
  presented_at timestamptz not null
);
comment on table projections.slip_state is 'How far each slip is; listed by when it was presented';
comment on column projections.slip_state.position is 'Of the slip''s fact';
comment on column projections.slip_state.venue is 'Who presented it';
comment on column projections.slip_state.state is
  'REJECTED without an accepted line, WAIVED if the venue waives its pay for all of them, ACCEPTED until a transfer is to pay it, WITHDRAWN; IN_RUN while a transfer is on its way, OWED_AGAIN if the last one came to nothing, else PAID';
comment on column projections.slip_state.with_rejected is 'Whether a line was rejected';
comment on column projections.slip_state.presented_at is 'When the engine took it';

create index slip_state_all on projections.slip_state (presented_at, position);
create index slip_state_venue on projections.slip_state (venue, presented_at, position);
create index slip_state_state on projections.slip_state (state, presented_at, position);
create index slip_state_rejected on projections.slip_state (presented_at, position) where with_rejected;

-- Whom a transfer pays: several venues that share an IBAN.
create table projections.transfer_venue (
  venue text not null,
  opened_position bigint not null,
  transfer text not null references projections.transfer (id),
  slips integer not null,
  cents bigint not null,
  primary key (venue, opened_position, transfer)
);
create index on projections.transfer_venue (transfer);
comment on table projections.transfer_venue is 'Whom a transfer pays: several venues that share an IBAN';
comment on column projections.transfer_venue.venue is 'One of them';
comment on column projections.transfer_venue.opened_position is 'Of the run''s fact, as the transfer has it';
comment on column projections.transfer_venue.transfer is 'End-to-end identification';
comment on column projections.transfer_venue.slips is 'How many of its slips it pays';
comment on column projections.transfer_venue.cents is 'What it is paid by this transfer';

create index on projections.transfer_slip (transfer);
drop index projections.transfer_run_idx;
create index transfer_run on projections.transfer (run, opened_position, id);
create index transfer_all on projections.transfer (opened_position, id);
create index transfer_state on projections.transfer (state, opened_position, id);

-- What was folded before, from what is kept of it. What a lifted reversal owed again is of no slip here, and comes with
-- the next rebuild.
insert into projections.transfer_venue (venue, opened_position, transfer, slips, cents)
select s.venue, t.opened_position, t.id, count(*), sum(p.cents)
  from projections.transfer_slip p
  join projections.slip s on s.position = p.slip_position
  join projections.transfer t on t.id = p.transfer
 group by 1, 2, 3;

with last as (
  select distinct on (p.slip_position, t.programme) p.slip_position, t.state
    from projections.transfer_slip p join projections.transfer t on t.id = p.transfer
   where t.state <> 'CANCELLED'
   order by p.slip_position, t.programme, t.opened_position desc, t.id desc),
far as (
  select slip_position, case when bool_or(state = 'IN_TRANSIT') then 'IN_RUN'
                             when bool_or(state = 'REJECTED') then 'OWED_AGAIN' else 'PAID' end as state
    from last group by 1),
withdrawn as (select distinct releases as position from projections.claim where releases > 0)
insert into projections.slip_state (position, venue, state, with_rejected, presented_at)
select s.position, s.venue,
       case when w.position is not null then 'WITHDRAWN' when s.accepted = 0 then 'REJECTED'
            when s.accepted_cents = 0 then 'WAIVED' else coalesce(far.state, 'ACCEPTED') end,
       s.rejected > 0, s.presented_at
  from projections.slip s
  left join far on far.slip_position = s.position
  left join withdrawn w on w.position = s.position;
