package fr.passnumerique.loadtest.peak;

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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLState;

/**
 * Takes the slips of all clients that wait together: one statement, one commit, then each client
 * has its answer. Whoever finds a connection free presents what waits, also the others'; so a
 * client that is alone hands nothing over.
 */
final class RivalDesk implements AutoCloseable {
  private static final int MOST_LINES = 4_000;
  private static final int MOST_ATTEMPTS = 20;

  private final RivalWay way;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Writer> free = new ConcurrentLinkedQueue<>();

  RivalDesk(RivalWay way) throws SQLException {
    this.way = way;
    for (int i = 0; i < way.rival().writers(); i++) {
      free.add(new Writer());
    }
  }

  /** A slip whose client waits. */
  private static final class Waiting {
    private final Slip slip;
    private byte[] digest = {};
    private final Thread client = Thread.currentThread();
    private volatile @Nullable Supplier<Answer> answer;

    Waiting(Slip slip) {
      this.slip = slip;
    }

    String key() {
      return RivalDesk.key(slip.venue(), slip.reference());
    }

    void answered(Supplier<Answer> by) {
      answer = by;
      LockSupport.unpark(client);
    }
  }

  private static String key(int venue, String reference) {
    return venue + " " + reference;
  }

  Way.Client client() {
    return this::send;
  }

  private Supplier<Answer> send(Slip slip) {
    Waiting mine = new Waiting(slip);
    waiting.add(mine);
    while (true) {
      Supplier<Answer> answer = mine.answer;
      if (answer != null) {
        return answer;
      }
      Writer writer = free.poll();
      if (writer == null) {
        LockSupport.park(this);
        continue;
      }
      try {
        Map<String, Waiting> together = taken();
        wakeNext();
        writer.present(together);
      } finally {
        free.add(writer);
        wakeNext();
      }
    }
  }

  /**
   * Whoever waits first, if a connection is free. Not only when one becomes free: two that do so at
   * the same moment wake the same client, and it leaves the other one to the next.
   */
  private void wakeNext() {
    Waiting next = waiting.peek();
    if (next != null && !free.isEmpty()) {
      LockSupport.unpark(next.client);
    }
  }

  /** What waits; of a slip that is sent twice the second stays for the next statement. */
  private Map<String, Waiting> taken() {
    Map<String, Waiting> together = new HashMap<>();
    List<Waiting> later = new ArrayList<>();
    int lines = 0;
    Waiting next;
    while (lines < MOST_LINES && (next = waiting.poll()) != null) {
      if (together.putIfAbsent(next.key(), next) == null) {
        lines += next.slip.lines();
      } else {
        later.add(next);
      }
    }
    waiting.addAll(later);
    return together;
  }

  /** A connection. */
  private final class Writer {
    private final Connection connection;
    private final PGConnection pg;
    private final PreparedStatement submit;
    private final RivalClient alone;

    Writer() throws SQLException {
      alone = new RivalClient(way, way.rival().alone());
      connection = alone.connection();
      pg = connection.unwrap(PGConnection.class);
      submit = connection.prepareStatement(way.rival().submit());
    }

    void present(Map<String, Waiting> together) {
      if (together.isEmpty()) {
        return;
      }
      try {
        if (together.size() == 1 && !way.rival().alone().isEmpty()) {
          Waiting only = together.values().iterator().next();
          only.answered(alone.send(only.slip));
          return;
        }
        bind(List.copyOf(together.values()));
        for (int attempt = 1; ; attempt++) {
          try {
            answers(together).forEach(Waiting::answered);
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

    private void bind(List<Waiting> together) throws SQLException {
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
        one.digest = RivalLines.digest(one.slip);
        digests[i] = one.digest;
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
    }

    /** Answered in one piece, once all of it is committed. */
    private Map<Waiting, Supplier<Answer>> answers(Map<String, Waiting> together)
        throws SQLException {
      Map<Waiting, Supplier<Answer>> answers = new HashMap<>();
      try (ResultSet row = submit.executeQuery()) {
        while (row.next()) {
          Waiting one =
              Objects.requireNonNull(
                  together.get(key(row.getInt("venue"), row.getString("reference"))));
          answers.put(one, RivalWay.answer(row, one.slip, one.digest));
        }
      }
      if (answers.size() != together.size()) {
        throw new IllegalStateException(
            "%d answers to %d slips".formatted(answers.size(), together.size()));
      }
      return answers;
    }

    void close() {
      alone.close();
    }
  }

  @Override
  public void close() {
    free.forEach(Writer::close);
  }
}
