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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * Which fact redeemed this cheque?
 *
 * <p>Also the second guard against a double redemption, independent of the decisions: it looks at
 * what was recorded, and its primary key takes a serial once. A violation stops it; never {@code on
 * conflict do nothing}, which would swallow the alarm.
 */
final class ClaimsProjection implements Projection {
  static final String NAME = "claims";

  private static final Tables TABLES =
      Tables.of("claim", "released_claim")
          .growing("claim")
          .finishedBy(
              """
              delete from projections.claim c
               using projections.released_claim r
               where r.serial = c.serial and r.position = c.position
              """)
          .summed(
              "claim",
              """
              select g.batch::text as grouped, format('%s of batch %s', s.what, g.batch) as key, s.sum
                from (select c.serial >> 20 as batch, count(*)::numeric as claims, sum(c.position) as positions,
                             sum(c.serial) as serials
                        from projections.claim c group by 1) g
               cross join lateral (values ('claims', g.claims), ('positions', g.positions),
                                          ('serials', g.serials)) as s(what, sum)
              """,
              """
              select (c.serial >> 20)::text as grouped, format('batch %s ordinal %s', c.serial >> 20, c.serial & 1048575) as key,
                     c.position, to_jsonb(c) as compared, to_jsonb(c) as shown
                from projections.claim c
               where c.serial >> 20 in (select d.grouped::bigint from differing d)
              """)
          .comparedByRow("released_claim", "concat_ws(' ', t.serial, t.position)");

  private static final String UNIQUE_VIOLATION = "23505";
  private static final Pattern SERIAL = Pattern.compile("\\(serial\\)=\\((\\d+)\\)");

  private record Claim(long serial, long position) {}

  /** A claim that ended: its slip was withdrawn. */
  private record Released(long serial, long position, long releasedPosition) {}

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
    // By serial: within a batch too, a cheque is claimed again only after it was released.
    Map<Long, Claim> made = new HashMap<>();
    List<Released> released = new ArrayList<>();
    List<Released> passed = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof SlipJudged slip) {
        for (long serial : slip.chequesTouched()) {
          if (made.put(serial, new Claim(serial, recorded.position())) != null) {
            throw new UnfoldableFactException(alarm(serial));
          }
        }
      } else if (recorded.fact() instanceof SlipWithdrawn slip) {
        for (long serial : slip.chequesTouched()) {
          Claim claim = made.remove(serial);
          if (claim != null && claim.position() != slip.slip()) {
            throw new UnfoldableFactException(alarm(serial));
          }
          (claim == null ? released : passed)
              .add(new Released(serial, slip.slip(), recorded.position()));
        }
      }
    }
    List<Claim> claims = new ArrayList<>(made.values());
    // In the order of the index: neighbours touch its pages once, and WAL holds each page once.
    claims.sort(Comparator.comparingLong(Claim::serial));
    return new Found(claims, released, passed);
  }

  /**
   * @param released claims of before this batch that ended in it
   * @param passed claims that were made and ended in it
   */
  private record Found(List<Claim> claims, List<Released> released, List<Released> passed)
      implements Changes {
    @Override
    public void write(Connection connection) throws SQLException {
      if (!released.isEmpty()) {
        release(connection, released);
      }
      writeInBulk(connection);
    }

    /** What was released is told, and its claims are taken out when all are there. */
    @Override
    public void writeInBulk(Connection connection) throws SQLException {
      if (!released.isEmpty()) {
        remember(connection, released);
      }
      if (!passed.isEmpty()) {
        remember(connection, passed);
      }
      try {
        if (claims.size() > Copy.WORTH_IT) {
          copy(connection, claims);
        } else if (!claims.isEmpty()) {
          insert(connection, claims);
        }
      } catch (SQLException e) {
        if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
          throw alarm(e);
        }
        throw e;
      }
    }
  }

  /** Before the inserts: what is released may be claimed again. */
  private static void release(Connection connection, List<Released> released) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            delete from projections.claim c
             using unnest(?::bigint[], ?::bigint[]) as n(serial, position)
             where c.serial = n.serial and c.position = n.position
            """)) {
      Bulk.of(connection, delete, released).longs(Released::serial).longs(Released::position);
      int deleted = delete.executeUpdate();
      if (deleted != released.size()) {
        throw new UnfoldableFactException(
            "%d of %d cheques of withdrawn slips were not claimed by them"
                .formatted(released.size() - deleted, released.size()));
      }
    }
  }

  private static void remember(Connection connection, List<Released> released) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.released_claim (serial, position, released_position)
            select * from unnest(?::bigint[], ?::bigint[], ?::bigint[])
            """)) {
      Bulk.of(connection, insert, released)
          .longs(Released::serial)
          .longs(Released::position)
          .longs(Released::releasedPosition);
      insert.executeUpdate();
    }
  }

  private static void insert(Connection connection, List<Claim> claims) throws SQLException {
    PGConnection pg = connection.unwrap(PGConnection.class);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.claim (serial, position)
            select * from unnest(?::bigint[], ?::bigint[])
            """)) {
      insert.setArray(
          1, pg.createArrayOf("int8", claims.stream().mapToLong(Claim::serial).toArray()));
      insert.setArray(
          2, pg.createArrayOf("int8", claims.stream().mapToLong(Claim::position).toArray()));
      insert.executeUpdate();
    }
  }

  private static void copy(Connection connection, List<Claim> claims) throws SQLException {
    Copy copy = Copy.into(connection, "projections.claim", "serial", "position");
    claims.forEach(claim -> copy.row().bigint(claim.serial()).bigint(claim.position()));
    copy.send();
  }

  private static UnfoldableFactException alarm(SQLException e) {
    Matcher serial = SERIAL.matcher(String.valueOf(e.getMessage()));
    return new UnfoldableFactException(
        serial.find()
            ? alarm(Long.parseLong(serial.group(1)))
            : "a cheque is redeemed a second time",
        e);
  }

  private static String alarm(long serial) {
    return "cheque %s is redeemed a second time".formatted(Serial.ofKey(serial));
  }
}
