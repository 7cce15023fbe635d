package fr.passnumerique.projections.registers;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      List<OfBatch> batches) {}

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
    this.snapshot = new Snapshot(dataSource);
  }

  /**
   * @return empty if there is no such prescriber
   */
  public Optional<Stock> find(String prescriber) {
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(RegistersProjection.NAME, connection);
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select name, departement from projections.prescriber where id = ?")) {
            select.setString(1, prescriber);
            try (ResultSet found = select.executeQuery()) {
              if (!found.next()) {
                return Optional.empty();
              }
              List<OfBatch> batches = batches(connection, prescriber);
              return Optional.of(
                  new Stock(
                      standing.position(),
                      standing.recordedAt(),
                      prescriber,
                      found.getString(1),
                      found.getString(2),
                      batches.stream().mapToLong(OfBatch::inStock).sum(),
                      batches.stream().mapToLong(OfBatch::inStockCents).sum(),
                      batches));
            }
          }
        });
  }

  private static List<OfBatch> batches(Connection connection, String prescriber)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select b.number, b.order_id, b.programme, p.name, b.agreement, b.face_value_cents,
                   b.cheques_per_carnet, b.ends_on, s.delivered, s.handed_out, s.opposed, s.returned,
                   s.expired
              from projections.stock s
              join projections.batch b on b.number = s.batch
              join projections.programme p on p.id = b.programme
             where s.prescriber = ?
             order by b.number desc
            """)) {
      select.setString(1, prescriber);
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
}
