package fr.passnumerique.projections.registers;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException.Why;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.VenueRegister.Filter;
import fr.passnumerique.projections.registers.VenueRegister.Page;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The register of venues as it stood. Two clocks: of descriptions, identifications and accounts
 * what was recorded up to a position, of labels also what a committee's decisions held for a day.
 *
 * <p>Descriptions have no day of their own: a list says where a venue works, not since when.
 */
final class PastVenues {
  /** By the position of the list that described it. */
  private static final VenueRows<Long> THEN =
      new VenueRows<>(Long.class, "bigint", "projections.listed_point", "position");

  private final Snapshot snapshot;
  private final ToLongFunction<AsOf> positions;

  /**
   * @param positions the last position that counts as of a moment, or {@link UntoldMomentException}
   */
  PastVenues(Snapshot snapshot, ToLongFunction<AsOf> positions) {
    this.snapshot = snapshot;
    this.positions = positions;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  PastVenues of(@Nullable Generation replaced) {
    return replaced == null ? this : new PastVenues(snapshot.of(replaced), positions);
  }

  /**
   * As {@link VenueRegister#read}, as of a moment.
   *
   * @param moment with a business date, labels are those of that day: {@code labelledFrom} is the
   *     first day of the label that holds on it. Without, they are what was decided last, as they
   *     were shown then
   * @throws UntoldMomentException if the moment cannot be told, or the tables have not all that was
   *     recorded until then
   */
  Page read(Filter filter, String after, int limit, AsOf moment) {
    long told = positions.applyAsLong(moment);
    return snapshot.read(
        connection -> {
          long position = position(connection, moment, told);
          List<Venue> venues =
              venues(connection, filter, after, limit + 1, position, moment.businessDate());
          boolean more = venues.size() > limit;
          List<Venue> page = more ? List.copyOf(venues.subList(0, limit)) : venues;
          return new Page(
              position,
              StockRegister.recordedAt(connection, position),
              page,
              more ? page.getLast().venue() : null,
              snapshot.caveats(connection, position, RegistersProjection.NAME, "labels"));
        });
  }

  private long position(Connection connection, AsOf moment, long told) throws SQLException {
    long standing =
        Math.min(
            snapshot.standing(RegistersProjection.NAME, connection).position(),
            snapshot.standing("labels", connection).position());
    if (moment.position() == null && moment.instant() == null) {
      // Of a day as it is known by now: as far as these tables have come.
      requireAllAccounts(connection, "businessDate", String.valueOf(moment.businessDate()));
      return standing;
    }
    if (told > standing) {
      throw new UntoldMomentException(
          Why.AS_OF_TOO_LATE,
          "asOfPosition",
          Long.toString(told),
          "position %d lies beyond %d, which the registers have reached".formatted(told, standing),
          "ask for %d or before, or later again".formatted(standing));
    }
    requireAllAccounts(connection, "asOfPosition", Long.toString(told));
    return told;
  }

  /** What was folded by a release that kept no openings is in the accounts of now alone. */
  private static void requireAllAccounts(Connection connection, String asked, String value)
      throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                select 1 from projections.accounts_kept k
                 where k.after > 0
                   and not exists (select from projections.rebuild r
                                    where r.projection = 'registers' and r.state = 'SWITCHED'
                                      and r.number > k.after_rebuild)
                """);
        ResultSet found = select.executeQuery()) {
      if (found.next()) {
        throw new UntoldMomentException(
            Why.AS_OF_NOT_KEPT,
            asked,
            value,
            "which accounts were opened or closed before this release is not in the registers",
            "have them folded anew (rebuildProjection of registers); venues, points of service and"
                + " labels are readLabelRegister's meanwhile");
      }
    }
  }

  private static List<Venue> venues(
      Connection connection,
      Filter filter,
      String after,
      int limit,
      long position,
      @Nullable LocalDate day)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with listing as (
              select distinct on (venue) venue, position, identified_by, name
                from projections.venue_listing
               where position <= ? and venue > ? and (?::text is null or venue = ?)
               order by venue, position desc
            )
            select l.position, l.venue, l.identified_by, l.name,
                   -- A list goes on describing a venue by its RNA that a clerk has identified since.
                   exists (select from projections.venue_listing o
                            where o.venue = l.venue and o.position <= ? and o.payable)
                   or exists (select from projections.venue_identification i
                               where i.venue = l.venue and i.position <= ?),
                   case when d.state = 'LABELLED' then d.from_day end,
                   coalesce(d.decision, ''),
                   o.position is not null
                   and not exists (select from projections.account_closing c
                                     join projections.payee_account a on a.account = c.account
                                    where a.fingerprint = o.fingerprint
                                      and c.position > o.position and c.position <= ?)
              from listing l
              left join lateral (
                     select state, from_day, decision from projections.label_decision
                      where venue = l.venue and points = '{}' and position <= ?
                        and (?::date is null or from_day <= ?)
                      order by case when ?::date is not null then from_day end desc, position desc
                      limit 1) d on true
              left join lateral (
                     select n.position, a.fingerprint
                       from projections.account_opening n
                       join projections.payee_account a on a.account = n.account
                      where n.venue = l.venue and n.position <= ?
                      order by n.position desc
                      limit 1) o on true
             where (?::text is null
                    or exists (select from projections.listed_point p
                                where p.position = l.position and p.departement = ?))
               and (?::boolean is null or (d.state is not distinct from 'LABELLED') = ?)
             order by l.venue
             limit ?
            """)) {
      int at = 0;
      select.setLong(++at, position);
      select.setString(++at, after);
      select.setString(++at, filter.venue());
      select.setString(++at, filter.venue());
      select.setLong(++at, position);
      select.setLong(++at, position);
      select.setLong(++at, position);
      select.setLong(++at, position);
      select.setObject(++at, day);
      select.setObject(++at, day);
      select.setObject(++at, day);
      select.setLong(++at, position);
      select.setString(++at, filter.departement());
      select.setString(++at, filter.departement());
      select.setObject(++at, filter.labelled());
      select.setObject(++at, filter.labelled());
      select.setInt(++at, limit);
      return THEN.read(connection, select);
    }
  }
}
