package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * A disk that is full, until there is room again: the application says so, and all goes on by
 * itself, but for the broker, which ends and is started again as a supervisor does.
 */
final class FullDisk {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Nothing is recorded. */
  private static final String DOWN = "DOWN";

  /** More than a disk of the largest size has room for. */
  private static final int MOST_SEGMENTS = 1_000;

  private final Installation installation;
  private final Presenting presenting;
  private final Faults faults;

  /**
   * @param faults is told what does not hold
   */
  FullDisk(Installation installation, Presenting presenting, Faults faults) {
    this.installation = installation;
    this.presenting = presenting;
    this.faults = faults;
  }

  /**
   * Fills the disk, and gives the room back when the application has told for some time that it
   * does not record.
   *
   * @param logUsedUp whether PostgreSQL also finds no segment of its write-ahead log to write on
   * @return how often PostgreSQL and the broker ended of it
   */
  int live(boolean logUsedUp, Duration forSoLong)
      throws IOException, SQLException, InterruptedException {
    Optional<ProcessHandle> postmaster = installation.postmaster();
    // Before: a full disk lets no session begin.
    try (Connection session = installation.server().superuser("postgres").getConnection();
        var _ = installation.disk().fill()) {
      if (logUsedUp) {
        useLogUp(session);
      }
      awaitHealth(DOWN, "a full disk");
      Thread.sleep(forSoLong);
      String still = installation.health();
      if (!still.equals(DOWN)) {
        faults.add("the application's health is %s while the disk is full", still);
      }
    }
    // What is told is how long it takes from now on.
    presenting.strike();
    int ended = installation.bringBrokerBack() ? 1 : 0;
    awaitHealth("UP", "room on the disk again");
    return ended + (installation.postmaster().equals(postmaster) ? 0 : 1);
  }

  private void useLogUp(Connection session) {
    try (Statement statement = session.createStatement()) {
      for (int segment = 0; segment < MOST_SEGMENTS; segment++) {
        statement.execute("select pg_logical_emit_message(false, 'disk', 'full')");
        statement.execute("select pg_switch_wal()");
      }
      faults.add("PostgreSQL writes on though its disk is full");
    } catch (SQLException e) {
      // It ended at the first segment for which there was no room.
    }
  }

  private void awaitHealth(String status, String after) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String told = installation.health();
    while (!told.equals(status)) {
      if (System.nanoTime() > end) {
        faults.add(
            "the application's health is %s and not %s %d s after %s",
            told, status, PATIENCE.toSeconds(), after);
        return;
      }
      Thread.sleep(BETWEEN_LOOKS);
      told = installation.health();
    }
  }

  /** Empty too where what answers is not what is to: it is asked again. */
  static String status(byte[] body) {
    try {
      return FactCatalogue.JSON.readTree(body).path("status").stringValue("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
