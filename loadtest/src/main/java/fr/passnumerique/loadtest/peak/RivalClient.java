package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Way.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;

/** A client of the rival with a connection of its own: one statement for each slip. */
final class RivalClient implements Way.Client {
  private static final int MOST_ATTEMPTS = 20;

  private final RivalWay way;
  private final Connection connection;
  private final PGConnection pg;
  private final PreparedStatement submit;
  private final PreparedStatement recorded;

  /**
   * @param statement of {@link RivalSchema#SUBMIT}'s parameters
   */
  RivalClient(RivalWay way, String statement) {
    this.way = way;
    try {
      connection = way.connect();
      pg = connection.unwrap(PGConnection.class);
      submit = connection.prepareStatement(statement);
      recorded = connection.prepareStatement(RivalSchema.RECORDED);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection connection() {
    return connection;
  }

  @Override
  public Supplier<Answer> send(Slip slip) {
    byte[] digest = RivalLines.digest(slip);
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          bind(slip, digest);
          return answer(submit, slip, digest);
        } catch (SQLException e) {
          if (PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
            // Sent twice at the same moment, and this is the second: rolled back.
            recorded.setInt(1, slip.venue());
            recorded.setString(2, slip.reference());
            return answer(recorded, slip, digest);
          }
          if (!PSQLState.DEADLOCK_DETECTED.getState().equals(e.getSQLState())
              || attempt == MOST_ATTEMPTS) {
            throw e;
          }
          way.deadlocked();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("slip " + slip.number(), e);
    }
  }

  private void bind(Slip slip, byte[] digest) throws SQLException {
    RivalLines lines = RivalLines.of(List.of(slip), way.services());
    submit.setInt(1, slip.venue());
    submit.setString(2, slip.reference());
    submit.setBytes(3, digest);
    submit.setObject(4, OffsetDateTime.now(ZoneOffset.UTC));
    submit.setObject(5, way.plan().today());
    if (way.rival().json()) {
      submit.setString(6, lines.json());
    } else {
      lines.bind(submit, 6, pg);
    }
  }

  private static Supplier<Answer> answer(PreparedStatement statement, Slip slip, byte[] digest)
      throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException("no answer to slip " + slip.number());
      }
      return RivalWay.answer(row, slip, digest);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
