package fr.passnumerique.projections.registers;

import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each fact of a batch did to stocks, one row for each, so that a stock of long ago is a sum
 * over one prescriber's own rows. Running totals would save that sum, and be wrong by business day.
 */
final class StockMovements {
  private record Key(long position, PrescriberId prescriber, Batch batch) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Movement(Key key, String happenedOn, int[] cheques) {}

  private final Map<Key, Movement> movements = new LinkedHashMap<>();

  /**
   * @param cheques delivered, handed out, opposed, returned, expired
   */
  void add(RecordedFact recorded, PrescriberId prescriber, Batch batch, int... cheques) {
    Movement movement =
        movements.computeIfAbsent(
            new Key(recorded.position(), prescriber, batch),
            key ->
                new Movement(
                    key,
                    recorded
                        .fact()
                        .happenedOn()
                        .orElseGet(() -> Paris.dayOf(recorded.recordedAt()))
                        .toString(),
                    new int[cheques.length]));
    for (int i = 0; i < cheques.length; i++) {
      movement.cheques[i] = Math.addExact(movement.cheques[i], cheques[i]);
    }
  }

  void write(Connection connection) throws SQLException {
    if (movements.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.stock_movement
                   (prescriber, batch, position, happened_on, delivered, handed_out, opposed, returned, expired)
            select n.prescriber, n.batch, n.position, n.happened_on::date, n.delivered, n.handed_out, n.opposed,
                   n.returned, n.expired
              from unnest(?::text[], ?::integer[], ?::bigint[], ?::text[], ?::integer[], ?::integer[], ?::integer[],
                          ?::integer[], ?::integer[])
                   as n(prescriber, batch, position, happened_on, delivered, handed_out, opposed, returned, expired)
            """)) {
      Bulk.of(connection, insert, List.copyOf(movements.values()))
          .texts(m -> m.key.prescriber().value())
          .ints(m -> m.key.batch().number())
          .longs(m -> m.key.position())
          .texts(Movement::happenedOn)
          .ints(m -> m.cheques[0])
          .ints(m -> m.cheques[1])
          .ints(m -> m.cheques[2])
          .ints(m -> m.cheques[3])
          .ints(m -> m.cheques[4]);
      insert.executeUpdate();
    }
  }
}
