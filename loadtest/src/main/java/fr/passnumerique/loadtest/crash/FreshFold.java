package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseConfiguration;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.loadtest.relay.Tables;
import fr.passnumerique.projections.Projections;
import fr.passnumerique.ui.ClearingApplication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * All projections folded anew, by this process and from the ledger itself, into a database that was
 * empty; then every row of them compared with those of the application, which Kafka fed and which
 * were interrupted at random.
 */
final class FreshFold {
  private static final String ANEW = "anew";
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Server server;
  private final String ledger;
  private final Path home;
  private final Faults faults;

  /**
   * @param ledger name of the application's database
   */
  FreshFold(Server server, String ledger, Path home, Faults faults) {
    this.server = server;
    this.ledger = ledger;
    this.home = home;
    this.faults = faults;
  }

  /**
   * What was compared.
   *
   * @param position at which both stand
   */
  record Compared(long position, int tables, long rows) {}

  /** While nothing is recorded. The fresh tables stay until the next time, to be looked into. */
  Compared compare(long head) throws SQLException, InterruptedException {
    Path directory = home.resolve(ANEW);
    drop();
    server.createDatabase(ANEW);
    try (Database of =
            Database.open(DatabaseSettings.of(server.properties(ledger, directory)::get));
        var context = new AnnotationConfigApplicationContext()) {
      context
          .getBeanFactory()
          .setConversionService(ApplicationConversionService.getSharedInstance());
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("crash", Map.copyOf(server.properties(ANEW, directory))));
      context.registerBean(Clock.class, Clock::systemUTC);
      context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
      context.registerBean(
          LedgerReader.class,
          () ->
              new PostgresLedgerReader(
                  of.dataSource(ApplicationRole.READER), ClearingApplication.factCatalogue()));
      context.register(DatabaseConfiguration.class, Projections.class);
      context.refresh();
      awaitProjections(server, ANEW, head, PATIENCE, faults);
      awaitProjections(server, ledger, head, PATIENCE, faults);
    }
    return compareTables(head);
  }

  /** What was folded anew with what the application shows. */
  Compared compareTables(long head) throws SQLException {
    Tables fresh = Tables.of(server.superuser(ANEW));
    Tables shown = Tables.of(server.superuser(ledger));
    List<String> differing = fresh.differing(shown);
    if (!differing.isEmpty()) {
      faults.add("of the projections %s are not what a fresh fold gives", differing);
    }
    if (!Tables.positions(server.superuser(ANEW))
        .equals(Tables.positions(server.superuser(ledger)))) {
      faults.add("projections and their fresh fold do not stand at the same position");
    }
    return new Compared(head, fresh.contents().size(), fresh.rows());
  }

  /** All projections of a database, which tell where they stand in it. */
  static void awaitProjections(
      Server server, String database, long head, Duration atMost, Faults faults)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      Map<String, Long> positions = Tables.positions(server.superuser(database));
      if (!positions.isEmpty() && positions.values().stream().allMatch(at -> at >= head)) {
        return;
      }
      if (System.nanoTime() > end) {
        faults.add("projections of %s stand at %s, the ledger at %d", database, positions, head);
        return;
      }
      Thread.sleep(20);
    }
  }

  private void drop() throws SQLException {
    try (Connection connection = server.superuser("postgres").getConnection();
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists %s with (force)".formatted(ANEW));
    }
  }
}
