package fr.passnumerique.loadtest.race;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Bugs in how the ledger is written, put between a node and its database. */
final class DatabaseBugs {
  /** Of the ledger's inserts, of one row and of several. */
  private static final String GUARD =
      "where (select e.hash from ledger.event e order by e.position desc limit 1) is not distinct"
          + " from ?";

  private DatabaseBugs() {}

  static List<Supplier<Bug>> all() {
    return List.of(NoFence::new, NoGuard::new, DoNothing::new, TakenForWritten::new);
  }

  private static final class NoFence extends Bug {
    NoFence() {
      super("the fence is removed: two nodes may have one position");
    }

    @Override
    Sharing sharing() {
      return Sharing.BOTH_WRITE;
    }

    @Override
    void prepare(Stage.Arena arena) throws SQLException {
      arena.asSuperuser("alter table ledger.event drop constraint event_pkey cascade");
    }
  }

  private static final class NoGuard extends Bug {
    NoGuard() {
      super("the guard is removed: a ledger that was moved back is gone on with");
    }

    @Override
    Sharing sharing() {
      return Sharing.MOVED_BACK;
    }

    @Override
    DataSource database(DataSource right, Seat seat) {
      // The parameter stays: whoever asks sets it.
      return LedgerInserts.rewritten(
          right, sql -> replaced(sql, GUARD, "where true or ?::bytea is null"));
    }
  }

  private static final class DoNothing extends Bug {
    DoNothing() {
      super("rows that another node wrote first are passed over (on conflict do nothing)");
    }

    @Override
    Sharing sharing() {
      return Sharing.BOTH_WRITE;
    }

    @Override
    DataSource database(DataSource right, Seat seat) {
      return LedgerInserts.rewritten(right, sql -> sql + " on conflict (position) do nothing");
    }
  }

  private static final class TakenForWritten extends Bug {
    private static final int ONE_IN = 25;

    private final AtomicInteger statements = new AtomicInteger();

    TakenForWritten() {
      super("a statement that was lost is taken for written");
    }

    @Override
    DataSource database(DataSource right, Seat seat) {
      return LedgerInserts.answered(
          right, insert -> statements.incrementAndGet() % ONE_IN == 0 ? 1 : insert.rows());
    }
  }

  private static String replaced(String sql, String part, String by) {
    String replaced = sql.replace(part, by);
    if (replaced.equals(sql)) {
      throw new IllegalStateException("the ledger's insert has no longer: " + part);
    }
    return replaced;
  }
}
