package fr.passnumerique.projections.claims;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Which fact redeemed this cheque?
 *
 * <p>Also the second guard against a double redemption, independent of the decisions: it looks at
 * what was recorded, and its primary key takes a serial once. A violation stops it; never {@code on
 * conflict do nothing}, which would swallow the alarm.
 */
final class ClaimsProjection implements Projection {
  static final String NAME = "claims";

  /** Above it, binary COPY beats {@code unnest}. */
  static final int COPY_FROM = 300;

  private static final String UNIQUE_VIOLATION = "23505";
  private static final Pattern SERIAL = Pattern.compile("\\(serial\\)=\\((\\d+)\\)");

  private static final byte[] COPY_SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int COPY_HEADER_BYTES = COPY_SIGNATURE.length + 2 * Integer.BYTES;
  private static final int COPY_ROW_BYTES = Short.BYTES + 2 * (Integer.BYTES + Long.BYTES);

  private record Claim(long serial, long position) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    List<Claim> claims = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof SlipJudged slip) {
        for (long serial : slip.chequesTouched()) {
          claims.add(new Claim(serial, recorded.position()));
        }
      }
    }
    // In the order of the index: neighbours touch its pages once, and WAL holds each page once.
    claims.sort(Comparator.comparingLong(Claim::serial));
    return connection -> {
      try {
        if (claims.size() > COPY_FROM) {
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
    };
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
    ByteBuffer rows =
        ByteBuffer.allocate(COPY_HEADER_BYTES + claims.size() * COPY_ROW_BYTES + Short.BYTES);
    rows.put(COPY_SIGNATURE).putInt(0).putInt(0);
    for (Claim claim : claims) {
      rows.putShort((short) 2);
      rows.putInt(Long.BYTES).putLong(claim.serial());
      rows.putInt(Long.BYTES).putLong(claim.position());
    }
    rows.putShort((short) -1);
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy projections.claim (serial, position) from stdin (format binary)");
    try {
      copy.writeToCopy(rows.array(), 0, rows.position());
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static UnfoldableFactException alarm(SQLException e) {
    Matcher serial = SERIAL.matcher(String.valueOf(e.getMessage()));
    return new UnfoldableFactException(
        serial.find()
            ? "cheque %s is redeemed a second time"
                .formatted(Serial.ofKey(Long.parseLong(serial.group(1))))
            : "a cheque is redeemed a second time",
        e);
  }
}
