package fr.passnumerique.projections.registers;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a batch of facts adds to orders and to what each prescriber holds of them. */
final class HeldTitles {
  private record Issued(ChequesIssued fact, long position) {}

  private record Holding(PrescriberId prescriber, Batch batch) {}

  private record Moved(
      Holding holding, int delivered, int handedOut, int opposed, int returned, int expired) {
    Moved plus(Moved other) {
      return new Moved(
          holding,
          Math.addExact(delivered, other.delivered),
          Math.addExact(handedOut, other.handedOut),
          Math.addExact(opposed, other.opposed),
          Math.addExact(returned, other.returned),
          Math.addExact(expired, other.expired));
    }
  }

  private final List<Issued> issued = new ArrayList<>();
  private final Map<Batch, Integer> activated = new LinkedHashMap<>();
  private final Map<Holding, Moved> stock = new LinkedHashMap<>();
  private final StockMovements movements = new StockMovements();

  void fold(RecordedFact recorded) {
    switch (recorded.fact()) {
      case ChequesIssued f -> issued.add(new Issued(f, recorded.position()));
      case ChequesActivated f ->
          activated.merge(f.batch(), f.lastOrdinal() - f.firstOrdinal() + 1, Math::addExact);
      case ChequesDelivered f ->
          move(recorded, f.prescriber(), f.cheques().batch(), f.cheques().count(), 0, 0, 0, 0);
      case ChequesHandedOut f -> {
        for (ChequeRange range : f.cheques()) {
          move(recorded, f.prescriber(), range.batch(), 0, range.count(), 0, 0, 0);
        }
      }
      case StockReturned f ->
          f.cheques()
              .forEach(
                  range ->
                      move(recorded, f.prescriber(), range.batch(), 0, 0, 0, range.count(), 0));
      case HandOutCorrected f ->
          f.cheques()
              .forEach(
                  range ->
                      move(recorded, f.prescriber(), range.batch(), 0, -range.count(), 0, 0, 0));
      case ChequesOpposed f -> {
        for (TitlesHeld held : f.titles()) {
          if (held.prescriber().isPresent()) {
            for (ChequeRange range : held.cheques()) {
              move(recorded, held.prescriber().get(), range.batch(), 0, 0, range.count(), 0, 0);
            }
          }
        }
      }
      case ChequesExpired f -> {
        for (ChequesExpired.Part part : f.parts()) {
          if (part.where() == ChequesExpired.Where.AT_PRESCRIBER) {
            move(recorded, part.prescriber().orElseThrow(), f.batch(), 0, 0, 0, 0, part.cheques());
          }
        }
      }
      default -> {}
    }
  }

  private void move(
      RecordedFact recorded,
      PrescriberId prescriber,
      Batch batch,
      int delivered,
      int handedOut,
      int opposed,
      int returned,
      int expired) {
    Holding holding = new Holding(prescriber, batch);
    stock.merge(
        holding, new Moved(holding, delivered, handedOut, opposed, returned, expired), Moved::plus);
    movements.add(recorded, prescriber, batch, delivered, handedOut, opposed, returned, expired);
  }

  void write(Connection connection) throws SQLException {
    if (!issued.isEmpty()) {
      writeBatches(connection, issued);
    }
    if (!activated.isEmpty()) {
      writeActivated(connection, List.copyOf(activated.entrySet()));
    }
    if (!stock.isEmpty()) {
      writeStock(connection, List.copyOf(stock.values()));
      movements.write(connection);
    }
  }

  private static void writeBatches(Connection connection, List<Issued> issued) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.batch
                   (number, order_id, programme, agreement, key_version, funding_departement, cheque_count,
                    cheques_per_carnet, face_value_cents, first_cent, split_algorithm, split_algorithm_version,
                    issued_on, ends_on, tolerance_days, position)
            select n.number, n.order_id, n.programme, n.agreement, n.key_version, n.funding_departement,
                   n.cheque_count, n.cheques_per_carnet, n.face_value_cents, n.first_cent, n.split_algorithm,
                   n.split_algorithm_version, n.issued_on::date, n.ends_on::date, n.tolerance_days, n.position
              from unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::text[], ?::integer[],
                          ?::integer[], ?::bigint[], ?::bigint[], ?::text[], ?::integer[], ?::text[], ?::text[],
                          ?::integer[], ?::bigint[])
                   as n(number, order_id, programme, agreement, key_version, funding_departement, cheque_count,
                        cheques_per_carnet, face_value_cents, first_cent, split_algorithm,
                        split_algorithm_version, issued_on, ends_on, tolerance_days, position)
            """)) {
      Bulk.of(connection, insert, issued)
          .ints(i -> i.fact().batch().number())
          .texts(i -> i.fact().order().value())
          .texts(i -> i.fact().programme().value())
          .texts(i -> i.fact().agreement().value())
          .ints(i -> i.fact().keyVersion())
          .texts(i -> i.fact().fundingDepartement().code())
          .ints(i -> i.fact().chequeCount())
          .ints(i -> i.fact().chequesPerCarnet())
          .longs(i -> i.fact().faceValueCents())
          .longs(i -> i.fact().firstCent())
          .texts(i -> i.fact().splitAlgorithm())
          .ints(i -> i.fact().splitAlgorithmVersion())
          .texts(i -> i.fact().issuedOn().toString())
          .texts(i -> i.fact().endsOn().toString())
          .ints(i -> i.fact().toleranceDays())
          .longs(Issued::position);
      insert.executeUpdate();
    }
  }

  private static void writeActivated(
      Connection connection, List<Map.Entry<Batch, Integer>> activated) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.batch b set activated = b.activated + n.cheques
              from unnest(?::integer[], ?::integer[]) as n(number, cheques)
             where b.number = n.number
            """)) {
      Bulk.of(connection, update, activated)
          .ints(a -> a.getKey().number())
          .ints(Map.Entry::getValue);
      RegistersProjection.requireAll(
          update.executeUpdate(), activated.size(), "activated batch that was not issued");
    }
  }

  /** In two steps: a row with more handed out than delivered is refused before it is added up. */
  private static void writeStock(Connection connection, List<Moved> moved) throws SQLException {
    try (PreparedStatement open =
        connection.prepareStatement(
            """
            insert into projections.stock (prescriber, batch, delivered, handed_out)
            select n.prescriber, n.batch, 0, 0 from unnest(?::text[], ?::integer[]) as n(prescriber, batch)
            on conflict (prescriber, batch) do nothing
            """)) {
      Bulk.of(connection, open, moved)
          .texts(m -> m.holding().prescriber().value())
          .ints(m -> m.holding().batch().number());
      open.executeUpdate();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.stock s
               set delivered = s.delivered + n.delivered, handed_out = s.handed_out + n.handed_out,
                   opposed = s.opposed + n.opposed, returned = s.returned + n.returned,
                   expired = s.expired + n.expired
              from unnest(?::text[], ?::integer[], ?::integer[], ?::integer[], ?::integer[], ?::integer[],
                          ?::integer[])
                   as n(prescriber, batch, delivered, handed_out, opposed, returned, expired)
             where s.prescriber = n.prescriber and s.batch = n.batch
            """)) {
      Bulk.of(connection, update, moved)
          .texts(m -> m.holding().prescriber().value())
          .ints(m -> m.holding().batch().number())
          .ints(Moved::delivered)
          .ints(Moved::handedOut)
          .ints(Moved::opposed)
          .ints(Moved::returned)
          .ints(Moved::expired);
      update.executeUpdate();
    }
  }
}
