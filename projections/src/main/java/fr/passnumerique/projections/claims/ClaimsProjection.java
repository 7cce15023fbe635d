package fr.passnumerique.projections.claims;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Copy;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which fact redeemed this cheque?
 *
 * <p>Also the second guard against a double redemption, independent of the decisions: it looks at
 * what was recorded, and each row says which cheques of its {@link Chunk} are redeemed after it, as
 * a running balance does. A second redemption stops it.
 */
final class ClaimsProjection implements Projection {
  static final String NAME = "claims";

  private static final Tables TABLES =
      Tables.of("claim")
          .comparedByGroup(
              "claim",
              "concat_ws(' ', 'batch', t.chunk >> 11)",
              "concat_ws(' ', 'batch', t.chunk >> 11, 'chunk', t.chunk & 2047, 'position',"
                  + " t.position)");

  /** Of a visit among those that are written at once; a chunk has 36 bits. */
  private static final int PLACE_BITS = 27;

  private static final int PLACES = (1 << PLACE_BITS) - 1;

  /**
   * What a fact does to the cheques of one chunk.
   *
   * @param position of the fact
   * @param releases the slip's fact, where this one withdraws it; 0 where the cheques are redeemed
   */
  private record Visit(long chunk, long position, long releases, BitSet cheques) {}

  /** What the table says of a slip that is withdrawn. */
  private record Slip(BitSet cheques, boolean released) {}

  private record Place(long chunk, long position) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tables tables() {
    return TABLES;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    List<Visit> visits = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof SlipJudged slip) {
        visit(slip.chequesTouched(), recorded.position(), 0, visits);
      } else if (recorded.fact() instanceof SlipWithdrawn slip) {
        visit(slip.chequesTouched(), recorded.position(), slip.slip(), visits);
      }
    }
    List<Visit> sorted = sorted(visits);
    return connection -> {
      if (!sorted.isEmpty()) {
        write(sorted, connection);
      }
    };
  }

  /**
   * In the order of the index, by chunk and position: neighbours touch its pages once, and WAL
   * holds each page once.
   *
   * @param visits by position
   */
  private static List<Visit> sorted(List<Visit> visits) {
    // As numbers, of a chunk and a place among the visits: a sixth of what comparing them costs.
    long[] order = new long[visits.size()];
    for (int place = 0; place < order.length; place++) {
      order[place] = visits.get(place).chunk() << PLACE_BITS | place;
    }
    Arrays.sort(order);
    List<Visit> sorted = new ArrayList<>(order.length);
    for (long each : order) {
      sorted.add(visits.get((int) each & PLACES));
    }
    return sorted;
  }

  private static void visit(long[] serials, long position, long releases, List<Visit> visits) {
    Map<Long, BitSet> chunks = new TreeMap<>();
    for (long serial : serials) {
      BitSet cheques = chunks.computeIfAbsent(Chunk.of(serial), _ -> new BitSet(Chunk.CHEQUES));
      if (cheques.get(Chunk.place(serial))) {
        throw new UnfoldableFactException(alarm(serial));
      }
      cheques.set(Chunk.place(serial));
    }
    chunks.forEach((chunk, cheques) -> visits.add(new Visit(chunk, position, releases, cheques)));
  }

  private static void write(List<Visit> visits, Connection connection) throws SQLException {
    Map<Long, BitSet> claimed = claimed(visits, connection);
    Map<Place, Slip> withdrawn = withdrawn(visits, connection);
    Copy copy =
        Copy.into(
            connection, "projections.claim", "chunk", "position", "releases", "cheques", "claimed");
    for (Visit visit : visits) {
      BitSet after = claimed.computeIfAbsent(visit.chunk(), _ -> new BitSet(Chunk.CHEQUES));
      if (visit.releases() == 0) {
        claim(visit, after);
        withdrawn.put(new Place(visit.chunk(), visit.position()), new Slip(visit.cheques(), false));
      } else {
        Place place = new Place(visit.chunk(), visit.releases());
        release(visit, withdrawn.get(place), after);
        withdrawn.put(place, new Slip(visit.cheques(), true));
      }
      copy.row()
          .bigint(visit.chunk())
          .bigint(visit.position())
          .bigint(visit.releases())
          .bytea(Chunk.bytes(visit.cheques()))
          .bytea(Chunk.bytes(after));
    }
    copy.send();
  }

  private static void claim(Visit visit, BitSet claimed) {
    if (claimed.intersects(visit.cheques())) {
      BitSet twice = (BitSet) claimed.clone();
      twice.and(visit.cheques());
      throw new UnfoldableFactException(alarm(Chunk.serial(visit.chunk(), twice.nextSetBit(0))));
    }
    claimed.or(visit.cheques());
  }

  private static void release(Visit visit, @Nullable Slip slip, BitSet claimed) {
    BitSet foreign = (BitSet) visit.cheques().clone();
    if (slip != null && !slip.released()) {
      foreign.andNot(slip.cheques());
    }
    if (!foreign.isEmpty()) {
      throw new UnfoldableFactException(
          "cheque %s is released and the slip at position %d does not claim it"
              .formatted(
                  Serial.ofKey(Chunk.serial(visit.chunk(), foreign.nextSetBit(0))),
                  visit.releases()));
    }
    claimed.andNot(visit.cheques());
  }

  /** The cheques that are redeemed before these facts, of every chunk that has any. */
  private static Map<Long, BitSet> claimed(List<Visit> visits, Connection connection)
      throws SQLException {
    Map<Long, BitSet> claimed = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select n.chunk, c.claimed
              from unnest(?::bigint[]) as n(chunk)
             cross join lateral (select claimed from projections.claim
                                  where chunk = n.chunk order by position desc fetch first row only) c
            """)) {
      Bulk.of(connection, select, visits.stream().map(Visit::chunk).distinct().toList())
          .longs(chunk -> chunk);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          claimed.put(found.getLong(1), BitSet.valueOf(found.getBytes(2)));
        }
      }
    }
    return claimed;
  }

  /** What the slips had claimed that these facts withdraw, and whether it was released before. */
  private static Map<Place, Slip> withdrawn(List<Visit> visits, Connection connection)
      throws SQLException {
    Map<Place, Slip> withdrawn = new HashMap<>();
    List<Visit> withdrawals = visits.stream().filter(visit -> visit.releases() != 0).toList();
    if (withdrawals.isEmpty()) {
      return withdrawn;
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.chunk, c.position, c.cheques,
                   exists (select from projections.claim r where r.chunk = c.chunk and r.releases = c.position)
              from unnest(?::bigint[], ?::bigint[]) as n(chunk, position)
              join projections.claim c on c.chunk = n.chunk and c.position = n.position
            """)) {
      Bulk.of(connection, select, withdrawals).longs(Visit::chunk).longs(Visit::releases);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          withdrawn.put(
              new Place(found.getLong(1), found.getLong(2)),
              new Slip(BitSet.valueOf(found.getBytes(3)), found.getBoolean(4)));
        }
      }
    }
    return withdrawn;
  }

  private static String alarm(long serial) {
    return "cheque %s is redeemed a second time".formatted(Serial.ofKey(serial));
  }
}
