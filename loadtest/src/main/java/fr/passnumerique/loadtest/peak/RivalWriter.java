package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.RivalDesk.Waiting;
import fr.passnumerique.loadtest.peak.Way.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;

/** A connection of the rival by which the slips of several clients are presented as one. */
final class RivalWriter implements RivalDesk.Writer {
  private static final int MOST_ATTEMPTS = 20;

  private final RivalWay way;
  private final Connection connection;
  private final PGConnection pg;
  private final PreparedStatement submit;
  private final RivalClient alone;

  /** One for each connection that takes the slips of all clients. */
  static List<RivalWriter> of(RivalWay way) throws SQLException {
    List<RivalWriter> all = new ArrayList<>();
    for (int i = 0; i < way.rival().writers(); i++) {
      all.add(new RivalWriter(way));
    }
    return all;
  }

  private RivalWriter(RivalWay way) throws SQLException {
    this.way = way;
    alone = new RivalClient(way, way.rival().alone());
    connection = alone.connection();
    pg = connection.unwrap(PGConnection.class);
    submit = connection.prepareStatement(way.rival().submit());
  }

  @Override
  public void present(Map<String, Waiting> together) {
    if (together.isEmpty()) {
      return;
    }
    try {
      if (together.size() == 1 && !way.rival().alone().isEmpty()) {
        Waiting only = together.values().iterator().next();
        only.answered(alone.send(only.slip));
        return;
      }
      Map<Waiting, byte[]> digests = bind(List.copyOf(together.values()));
      for (int attempt = 1; ; attempt++) {
        try {
          answers(together, digests).forEach(Waiting::answered);
          return;
        } catch (SQLException e) {
          boolean deadlock = PSQLState.DEADLOCK_DETECTED.getState().equals(e.getSQLState());
          // Where another writer records one of them meanwhile, it is known at the next attempt.
          boolean twice = PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState());
          if ((!deadlock && !twice) || attempt == MOST_ATTEMPTS) {
            throw e;
          }
          if (deadlock) {
            way.deadlocked();
          }
        }
      }
    } catch (SQLException | RuntimeException e) {
      together
          .values()
          .forEach(
              one ->
                  one.answered(
                      () -> {
                        throw new IllegalStateException("slip " + one.slip.number(), e);
                      }));
    }
  }

  /**
   * @return the digest of each slip's lines
   */
  private Map<Waiting, byte[]> bind(List<Waiting> together) throws SQLException {
    Map<Waiting, byte[]> all = new HashMap<>();
    int n = together.size();
    int[] venues = new int[n];
    String[] references = new String[n];
    byte[][] digests = new byte[n][];
    int[] lasts = new int[n];
    int lines = 0;
    for (int i = 0; i < n; i++) {
      Waiting one = together.get(i);
      venues[i] = one.slip.venue();
      references[i] = one.slip.reference();
      digests[i] = RivalLines.digest(one.slip);
      all.put(one, digests[i]);
      lines += one.slip.lines();
      lasts[i] = lines;
    }
    submit.setArray(1, pg.createArrayOf("int4", venues));
    submit.setArray(2, pg.createArrayOf("text", references));
    submit.setArray(3, pg.createArrayOf("bytea", digests));
    submit.setArray(4, pg.createArrayOf("int4", lasts));
    submit.setObject(5, OffsetDateTime.now(ZoneOffset.UTC));
    submit.setObject(6, way.plan().today());
    RivalLines.of(together.stream().map(one -> one.slip).toList(), way.services())
        .bind(submit, 7, pg);
    return all;
  }

  /** Answered in one piece, once all of it is committed. */
  private Map<Waiting, Supplier<Answer>> answers(
      Map<String, Waiting> together, Map<Waiting, byte[]> digests) throws SQLException {
    Map<Waiting, Supplier<Answer>> answers = new HashMap<>();
    try (ResultSet row = submit.executeQuery()) {
      while (row.next()) {
        Waiting one =
            Objects.requireNonNull(
                together.get(RivalDesk.key(row.getInt("venue"), row.getString("reference"))));
        answers.put(one, RivalWay.answer(row, one.slip, Objects.requireNonNull(digests.get(one))));
      }
    }
    if (answers.size() != together.size()) {
      throw new IllegalStateException(
          "%d answers to %d slips".formatted(answers.size(), together.size()));
    }
    return answers;
  }

  @Override
  public void close() {
    alone.close();
  }
}
