package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException.Why;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A moment that the tables can tell: which facts count.
 *
 * @param position of the last fact that was known, 0 for none
 * @param recordedAt of that fact
 * @param businessDate up to which what happened counts; null if all that was known does
 * @param now whether it is where the tables stand, and the balances of now are those asked for
 */
record Moment(
    long position, @Nullable Instant recordedAt, @Nullable LocalDate businessDate, boolean now) {

  /**
   * As an array, the positions of facts that lie on one side of a day by one clock and on the other
   * by the other, of those known: takes the day and the position. All at once, since postings are
   * found by position a range of pages at a time.
   */
  static final String STRADDLING = straddling("true");

  /** Those that were recorded after the day, though they happened until then. */
  static final String STRADDLING_LATE = straddling("j.happened_on < j.recorded_on");

  private static String straddling(String which) {
    return """
    array(select j.position from projections.journal j
           where j.recorded_on <> j.happened_on and %s
             and daterange(least(j.recorded_on, j.happened_on), greatest(j.recorded_on, j.happened_on)) @> ?::date
             and j.position <= ?)
    """
        .formatted(which);
  }

  /** SQL that gives {@code account_id, cents} of every account that was moved, and its values. */
  record Balances(String sql, List<Object> values) {}

  /**
   * @param standing of the accounts, read in the same transaction
   * @throws UntoldMomentException if the tables cannot tell yet, or nobody can: facts may still be
   *     recorded at that instant or on that day, or none was
   */
  static Moment of(AsOf asked, Standing standing, Connection connection) throws SQLException {
    Moment over = over(asked, standing, connection);
    LocalDate day = over.businessDate;
    if (day != null) {
      requireBegun(day, over.position, connection);
    }
    return over;
  }

  /**
   * The same of a business day before anything of money happened: for what has days of its own, as
   * labels have.
   */
  static Moment over(AsOf asked, Standing standing, Connection connection) throws SQLException {
    Moment known = known(asked, standing, connection);
    LocalDate day = asked.businessDate();
    if (day == null) {
      return known;
    }
    // By what was known then and not by what is now: the same question is answered alike whenever
    // it is asked, and was refused when that was the head.
    Instant last = known.recordedAt;
    if (last == null || !day.isBefore(Paris.dayOf(last))) {
      throw tooLate(
          "businessDate",
          day.toString(),
          "the day %s was not over in Paris when the fact at position %d, the last that counts, was recorded"
              .formatted(day, known.position),
          last == null
              ? "nothing is recorded until then: leave it out"
              : "ask for %s or before".formatted(Paris.dayOf(last).minusDays(1)));
    }
    return new Moment(known.position, known.recordedAt, day, false);
  }

  /**
   * Before the day on which its first fact was recorded a ledger tells only what was recorded
   * afterwards of then.
   */
  private static void requireBegun(LocalDate day, long position, Connection connection)
      throws SQLException {
    LocalDate first = Paris.dayOf(Objects.requireNonNull(recordedAt(1, connection)));
    if (day.isBefore(first) && !happenedUntil(day, position, connection)) {
      throw new UntoldMomentException(
          Why.AS_OF_TOO_EARLY,
          "businessDate",
          day.toString(),
          "of what is recorded nothing happened until %s: the ledger begins on %s"
              .formatted(day, first),
          "ask for %s or after, or for asOfPosition 0".formatted(first));
    }
  }

  /** Of a day before the ledger all that happened until then straddles it. */
  private static boolean happenedUntil(LocalDate day, long position, Connection connection)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select cardinality(%s) > 0".formatted(STRADDLING))) {
      select.setString(1, day.toString());
      select.setLong(2, position);
      try (ResultSet found = select.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  private static Moment known(AsOf asked, Standing standing, Connection connection)
      throws SQLException {
    Long position = asked.position();
    if (position != null) {
      if (position > standing.position()) {
        throw tooLate(
            "asOfPosition",
            position.toString(),
            "position %d lies beyond %d, which the balances have reached"
                .formatted(position, standing.position()),
            "ask for %d or before, or later again".formatted(standing.position()));
      }
      return new Moment(
          position, recordedAt(position, connection), null, position == standing.position());
    }
    Instant instant = asked.instant();
    if (instant == null) {
      return new Moment(standing.position(), standing.recordedAt(), null, true);
    }
    Instant last = standing.recordedAt();
    // As precisely as facts are stamped.
    Instant stamp = instant.truncatedTo(ChronoUnit.MICROS);
    if (last == null || stamp.isAfter(last)) {
      throw UntoldMomentException.mayStillCome(instant, last);
    }
    long before = lastBefore(stamp.plus(1, ChronoUnit.MICROS), connection);
    if (before == 0) {
      throw UntoldMomentException.beforeTheFirst(
          instant, Objects.requireNonNull(recordedAt(1, connection)));
    }
    return new Moment(before, recordedAt(before, connection), null, false);
  }

  /**
   * As {@code account_id, cents}. One index look-up per account, whatever the age of the ledger;
   * with a business date also the facts that lie on its other side by the other clock.
   */
  Balances balances(Connection connection) throws SQLException {
    if (now) {
      return new Balances("select account_id, cents from projections.balance", List.of());
    }
    // Not the last posting until then but what the next one begins at: that is what was shown as of
    // now, so it is shown again when the head has moved, whoever wrote into one of the two tables.
    String running =
        """
        select b.account_id, s.cents
          from projections.balance b
         cross join lateral (
               select b.cents where b.position <= ?
                union all
               (select q.balance_cents - q.cents
                  from projections.posting q
                 where b.position > ? and q.account_id = b.account_id and q.position > ?
                 order by q.position
                 limit 1)) s(cents)
         where b.position <= ? or s.cents <> 0
            or exists (select from projections.posting q where q.account_id = b.account_id and q.position <= ?)
        """;
    LocalDate day = businessDate;
    if (day == null) {
      return new Balances(running, Collections.nCopies(5, position));
    }
    long recorded = Math.min(position, lastBefore(Paris.startOf(day.plusDays(1)), connection));
    List<Object> values = new ArrayList<>(Collections.nCopies(6, recorded));
    values.add(day.toString());
    values.add(position);
    // Recorded after the day though it happened until then, and recorded until then though it
    // happened after.
    return new Balances(
        running
            + """
             union all
            select p.account_id, case when p.position > ? then p.cents else -p.cents end
              from projections.posting p
             where p.position = any (%s)
            """
                .formatted(STRADDLING),
        values);
  }

  /**
   * Position of the last fact that was recorded by its end, of those known: but for the facts that
   * straddle it, all before count and none after.
   */
  long recordedUntil(Connection connection) throws SQLException {
    LocalDate day = businessDate;
    return day == null
        ? position
        : Math.min(position, lastBefore(Paris.startOf(day.plusDays(1)), connection));
  }

  /** 0 if nothing was recorded before. */
  private static long lastBefore(Instant instant, Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position from projections.journal where recorded_at < ? order by recorded_at desc limit 1
            """)) {
      select.setObject(1, instant.atOffset(ZoneOffset.UTC));
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  private static @Nullable Instant recordedAt(long position, Connection connection)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select recorded_at from projections.journal where position = ?")) {
      select.setLong(1, position);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getObject(1, OffsetDateTime.class).toInstant() : null;
      }
    }
  }

  private static UntoldMomentException tooLate(
      String parameter, String value, String message, String remedy) {
    return new UntoldMomentException(Why.AS_OF_TOO_LATE, parameter, value, message, remedy);
  }
}
