package fr.passnumerique.projections.registers;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.bookkeeping.UntoldMomentException.Why;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which titles does a prescriber hold? Passes are valeurs inactives: each holder keeps a register.
 */
public final class StockRegister {
  private final Snapshot snapshot;

  /**
   * @param position of the last fact in it, 0 before the first
   * @param name of the prescriber
   * @param departement INSEE code
   * @param batches newest first
   * @param caveats what must be known beside it; left out if nothing must
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stock(
      long position,
      @Nullable Instant recordedAt,
      String prescriber,
      String name,
      String departement,
      long inStock,
      long inStockCents,
      List<OfBatch> batches,
      @Nullable Caveats caveats) {}

  /**
   * @param batch five characters
   * @param delivered cheques received
   * @param handedOut cheques given to people
   * @param opposed cheques that were lost or stolen from its stock
   * @param returned cheques sent back to the operator
   * @param expired cheques that expired in its stock
   * @param inStock received, and neither given nor lost nor sent back nor expired
   * @param inStockCents at face value
   * @param endsOn J: last day of validity before the tolerance
   */
  public record OfBatch(
      String batch,
      String order,
      String programme,
      String programmeName,
      String agreement,
      long faceValueCents,
      int chequesPerCarnet,
      LocalDate endsOn,
      long delivered,
      long handedOut,
      long opposed,
      long returned,
      long expired,
      long inStock,
      long inStockCents) {}

  /**
   * @param dataSource of the schema {@code projections}
   */
  public StockRegister(DataSource dataSource) {
    this(new Snapshot(dataSource));
  }

  /**
   * @param snapshot of the schema {@code projections}
   */
  public StockRegister(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public StockRegister of(@Nullable Generation replaced) {
    return replaced == null ? this : new StockRegister(snapshot.of(replaced));
  }

  /**
   * @return empty if there is no such prescriber
   */
  public Optional<Stock> find(String prescriber) {
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(RegistersProjection.NAME, connection);
          return find(
              prescriber,
              standing.position(),
              standing.recordedAt(),
              batches(connection, prescriber),
              connection);
        });
  }

  /**
   * How long it lasts, by what was handed out in the days up to {@code today}.
   *
   * @param today Europe/Paris
   * @return empty if there is no such prescriber
   */
  public Optional<StockOutlook> outlook(String prescriber, LocalDate today) {
    return snapshot.read(
        connection -> {
          long handedOut =
              handedOut(connection, prescriber, today.minusDays(StockOutlook.WINDOW_DAYS));
          return find(prescriber, 0, null, batches(connection, prescriber), connection)
              .map(stock -> StockOutlook.of(prescriber, stock.batches(), handedOut, today));
        });
  }

  private static long handedOut(Connection connection, String prescriber, LocalDate after)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select coalesce(sum(m.handed_out), 0) from projections.stock_movement m
             where m.prescriber = ? and m.happened_on > ?
            """)) {
      select.setString(1, prescriber);
      select.setObject(2, after);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  /**
   * As it stood at a moment; of a day alone as it is known by now, as far as these tables have
   * come.
   *
   * @param positions the last position that counts as of a moment, or {@link UntoldMomentException}
   * @return empty if there is no such prescriber
   * @throws UntoldMomentException if the moment cannot be told
   */
  public Optional<Stock> find(String prescriber, AsOf moment, ToLongFunction<AsOf> positions) {
    long position = positions.applyAsLong(moment);
    if (moment.position() == null && moment.instant() == null) {
      long reached =
          snapshot.read(connection -> Standing.of(RegistersProjection.NAME, connection).position());
      position =
          positions.applyAsLong(new AsOf(Math.min(position, reached), null, moment.businessDate()));
    }
    return find(prescriber, position, moment.businessDate());
  }

  /**
   * As it stood; names are those of now. A sum over what ever moved this prescriber's stock.
   *
   * @param position of the last fact that counts, 0 for none
   * @param businessDate Europe/Paris: of those only what happened until its end; null for all
   * @return empty if there is no such prescriber
   * @throws UntoldMomentException if the tables have not reached the position, or do not have all
   *     movements: they were folded by a release that did not keep them, or were wrong and a
   *     rebuild replaced them. What was replaced is told from its sums as of when they were these
   *     already
   */
  public Optional<Stock> find(String prescriber, long position, @Nullable LocalDate businessDate) {
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(RegistersProjection.NAME, connection);
          if (position > standing.position()) {
            throw new UntoldMomentException(
                Why.AS_OF_TOO_LATE,
                "asOfPosition",
                Long.toString(position),
                "position %d lies beyond %d, which the registers have reached"
                    .formatted(position, standing.position()),
                "ask for %d or before, or later again".formatted(standing.position()));
          }
          List<OfBatch> batches =
              position == standing.position() && businessDate == null
                  ? batches(connection, prescriber)
                  : then(connection, prescriber, position, businessDate, standing.position());
          return find(
              prescriber,
              position,
              position == standing.position()
                  ? standing.recordedAt()
                  : recordedAt(connection, position),
              batches,
              connection);
        });
  }

  private Optional<Stock> find(
      String prescriber,
      long position,
      @Nullable Instant recordedAt,
      List<OfBatch> batches,
      Connection connection)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select name, departement from projections.prescriber where id = ?")) {
      select.setString(1, prescriber);
      try (ResultSet found = select.executeQuery()) {
        if (!found.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Stock(
                position,
                recordedAt,
                prescriber,
                found.getString(1),
                found.getString(2),
                batches.stream().mapToLong(OfBatch::inStock).sum(),
                batches.stream().mapToLong(OfBatch::inStockCents).sum(),
                batches,
                snapshot.caveats(connection, position, RegistersProjection.NAME)));
      }
    }
  }

  private List<OfBatch> then(
      Connection connection,
      String prescriber,
      long position,
      @Nullable LocalDate businessDate,
      long until)
      throws SQLException {
    if (hasAllMovements(connection, prescriber, until)) {
      return batches(connection, prescriber, position, businessDate);
    }
    requireStandstill(connection, prescriber, position, businessDate, until);
    return batches(connection, prescriber);
  }

  /**
   * What was folded by a release that kept no movements is in the sums alone.
   *
   * @param until where the tables stand
   */
  private static boolean hasAllMovements(Connection connection, String prescriber, long until)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select 1
              from (select * from projections.stock where prescriber = ?) s
              full join (select m.batch, sum(m.delivered) as delivered, sum(m.handed_out) as handed_out,
                                sum(m.opposed) as opposed, sum(m.returned) as returned, sum(m.expired) as expired
                           from projections.stock_movement m
                          where m.prescriber = ? and m.position <= ? group by m.batch) m on m.batch = s.batch
             where (s.delivered, s.handed_out, s.opposed, s.returned, s.expired)
                   is distinct from (m.delivered, m.handed_out, m.opposed, m.returned, m.expired)
            """)) {
      select.setString(1, prescriber);
      select.setString(2, prescriber);
      select.setLong(3, until);
      try (ResultSet found = select.executeQuery()) {
        return !found.next();
      }
    }
  }

  /**
   * Of sums that a rebuild replaced and that their movements contradict: they were these at the
   * moment already if nothing moved the stock between it and their last position, neither by their
   * own movements nor by those of now. Sums of now are not told so: they can be folded anew.
   *
   * @param until where the tables stand
   */
  private void requireStandstill(
      Connection connection,
      String prescriber,
      long position,
      @Nullable LocalDate businessDate,
      long until)
      throws SQLException {
    if (!snapshot.isOfReplaced()) {
      throw notKept(
          position,
          "what moved the stock of %s is not all in the registers: it does not come to what it holds"
              .formatted(prescriber),
          "have them folded anew (rebuildProjection of registers); its value is readBalances'"
              + " meanwhile");
    }
    Connection now = connection.unwrap(Connection.class);
    long moved =
        Math.max(
            movedAfter(connection, prescriber, position, businessDate, until),
            movedAfter(now, prescriber, position, businessDate, until));
    if (moved > 0) {
      throw notKept(
          position,
          "what moved the stock of %s does not come to what it held in the registers that were replaced, and it was moved after that moment, at position %d"
              .formatted(prescriber, moved),
          "ask for asOfPosition %d to %d without a business date, or leave shownBefore out for what is known of the moment now"
              .formatted(moved, until));
    }
  }

  /** Position of the last fact that moved it and does not count as of the moment; 0 if none did. */
  private static long movedAfter(
      Connection connection,
      String prescriber,
      long position,
      @Nullable LocalDate businessDate,
      long until)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select coalesce(max(m.position), 0) from projections.stock_movement m
             where m.prescriber = ? and m.position <= ? and (m.position > ? or m.happened_on > ?)
            """)) {
      select.setString(1, prescriber);
      select.setLong(2, until);
      select.setLong(3, position);
      select.setObject(4, businessDate);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  private static UntoldMomentException notKept(long position, String message, String remedy) {
    return new UntoldMomentException(
        Why.AS_OF_NOT_KEPT, "asOfPosition", Long.toString(position), message, remedy);
  }

  /** When the fact at a position was recorded; null for 0. */
  static @Nullable Instant recordedAt(Connection connection, long position) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select recorded_at from projections.journal where position = ?")) {
      select.setLong(1, position);
      try (ResultSet found = select.executeQuery()) {
        return found.next() ? found.getObject(1, OffsetDateTime.class).toInstant() : null;
      }
    }
  }

  private static final String COLUMNS =
      """
      select b.number, b.order_id, b.programme, p.name, b.agreement, b.face_value_cents,
             b.cheques_per_carnet, b.ends_on, s.delivered, s.handed_out, s.opposed, s.returned,
             s.expired
      """;

  private static List<OfBatch> batches(Connection connection, String prescriber)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + """
                  from projections.stock s
                  join projections.batch b on b.number = s.batch
                  join projections.programme p on p.id = b.programme
                 where s.prescriber = ?
                 order by b.number desc
                """)) {
      select.setString(1, prescriber);
      return batches(select);
    }
  }

  private static List<OfBatch> batches(
      Connection connection, String prescriber, long position, @Nullable LocalDate businessDate)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            COLUMNS
                + """
                  from (select m.batch, sum(m.delivered) as delivered, sum(m.handed_out) as handed_out,
                               sum(m.opposed) as opposed, sum(m.returned) as returned, sum(m.expired) as expired
                          from projections.stock_movement m
                         where m.prescriber = ? and m.position <= ? and (?::date is null or m.happened_on <= ?)
                         group by m.batch) s
                  join projections.batch b on b.number = s.batch
                  join projections.programme p on p.id = b.programme
                 order by b.number desc
                """)) {
      select.setString(1, prescriber);
      select.setLong(2, position);
      select.setObject(3, businessDate);
      select.setObject(4, businessDate);
      return batches(select);
    }
  }

  private static List<OfBatch> batches(PreparedStatement select) throws SQLException {
    try (ResultSet found = select.executeQuery()) {
      List<OfBatch> batches = new ArrayList<>();
      while (found.next()) {
        long inStock =
            found.getLong(9)
                - found.getLong(10)
                - found.getLong(11)
                - found.getLong(12)
                - found.getLong(13);
        batches.add(
            new OfBatch(
                Batch.of(found.getInt(1)).toString(),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getString(5),
                found.getLong(6),
                found.getInt(7),
                found.getObject(8, LocalDate.class),
                found.getLong(9),
                found.getLong(10),
                found.getLong(11),
                found.getLong(12),
                found.getLong(13),
                inStock,
                Math.multiplyExact(inStock, found.getLong(6))));
      }
      return batches;
    }
  }
}
