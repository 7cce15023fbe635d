package fr.passnumerique.loadtest.peak;

/**
 * The tables and the statements that a careful engineer would write without a ledger: a row per
 * cheque that changes when the cheque is spent, a row per slip, a balance per venue, flow and
 * funder; one statement for a slip, and one for all slips that wait at the same moment.
 *
 * <p>Made as strong as we can ({@link RivalVariants} has what else was tried), where it costs the
 * rival something we do:
 *
 * <ul>
 *   <li>the check part is stored and compared, which gives the secret away with the table; we
 *       compute an HMAC per line;
 *   <li>a cheque's cents per funder are dealt beforehand (a pattern, since they repeat every ten
 *       cheques);
 *   <li>a slip's lines are arrays in its row, not a row each;
 *   <li>no foreign key from the cheque to its slip, which would cost a look-up and a lock per line;
 *   <li>cheques are updated in place (HOT, no index holds what changes), in order of serial, each
 *       row touched once;
 *   <li>balances are kept per venue, so that two slips meet in a row only if they are of one venue;
 *       what a funder owes is the sum over them;
 *   <li>whether a slip is known costs one index probe; two sent at the same moment are kept apart
 *       by the unique key, and the loser reads the winner's answer;
 *   <li>one round trip, prepared once, planned once.
 * </ul>
 */
final class RivalSchema {
  /** Numbers of verdicts are those of the order of precedence, from 0. */
  static final String TABLES =
      """
      create schema rival;
      set search_path = rival;

      create table funder (
        id   integer primary key,
        code text not null unique
      );

      create table agreement (
        id   integer primary key,
        code text not null unique
      );

      create table departement (
        id   integer primary key,
        code text not null unique
      );

      create table venue (
        id            integer primary key,
        siret         text not null unique,
        labelled_from date not null,
        labelled_till date not null default 'infinity'
      );

      create table site (
        id          integer primary key,
        venue       integer not null references venue,
        code        text not null unique,
        departement integer not null references departement
      );

      create table batch (
        id                   integer primary key,
        agreement            integer not null references agreement,
        funding_departement  integer not null references departement,
        face_value_cents     integer not null check (face_value_cents > 0),
        presentation_window  integer not null,
        last_presentation    date not null,
        services             bit varying not null,
        territory            bit varying not null
      );
      comment on column batch.last_presentation is 'J and the tolerance';
      comment on column batch.services is 'one bit per service, by number';
      comment on column batch.territory is 'one bit per département of spending, by id';

      create table split (
        pattern integer not null,
        funder  integer not null references funder,
        cents   integer not null check (cents > 0),
        primary key (pattern, funder)
      );
      comment on table split is 'what a cheque''s cents come to per funder; each cheque names a pattern';

      create table cheque (
        serial        bigint   not null,
        slip          bigint,
        check_part    integer  not null,
        handed_out_on date,
        last_day      date,
        redeemed_on   date,
        pattern       smallint not null,
        status        smallint not null,
        activated     boolean  not null,
        constraint cheque_pkey primary key (serial),
        constraint cheque_status check (status between 0 and 3),
        constraint redeemed_by_a_slip check ((status = 2) = (slip is not null and redeemed_on is not null)),
        constraint handed_out_with_dates check (status = 0 or (handed_out_on is not null and last_day is not null))
      ) with (fillfactor = 85);
      comment on column cheque.serial is 'batch in the upper bits, ordinal in the lower 20';
      comment on column cheque.status is '0 in stock, 1 handed out, 2 redeemed, 3 opposed';

      create sequence slip_id cache 50;

      create table slip (
        id             bigint      not null,
        presented_at   timestamptz not null,
        venue          integer     not null references venue,
        accepted_lines integer     not null check (accepted_lines >= 0),
        accepted_cents bigint      not null check (accepted_cents >= 0),
        reference      text        not null,
        content_digest bytea       not null,
        places         smallint[]  not null,
        serials        bigint[]    not null,
        sites          integer[]   not null,
        served_on      integer[]   not null,
        services       smallint[]  not null,
        refused        smallint[]  not null,
        verdicts       smallint[]  not null,
        explained_on   date[]      not null,
        constraint slip_pkey primary key (id),
        constraint slip_reference_used_once unique (venue, reference)
      );
      comment on table slip is 'lines are held as arrays of equal length, in order of serial; places tell the slip''s own order. Lines that are not refused are accepted';
      comment on column slip.refused is 'places of the lines that verdicts and explained_on are of';

      create table owed (
        venue                integer not null references venue,
        agreement            integer not null references agreement,
        funding_departement  integer not null references departement,
        spending_departement integer not null references departement,
        funder               integer not null references funder,
        cents                bigint  not null check (cents >= 0),
        primary key (venue, agreement, funding_departement, spending_departement, funder)
      ) with (fillfactor = 50);
      """;

  /** The columns of a line, beside its number among those that are presented at once. */
  private static final String LINE =
      """
      u.place, u.serial, u.check_part, u.service, u.may_be_spent, u.repeats,
      date '1970-01-01' + u.served_on as served_on,
      date '1970-01-01' + u.served_on >= t.labelled_from
        and date '1970-01-01' + u.served_on < t.labelled_till as labelled,
      t.id as slip, t.venue, t.today,
      (select s.departement from site s where s.id = u.site and s.venue = t.venue) as departement
      """;

  /**
   * Redeems the cheques that may be, and says of each other line why not: written once, so that a
   * slip is judged alike whether it is presented by itself or with others.
   */
  private static final String JUDGED =
      """
      spent as (
        update cheque c
           set status = 2, redeemed_on = l.today, slip = l.slip
          from line l
          join batch b on b.id = (l.serial >> 20)::integer
         where c.serial = l.serial
           and l.may_be_spent
           and l.served_on <= l.today
           and l.labelled
           and get_bit(b.services, l.service) = 1
           and get_bit(b.territory, l.departement) = 1
           and l.today <= least(l.served_on + b.presentation_window, b.last_presentation)
           and c.check_part = l.check_part
           and c.status = 1
           and c.activated
           and l.served_on between c.handed_out_on and c.last_day
        returning l.n, l.slip, l.venue, l.departement, b.id as batch, b.face_value_cents, c.pattern
      ), judged as materialized (
        select l.slip, l.place,
               (case
                 when l.repeats
                      and exists (select
                                    from line e
                                   where e.slip = l.slip and e.serial = l.serial and e.place < l.place
                                     and e.check_part = c.check_part) then 1
                 when c.serial is null then 2
                 when c.check_part <> l.check_part then 3
                 when l.served_on > l.today then 4
                 when c.status = 2 then 5
                 when c.status = 3 then 6
                 when not c.activated then 7
                 when c.status = 0 then 8
                 when l.served_on < c.handed_out_on then 9
                 when l.served_on > c.last_day then 10
                 when l.today > least(l.served_on + b.presentation_window, b.last_presentation) then 11
                 when not l.labelled then 12
                 when get_bit(b.services, l.service) = 0 then 13
                 when get_bit(b.territory, l.departement) = 0 then 14
                 else 5
               end)::smallint as verdict,
               case
                 when c.status = 2 then c.redeemed_on
                 when l.served_on < c.handed_out_on then c.handed_out_on
                 when l.served_on > c.last_day then c.last_day
               end as explained_on
          from line l
          left join cheque c on c.serial = l.serial
          left join batch b on b.id = (c.serial >> 20)::integer
         where l.n not in (select n from spent)
      ),
      """;

  /** What is owed for the cheques that were redeemed. */
  private static final String POSTED =
      """
      posted as (
        insert into owed as o
               (venue, agreement, funding_departement, spending_departement, funder, cents)
        select g.venue, b.agreement, b.funding_departement, g.departement, p.funder, sum(p.cents * g.cheques)
          from (select venue, batch, departement, pattern, count(*) as cheques
                  from spent
                 group by venue, batch, departement, pattern) g
          join batch b on b.id = g.batch
          join split p on p.pattern = g.pattern
         group by g.venue, b.agreement, b.funding_departement, g.departement, p.funder
         order by g.venue, b.agreement, b.funding_departement, g.departement, p.funder
        on conflict (venue, agreement, funding_departement, spending_departement, funder)
        do update set cents = o.cents + excluded.cents
      )
      """;

  /**
   * Judges a slip and records it, or answers what was recorded.
   *
   * <p>Parameters: venue, reference, content digest, presented at, today; then, in order of serial,
   * the lines' places, serials, check parts, sites, service days, services, whether the line may be
   * spent at all (false for one that repeats an earlier line) and whether an earlier line has the
   * same serial.
   *
   * <p>All parts see one snapshot. A cheque that another slip spends meanwhile is waited for by the
   * update, which then leaves it alone; the snapshot still shows it unspent, and the last branch of
   * the verdict says what that means. Every slip locks cheques in order of serial, then its own
   * reference, then balances in order of their key: no deadlock as long as the plan keeps the
   * order, which is looked at before each run.
   */
  static final String SUBMIT =
      """
      with given as materialized (
        select ?::integer as venue, ?::text as reference, ?::bytea as content_digest,
               ?::timestamptz as presented_at, ?::date as today,
               ?::smallint[] as places, ?::bigint[] as serials, ?::integer[] as check_parts,
               ?::integer[] as sites, ?::integer[] as served_on, ?::smallint[] as services,
               ?::boolean[] as may_be_spent, ?::boolean[] as repeats
      ), known as materialized (
        select s.refused, s.verdicts, s.explained_on, s.accepted_cents, s.content_digest
          from given g
          join slip s on s.venue = g.venue and s.reference = g.reference
      ), ticket as materialized (
        select nextval('slip_id') as id, v.labelled_from, v.labelled_till, g.*
          from given g
          join venue v on v.id = g.venue
         where not exists (select from known)
      ), line as materialized (
        select u.n,
      """
          + LINE
          + """
              from ticket t
             cross join lateral
                   unnest(t.places, t.serials, t.check_parts, t.sites, t.served_on, t.services, t.may_be_spent,
                          t.repeats)
                   with ordinality as u(place, serial, check_part, site, served_on, service, may_be_spent, repeats, n)
          ),
          """
          + JUDGED
          + """
          recorded as (
            insert into slip (id, venue, reference, content_digest, presented_at, accepted_lines, accepted_cents,
                              places, serials, sites, served_on, services, refused, verdicts, explained_on)
            select t.id, t.venue, t.reference, t.content_digest, t.presented_at,
                   (select count(*) from spent), (select coalesce(sum(face_value_cents), 0) from spent),
                   t.places, t.serials, t.sites, t.served_on, t.services,
                   array(select place from judged), array(select verdict from judged),
                   array(select explained_on from judged)
              from ticket t
            returning refused, verdicts, explained_on, accepted_cents, content_digest
          ),
          """
          + POSTED
          + """
          select refused, verdicts, explained_on, accepted_cents, content_digest, true as already
            from known
          union all
          select refused, verdicts, explained_on, accepted_cents, content_digest, false
            from recorded
          """;

  /**
   * The same for several slips at once, none of them twice.
   *
   * <p>Parameters: the slips' venues, references, content digests and, counted through all lines,
   * the number of each one's last line; presented at, today; then the lines' columns as for one
   * slip, slip after slip.
   *
   * <p>A cheque that two of the slips present is updated once, for one of them: they came at the
   * same moment, so it does not matter for which. Cheques, slips and balances are locked in one
   * order as above, so that several such statements may run at once.
   */
  static final String SUBMIT_TOGETHER =
      """
      with given as materialized (
        select g.*, lag(g.last, 1, 0) over (order by g.i) + 1 as first
          from unnest(?::integer[], ?::text[], ?::bytea[], ?::integer[])
               with ordinality as g(venue, reference, content_digest, last, i)
      ), column_of as materialized (
        select ?::timestamptz as presented_at, ?::date as today,
               ?::smallint[] as places, ?::bigint[] as serials, ?::integer[] as check_parts,
               ?::integer[] as sites, ?::integer[] as served_on, ?::smallint[] as services,
               ?::boolean[] as may_be_spent, ?::boolean[] as repeats
      ), known as materialized (
        select g.i, s.venue, s.reference, s.refused, s.verdicts, s.explained_on, s.accepted_cents, s.content_digest
          from given g
          join slip s on s.venue = g.venue and s.reference = g.reference
      ), ticket as materialized (
        select g.first, nextval('slip_id') as id, v.labelled_from, v.labelled_till, g.venue, g.reference,
               g.content_digest, c.presented_at, c.today,
               c.places[g.first:g.last] as places, c.serials[g.first:g.last] as serials,
               c.check_parts[g.first:g.last] as check_parts, c.sites[g.first:g.last] as sites,
               c.served_on[g.first:g.last] as served_on, c.services[g.first:g.last] as services,
               c.may_be_spent[g.first:g.last] as may_be_spent, c.repeats[g.first:g.last] as repeats
          from given g
         cross join column_of c
          join venue v on v.id = g.venue
         where g.i not in (select i from known)
         order by g.venue, g.reference
      ), line as materialized (
        select t.first + u.place as n,
      """
          + LINE
          + """
              from ticket t
             cross join lateral
                   unnest(t.places, t.serials, t.check_parts, t.sites, t.served_on, t.services, t.may_be_spent,
                          t.repeats)
                   as u(place, serial, check_part, site, served_on, service, may_be_spent, repeats)
             order by u.serial
          ),
          """
          + JUDGED
          + """
          tally as materialized (
            select slip, count(*) as lines, sum(face_value_cents) as cents
              from spent
             group by slip
          ), refusals as materialized (
            select slip, array_agg(place) as places, array_agg(verdict) as verdicts,
                   array_agg(explained_on) as explained_on
              from judged
             group by slip
          ), recorded as (
            insert into slip (id, venue, reference, content_digest, presented_at, accepted_lines, accepted_cents,
                              places, serials, sites, served_on, services, refused, verdicts, explained_on)
            select t.id, t.venue, t.reference, t.content_digest, t.presented_at,
                   coalesce(y.lines, 0), coalesce(y.cents, 0),
                   t.places, t.serials, t.sites, t.served_on, t.services,
                   coalesce(r.places, '{}'), coalesce(r.verdicts, '{}'), coalesce(r.explained_on, '{}')
              from ticket t
              left join tally y on y.slip = t.id
              left join refusals r on r.slip = t.id
            returning venue, reference, refused, verdicts, explained_on, accepted_cents, content_digest
          ),
          """
          + POSTED
          + """
          select venue, reference, refused, verdicts, explained_on, accepted_cents, content_digest, true as already
            from known
          union all
          select venue, reference, refused, verdicts, explained_on, accepted_cents, content_digest, false
            from recorded
          """;

  /** The loser of two sendings at the same moment reads what the winner recorded. */
  static final String RECORDED =
      """
      select refused, verdicts, explained_on, accepted_cents, content_digest, true as already
        from slip
       where venue = ? and reference = ?
      """;

  private RivalSchema() {}
}
