package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.projections.loop.BrokenSourceException;
import fr.passnumerique.projections.loop.PassedOver;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Relocated;
import fr.passnumerique.projections.loop.SetAside;
import fr.passnumerique.projections.loop.Standing;
import fr.passnumerique.projections.loop.Tables;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Folds one projection anew, from where its row says that it stands.
 *
 * <p>The rows of a batch and the rebuild's position are one transaction, so that a kill loses the
 * batch in hand and nothing else. It never goes beyond the tables that answer: only at the same
 * position can the two be compared.
 */
final class RebuildRun {
  /**
   * Tables whose keys are made at once: of one alone a processor would wait while the last sorted
   * runs are merged.
   */
  private static final int AT_ONCE = 2;

  private final Pace pace;
  private final RebuildRow row;
  private final Projection projection;
  private final LedgerReader ledger;
  private final DataSource dataSource;
  private final Relocated anew;
  private final Map<Long, SetAside.Signed> setAside;
  private final String accepted;
  private final BooleanSupplier closing;

  private long position;
  private Rebuild.State state;

  /**
   * How it goes.
   *
   * @param factsInBulk per batch, while there are no keys
   * @param factsAfter per batch, from then on
   * @param near so few facts are folded within the moment in which the answering tables stand still
   */
  record Pace(int factsInBulk, int factsAfter, long near) {
    /**
     * 5 000 slips have some 210 000 lines. With 2 000 the balances, written once for each batch,
     * cost a fifth of the whole; with 10 000 the rows in memory do.
     */
    static final Pace USUAL = new Pace(5_000, 500, 500);
  }

  /**
   * A fact that the fold cannot take; or, with {@link Rebuild#NO_FACT}, keys that the rows violate
   * or tables that cannot be compared or switched: the last fact that was folded is not at fault,
   * and must not be offered to be set aside.
   */
  static final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    private final long position;

    Stopped(long position, Throwable cause) {
      super(String.valueOf(cause), cause);
      this.position = position;
    }

    long position() {
      return position;
    }
  }

  /**
   * @param setAside by position, the facts that this projection passes over
   * @param accepted digest of the differences that two people accepted; empty if none
   * @param closing asked between batches
   */
  RebuildRun(
      Rebuild rebuild,
      Projection projection,
      LedgerReader ledger,
      DataSource dataSource,
      Map<Long, SetAside.Signed> setAside,
      String accepted,
      Pace pace,
      BooleanSupplier closing) {
    this.row = new RebuildRow(rebuild.number(), dataSource);
    this.projection = projection;
    this.ledger = ledger;
    this.dataSource = dataSource;
    this.anew = new Relocated(rebuild.schema(), projection.tables().names());
    this.setAside = setAside;
    this.accepted = accepted;
    this.pace = pace;
    this.closing = closing;
    this.position = rebuild.position();
    this.state = rebuild.state();
  }

  /** In which it takes the rebuild to be; the row may be further, if another node took over. */
  Rebuild.State state() {
    return state;
  }

  private void become(Rebuild.State next) throws SQLException {
    row.state(state, next);
    state = next;
  }

  /**
   * Returns when it has ended, waits for people, or the node closes.
   *
   * <p>Every step says from which state it goes on, and fails for the moment if the row is in
   * another: the lock of whoever is at work is its session's, and a node that was cut off or frozen
   * may find another one at work, or the rebuild ended, when it comes back.
   */
  void run() throws SQLException, InterruptedException, Stopped {
    if (state == Rebuild.State.FOLDING) {
      open();
      approach(pace.factsInBulk(), true);
      if (closing.getAsBoolean()) {
        return;
      }
      become(Rebuild.State.COMPLETING);
    }
    if (state == Rebuild.State.COMPLETING) {
      complete();
      if (closing.getAsBoolean()) {
        return;
      }
    }
    become(Rebuild.State.CATCHING_UP);
    approach(pace.factsAfter(), false);
    if (closing.getAsBoolean()) {
      return;
    }
    try {
      settle();
    } catch (SQLException e) {
      if (Standing.passing(e)) {
        throw e;
      }
      throw new Stopped(Rebuild.NO_FACT, e);
    }
  }

  private void open() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      // Until the tables are there: whoever cancels it meanwhile must find them.
      row.hold(Rebuild.State.FOLDING, connection);
      try (PreparedStatement open =
          connection.prepareStatement("select projections.open_rebuild(?, ?, ?)")) {
        open.setLong(1, row.number());
        open.setArray(2, texts(connection, projection.tables().names()));
        open.setArray(3, texts(connection, projection.tables().growing()));
        try (ResultSet opened = open.executeQuery()) {
          opened.next();
          if (opened.getBoolean(1)) {
            for (String seed : projection.tables().seeds()) {
              execute(anew.on(connection), seed);
            }
          }
        }
      }
      connection.commit();
    }
  }

  /** Folds until few facts are left. */
  private void approach(int factsPerBatch, boolean bulk)
      throws SQLException, InterruptedException, Stopped {
    while (!closing.getAsBoolean()) {
      long target = answering();
      row.target(target);
      if (target - position <= pace.near()) {
        return;
      }
      foldTo(target, factsPerBatch, bulk);
    }
  }

  private long answering() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Standing.of(projection.name(), connection).position();
    }
  }

  private void foldTo(long target, int factsPerBatch, boolean bulk)
      throws SQLException, InterruptedException, Stopped {
    try (Ahead ahead = new Ahead(ledger, position, target, factsPerBatch)) {
      long since = System.nanoTime();
      while (!closing.getAsBoolean()) {
        List<RecordedFact> batch = ahead.take();
        if (batch.isEmpty()) {
          return;
        }
        since = apply(batch, bulk, since);
      }
    } catch (BrokenSourceException e) {
      throw new Stopped(e.position(), e);
    }
  }

  /** In halves where the whole cannot be applied, until the one fact at fault is alone. */
  private long apply(List<RecordedFact> batch, boolean bulk, long since)
      throws SQLException, Stopped {
    try {
      return applyWhole(batch, bulk, since);
    } catch (SQLException e) {
      if (Standing.passing(e)) {
        throw e;
      }
      return applyHalves(batch, bulk, since, e);
    } catch (RuntimeException e) {
      return applyHalves(batch, bulk, since, e);
    }
  }

  private long applyHalves(List<RecordedFact> batch, boolean bulk, long since, Exception cause)
      throws SQLException, Stopped {
    if (batch.size() == 1) {
      throw new Stopped(batch.getFirst().position(), cause);
    }
    int half = batch.size() / 2;
    long then = apply(batch.subList(0, half), bulk, since);
    return apply(batch.subList(half, batch.size()), bulk, then);
  }

  private long applyWhole(List<RecordedFact> batch, boolean bulk, long since) throws SQLException {
    List<RecordedFact> taken =
        setAside.isEmpty()
            ? batch
            : batch.stream().filter(fact -> !setAside.containsKey(fact.position())).toList();
    Projection.Changes changes = taken.isEmpty() ? _ -> {} : projection.fold(taken);
    long lines = 0;
    for (RecordedFact recorded : taken) {
      lines += recorded.fact() instanceof SlipJudged slip ? slip.lines().size() : 0;
    }
    RecordedFact last = batch.getLast();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      row.lock(state, position, connection);
      if (bulk) {
        changes.writeInBulk(anew.on(connection));
      } else {
        changes.write(anew.on(connection));
      }
      PassedOver.note(projection.name(), row.number(), batch, setAside, connection);
      long now = System.nanoTime();
      row.advance(
          last.position(),
          last.recordedAt().atOffset(ZoneOffset.UTC),
          batch.size(),
          lines,
          (now - since) / 1_000_000,
          connection);
      connection.commit();
      position = last.position();
      return now;
    }
  }

  private void complete() throws SQLException, InterruptedException, Stopped {
    long started = System.nanoTime();
    try {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        row.hold(Rebuild.State.COMPLETING, connection);
        for (String sql : projection.tables().finishing()) {
          execute(anew.on(connection), sql);
        }
        connection.commit();
      }
      Tables tables = projection.tables();
      sideBySide(tables.names().stream().filter(tables.growing()::contains).toList());
      // Last: what has its keys from the start may refer to those tables, and none of them to it.
      List<String> withKeys = new ArrayList<>(tables.names());
      withKeys.removeAll(tables.growing());
      complete(withKeys);
    } catch (SQLException e) {
      if (Standing.passing(e)) {
        throw e;
      }
      throw new Stopped(Rebuild.NO_FACT, e);
    } finally {
      row.completed((System.nanoTime() - started) / 1_000_000);
    }
  }

  /** Where one fails the others are made all the same, and kept. */
  private void sideBySide(List<String> tables) throws SQLException, InterruptedException {
    // As the rebuilder itself: no key that is made keeps a node from ending.
    ThreadFactory threads = Thread.ofPlatform().daemon().name("rebuild-keys-", 1).factory();
    List<Throwable> failed = new ArrayList<>();
    try (ExecutorService makers = Executors.newFixedThreadPool(AT_ONCE, threads)) {
      for (Future<Void> made : makers.invokeAll(tables.stream().map(this::completing).toList())) {
        try {
          made.get();
        } catch (ExecutionException e) {
          failed.add(Objects.requireNonNullElse(e.getCause(), e));
        }
      }
    }
    if (failed.isEmpty()) {
      return;
    }
    Throwable first = failed.removeFirst();
    failed.forEach(first::addSuppressed);
    if (first instanceof SQLException cause) {
      throw cause;
    }
    throw new IllegalStateException(first);
  }

  private Callable<Void> completing(String table) {
    return () -> {
      complete(List.of(table));
      return null;
    };
  }

  private void complete(List<String> tables) throws SQLException {
    boolean more = true;
    while (more && !closing.getAsBoolean()) {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement complete =
              connection.prepareStatement("select projections.complete_rebuild(?, ?)")) {
        connection.setAutoCommit(false);
        row.share(Rebuild.State.COMPLETING, connection);
        for (String table : tables) {
          // Two nodes that made the same index at once would both fail.
          execute(
              anew.on(connection),
              "lock table projections.%s in share update exclusive mode".formatted(table));
        }
        complete.setLong(1, row.number());
        complete.setArray(2, texts(connection, tables));
        try (ResultSet made = complete.executeQuery()) {
          made.next();
          more = made.getString(1) != null;
        }
        connection.commit();
      }
    }
  }

  /** Holds the answering tables at their position, brings the new ones there, and compares. */
  private void settle() throws SQLException, InterruptedException, Stopped {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        oneAtATime(connection);
        long standing = Standing.hold(projection.name(), connection);
        row.require(Rebuild.State.CATCHING_UP);
        row.target(standing);
        if (standing > position) {
          foldTo(standing, pace.factsAfter(), false);
        }
        if (position != standing) {
          return;
        }
        long started = System.nanoTime();
        Comparison comparison;
        try (DifferencesKept kept = new DifferencesKept(row.number(), dataSource)) {
          comparison = Comparison.of(projection.tables(), anew, connection, kept);
          // Before the switch, which waits for whoever has looked at the list of rebuilds.
          kept.keep();
        }
        long compareMillis = (System.nanoTime() - started) / 1_000_000;
        boolean differs = comparison.count() > 0;
        if (differs && !comparison.digest().equals(accepted)) {
          connection.rollback();
          row.differs(comparison, position, compareMillis);
          return;
        }
        row.switchIn(comparison, position, compareMillis, projection, connection);
      } finally {
        connection.rollback();
      }
    }
    row.drop();
  }

  /**
   * Before anything stands still: two that were switched in at once, of two projections, would wait
   * for each other's look at the list of rebuilds.
   */
  private static void oneAtATime(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtext('settle a rebuild')),"
                + " set_config('idle_in_transaction_session_timeout', '120s', true)")) {
      lock.execute();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  static Array texts(Connection connection, Collection<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }
}
