package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.loadtest.crash.Acknowledged.Answer;
import fr.passnumerique.loadtest.relay.Chain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * The ledger as its table has it, row by row: positions, chain, and every slip with its verdicts.
 * Goes on where it stopped; a whole look begins anew.
 */
final class Recorded {
  private static final int ROWS_AT_ONCE = 2_000;

  private final DataSource dataSource;
  private final Faults faults;
  private final Chain chain = new Chain();
  private final List<byte[]> hashes = new ArrayList<>();
  private final Map<String, Slip> slips = new HashMap<>();
  private final List<String> slipsSince = new ArrayList<>();
  private final Map<String, String> redeemedBy = new HashMap<>();

  private Instant recordedAt = Instant.MIN;

  private record Slip(long position, long cents, List<String> verdicts) {}

  /**
   * @param dataSource of the ledger's database, as someone who may read all of it
   */
  Recorded(DataSource dataSource, Faults faults) {
    this.dataSource = dataSource;
    this.faults = faults;
  }

  /** Reads what came since. */
  void readOn() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      requireWhatWasRead(connection);
      try (var rows =
          connection.prepareStatement(
              """
              select position, event_id, recorded_at, type, version, tags, payload, metadata, hash
                from ledger.event where position > ? order by position limit ?
              """)) {
        int read;
        do {
          read = 0;
          rows.setLong(1, hashes.size());
          rows.setInt(2, ROWS_AT_ONCE);
          try (ResultSet row = rows.executeQuery()) {
            while (row.next()) {
              take(row(row));
              read++;
            }
          }
        } while (read == ROWS_AT_ONCE);
      }
    }
  }

  /** A row that was read once is there for ever. */
  private void requireWhatWasRead(Connection connection) throws SQLException {
    if (hashes.isEmpty()) {
      return;
    }
    try (var statement =
        connection.prepareStatement(
            """
            select count(*), (select hash from ledger.event where position = ?)
              from ledger.event where position <= ?
            """)) {
      statement.setLong(1, hashes.size());
      statement.setLong(2, hashes.size());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getLong(1) != hashes.size() || !Arrays.equals(row.getBytes(2), hashes.getLast())) {
          faults.add(
              "the ledger held %d rows up to position %d, and now %d of them, or another last one",
              hashes.size(), hashes.size(), row.getLong(1));
        }
      }
    }
  }

  private static LedgerRow row(ResultSet row) throws SQLException {
    return new LedgerRow(
        row.getLong("position"),
        row.getObject("event_id", UUID.class),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
        row.getString("type"),
        row.getInt("version"),
        List.of((String[]) row.getArray("tags").getArray()),
        row.getBytes("payload"),
        row.getString("metadata"),
        row.getBytes("hash"));
  }

  void take(LedgerRow row) {
    if (row.position() != hashes.size() + 1) {
      faults.add("position %d follows %d", row.position(), hashes.size());
      while (hashes.size() < row.position() - 1) {
        hashes.add(new byte[0]);
      }
    }
    if (!chain.holdsFor(row)) {
      faults.add("the hash of position %d does not follow from the row before", row.position());
    }
    if (!row.recordedAt().isAfter(recordedAt)) {
      faults.add(
          "position %d is recorded at %s, not after the row before",
          row.position(), row.recordedAt());
    }
    recordedAt = row.recordedAt();
    hashes.add(row.hash());
    if (row.type().equals("SlipJudged")) {
      judged(row.position(), FactCatalogue.JSON.readTree(row.payload()));
    }
  }

  private void judged(long position, JsonNode slip) {
    String key = key(slip.get("venue").stringValue(), slip.get("reference").stringValue());
    List<String> verdicts = new ArrayList<>();
    for (JsonNode line : slip.get("lines")) {
      boolean accepted = !line.has("rejected");
      verdicts.add(accepted ? "ACCEPTED" : line.get("rejected").stringValue());
      if (accepted) {
        String cheque = line.get("cheque").stringValue();
        String before = redeemedBy.putIfAbsent(cheque, key);
        if (before != null) {
          faults.add(
              "cheque %s is redeemed by slip %s and again by %s at position %d",
              cheque, before, key, position);
        }
      }
    }
    long cents = 0;
    for (JsonNode share : slip.get("owed")) {
      cents += share.get("cents").longValue();
    }
    Slip other = slips.putIfAbsent(key, new Slip(position, cents, verdicts));
    slipsSince.add(key);
    if (other != null) {
      faults.add(
          "slip %s is recorded at position %d and again at %d", key, other.position(), position);
    }
  }

  /** Every slip that was acknowledged is there, as it was acknowledged. */
  void hold(List<Answer> acknowledged) {
    for (Answer answer : acknowledged) {
      Slip slip = slips.get(key(answer.venue(), answer.reference()));
      if (slip == null) {
        faults.add(
            "%s was acknowledged at position %d and is not in the ledger",
            answer.told(), answer.position());
      } else if (!slip.equals(new Slip(answer.position(), answer.cents(), answer.verdicts()))) {
        faults.add("%s was acknowledged as %s and is recorded as %s", answer.told(), answer, slip);
      }
    }
  }

  /**
   * The same the other way round, once each client has the answer to its last slip: of those read
   * since this was asked last none is there that nobody was told of.
   *
   * @param acknowledged since then at least
   */
  void holdNoOther(List<Answer> acknowledged) {
    Set<String> told = new HashSet<>();
    acknowledged.forEach(answer -> told.add(key(answer.venue(), answer.reference())));
    for (String key : slipsSince) {
      Slip slip = slips.get(key);
      if (slip != null && !told.contains(key)) {
        faults.add(
            "slip %s is recorded at position %d and was acknowledged to nobody",
            key, slip.position());
      }
    }
    slipsSince.clear();
  }

  /** Of the last row read. */
  long position() {
    return hashes.size();
  }

  /** Of the last row: rises with position, whatever a clock that was set forward and back says. */
  Instant recordedAt() {
    return recordedAt;
  }

  /** Recorded slips. */
  int slips() {
    return slips.size();
  }

  /** Cheques redeemed. */
  int redeemed() {
    return redeemedBy.size();
  }

  /** Of a row that was read. */
  byte[] hashAt(long position) {
    return hashes.get((int) position - 1);
  }

  String headHash() {
    return hashes.isEmpty() ? "" : HexFormat.of().formatHex(hashes.getLast());
  }

  private static String key(String venue, String reference) {
    return venue + "/" + reference;
  }
}
