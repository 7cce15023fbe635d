package fr.passnumerique.projections;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.loop.FactSources;
import fr.passnumerique.projections.loop.LedgerFactSources;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ProjectionStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** Projections that follow a ledger on a database, as they do in production. */
public final class Following implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ProjectionRunners runners;

  private Following(
      TestDatabase database, TestLedger ledger, FactSources sources, Projection... projections) {
    runners =
        new ProjectionRunners(
            List.of(projections),
            sources,
            ledger.reader(),
            database.projections(),
            Clock.systemUTC(),
            meters);
    runners.start();
  }

  public static Following directly(
      TestDatabase database, TestLedger ledger, Projection... projections) {
    return new Following(database, ledger, new LedgerFactSources(ledger.reader()), projections);
  }

  public static Following through(
      FactSources sources, TestDatabase database, TestLedger ledger, Projection... projections) {
    return new Following(database, ledger, sources, projections);
  }

  public ProjectionRunners runners() {
    return runners;
  }

  public MeterRegistry meters() {
    return meters;
  }

  public ProjectionStatus status(String projection) {
    return runners.statuses().stream()
        .filter(status -> status.name().equals(projection))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until the projection holds the position. */
  public void await(String projection, long position) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (status(projection).position() < position && System.nanoTime() < end) {
      assertThat(status(projection).state())
          .as(status(projection).reason())
          .isNotEqualTo(ProjectionStatus.State.STOPPED);
      Thread.sleep(5);
    }
    assertThat(status(projection).position()).isEqualTo(position);
  }

  public ProjectionStatus awaitStop(String projection) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (status(projection).state() != ProjectionStatus.State.STOPPED
        && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(status(projection).state()).isEqualTo(ProjectionStatus.State.STOPPED);
    return status(projection);
  }

  @Override
  public void close() {
    runners.stop();
  }

  public static long number(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      found.next();
      return found.getLong(1);
    }
  }

  public static void execute(DataSource dataSource, String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
