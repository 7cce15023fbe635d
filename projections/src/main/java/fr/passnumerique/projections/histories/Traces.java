package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.projections.loop.Caveats;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the projections know of a cheque: where its facts are, and what is not in facts. */
record Traces(
    Standing standing,
    OfBatch batch,
    List<KeyShare> key,
    List<Long> rangePositions,
    List<Claim> claims,
    List<Long> lineEvents,
    List<HistoryEvent> rejectedLines,
    Map<Long, List<HistoryEvent>> transfers,
    List<Long> creditNotes,
    @Nullable Caveats caveats) {

  /** Somebody may try a cheque again and again; the last of these tell enough. */
  private static final int MOST_REJECTED_LINES = 100;

  record OfBatch(
      String order,
      String programme,
      String programmeName,
      String agreement,
      int keyVersion,
      String fundingDepartement,
      int chequesPerCarnet,
      long faceValueCents,
      long firstCent,
      String splitAlgorithm,
      int splitAlgorithmVersion,
      LocalDate endsOn,
      int toleranceDays) {}

  record KeyShare(String funder, String name, int basisPoints) {}

  /**
   * @param slip position of the fact that redeemed it
   * @param released position of the fact that withdrew the slip; 0 if it stands
   */
  record Claim(long slip, long released) {}

  /** Without what was recorded later; a claim that was released later still stands. */
  Traces until(long position, Instant recordedAt) {
    return new Traces(
        new Standing(position, recordedAt),
        batch,
        key,
        rangePositions.stream().filter(at -> at <= position).toList(),
        claims.stream()
            .filter(claim -> claim.slip() <= position)
            .map(claim -> claim.released() > position ? new Claim(claim.slip(), 0) : claim)
            .toList(),
        lineEvents.stream().filter(at -> at <= position).toList(),
        rejectedLines,
        transfers,
        creditNotes.stream().filter(at -> at <= position).toList(),
        caveats);
  }

  /**
   * @param until position, inclusive, of which lines that were rejected later are left out
   * @return null if no such cheque was issued, or it is not the asker's to know
   */
  static @Nullable Traces read(Snapshot snapshot, Connection connection, Serial serial, long until)
      throws SQLException {
    OfBatch batch = batch(connection, serial);
    // Whoever was sent any of a batch sees the batch, and of its ranges those of a known cheque.
    List<Long> rangePositions = rangePositions(connection, serial);
    if (batch == null || rangePositions.isEmpty()) {
      return null;
    }
    List<Claim> claims = snapshot.ofSeen(connection, open -> claims(open, serial));
    Map<Long, List<HistoryEvent>> transfers = new HashMap<>();
    for (Claim claim : claims) {
      if (claim.released() == 0) {
        transfers.put(claim.slip(), transfers(connection, claim.slip(), batch.programme()));
      }
    }
    // Told up to where all of them stand.
    Standing standing =
        Stream.of(
                snapshot.standing("registers", connection),
                snapshot.standing("claims", connection),
                snapshot.standing(HistoriesProjection.NAME, connection))
            .min(Comparator.comparingLong(Standing::position))
            .orElseThrow();
    return new Traces(
        standing,
        batch,
        key(connection, batch),
        rangePositions,
        claims,
        lineEvents(connection, serial),
        rejectedLines(connection, serial, until),
        transfers,
        creditNotes(connection, batch.order()),
        caveats(snapshot, connection, Math.min(standing.position(), until)));
  }

  /** Of what is told of a position. */
  static @Nullable Caveats caveats(Snapshot snapshot, Connection connection, long position)
      throws SQLException {
    return snapshot.caveats(connection, position, "registers", "claims", HistoriesProjection.NAME);
  }

  /** What was recorded of all credit notes of an order. */
  private static List<Long> creditNotes(Connection connection, String order) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select distinct e.position
              from projections.credit_note_event n
              join projections.credit_note_event e on e.credit_note = n.credit_note
             where n.order_id = ? and n.order_id <> ''
             order by e.position
            """)) {
      select.setString(1, order);
      try (ResultSet found = select.executeQuery()) {
        List<Long> positions = new ArrayList<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return positions;
      }
    }
  }

  private static List<Long> lineEvents(Connection connection, Serial serial) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position from projections.line_event where serial = ? order by position")) {
      select.setLong(1, serial.key());
      try (ResultSet found = select.executeQuery()) {
        List<Long> positions = new ArrayList<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return positions;
      }
    }
  }

  private static @Nullable OfBatch batch(Connection connection, Serial serial) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select b.order_id, b.programme, p.name, b.agreement, b.key_version, b.funding_departement,
                   b.cheques_per_carnet, b.face_value_cents, b.first_cent, b.split_algorithm,
                   b.split_algorithm_version, b.ends_on, b.tolerance_days
              from projections.batch b
              join projections.programme p on p.id = b.programme
             where b.number = ? and b.cheque_count >= ?
            """)) {
      select.setInt(1, serial.batch().number());
      select.setInt(2, serial.ordinal());
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? new OfBatch(
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getInt(5),
                found.getString(6),
                found.getInt(7),
                found.getLong(8),
                found.getLong(9),
                found.getString(10),
                found.getInt(11),
                found.getObject(12, LocalDate.class),
                found.getInt(13))
            : null;
      }
    }
  }

  private static List<KeyShare> key(Connection connection, OfBatch batch) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select s.funder, f.name, s.basis_points
              from projections.agreement_share s
              join projections.funder f on f.id = s.funder
             where s.agreement = ? and s.key_version = ?
             order by s.place
            """)) {
      select.setString(1, batch.agreement());
      select.setInt(2, batch.keyVersion());
      try (ResultSet found = select.executeQuery()) {
        List<KeyShare> key = new ArrayList<>();
        while (found.next()) {
          key.add(new KeyShare(found.getString(1), found.getString(2), found.getInt(3)));
        }
        return key;
      }
    }
  }

  private static List<Claim> claims(Connection connection, Serial serial) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.position, coalesce(r.position, 0)
              from projections.claim c
              left join projections.claim r on r.chunk = c.chunk and r.releases = c.position
             where c.chunk = ? / 512 and c.releases = 0 and get_bit(c.cheques, (? % 512)::int) = 1
            """)) {
      select.setLong(1, serial.key());
      select.setLong(2, serial.key());
      try (ResultSet found = select.executeQuery()) {
        List<Claim> claims = new ArrayList<>();
        while (found.next()) {
          claims.add(new Claim(found.getLong(1), found.getLong(2)));
        }
        return claims;
      }
    }
  }

  private static List<Long> rangePositions(Connection connection, Serial serial)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position from projections.range_event where cheques @> ?::bigint")) {
      select.setLong(1, serial.key());
      try (ResultSet found = select.executeQuery()) {
        TreeSet<Long> positions = new TreeSet<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return List.copyOf(positions);
      }
    }
  }

  private static List<HistoryEvent> rejectedLines(Connection connection, Serial serial, long until)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select l.position, s.recorded_at, s.venue, coalesce(v.name, ''), s.reference, l.line, l.verdict
              from projections.rejected_line l
              join projections.slip s on s.position = l.position
              left join projections.venue v on v.id = s.venue
             where l.serial = ? and l.position <= ?
             order by l.position desc, l.line desc
             limit ?
            """)) {
      select.setLong(1, serial.key());
      select.setLong(2, until);
      select.setInt(3, MOST_REJECTED_LINES);
      try (ResultSet found = select.executeQuery()) {
        List<HistoryEvent> lines = new ArrayList<>();
        while (found.next()) {
          lines.add(
              new HistoryEvent.Rejected(
                  found.getLong(1),
                  instant(found, 2),
                  found.getString(3),
                  found.getString(4),
                  found.getString(5),
                  found.getInt(6),
                  found.getString(7)));
        }
        // Two lines of one slip stand at the same position, in the slip's order.
        return lines.reversed();
      }
    }
  }

  /** What the bank said of a transfer, in the order in which it was recorded. */
  private static List<HistoryEvent> ends(Connection connection, String run, String transfer)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position, recorded_at, kind, ended_on, reason
              from projections.transfer_end
             where transfer = ?
             order by position
            """)) {
      select.setString(1, transfer);
      try (ResultSet found = select.executeQuery()) {
        List<HistoryEvent> events = new ArrayList<>();
        while (found.next()) {
          long position = found.getLong(1);
          Instant recordedAt = instant(found, 2);
          LocalDate on = found.getObject(4, LocalDate.class);
          String reason = found.getString(5);
          events.add(
              switch (found.getString(3)) {
                case "PAID" -> new HistoryEvent.Paid(position, recordedAt, run, transfer, on);
                case "DEBITED" -> new HistoryEvent.Debited(position, recordedAt, run, transfer, on);
                case "UNPAID", "UNDEBITED" ->
                    new HistoryEvent.DebitTakenBack(
                        position,
                        recordedAt,
                        run,
                        transfer,
                        on,
                        found.getString(3).equals("UNDEBITED"));
                case "RETURNED" ->
                    new HistoryEvent.TransferReturned(
                        position, recordedAt, run, transfer, on, reason);
                default ->
                    new HistoryEvent.TransferRejected(
                        position, recordedAt, run, transfer, on, reason);
              });
        }
        return events;
      }
    }
  }

  /** Of a slip, or of what stands owed at a position. */
  static List<HistoryEvent> transfers(Connection connection, long slipPosition, String programme)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select t.id, t.run, t.execution_on, t.opened_position, t.opened_at, t.state, t.ended_on, t.reason,
                   t.ended_position, t.ended_at
              from projections.transfer_slip s
              join projections.transfer t on t.id = s.transfer
             where s.slip_position = ? and t.programme = ?
            """)) {
      select.setLong(1, slipPosition);
      select.setString(2, programme);
      try (ResultSet found = select.executeQuery()) {
        List<HistoryEvent> events = new ArrayList<>();
        while (found.next()) {
          String transfer = found.getString(1);
          String run = found.getString(2);
          events.add(
              new HistoryEvent.TransferOrdered(
                  found.getLong(4),
                  instant(found, 5),
                  run,
                  transfer,
                  found.getObject(3, LocalDate.class)));
          events.addAll(ends(connection, run, transfer));
          switch (found.getString(6)) {
            case "CANCELLED" ->
                events.add(
                    new HistoryEvent.RunCancelled(
                        found.getLong(9), instant(found, 10), run, transfer));
            default -> {}
          }
        }
        return events;
      }
    }
  }

  private static Instant instant(ResultSet found, int column) throws SQLException {
    return found.getObject(column, OffsetDateTime.class).toInstant();
  }
}
