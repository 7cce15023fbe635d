package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;

/** A process of its own that rebuilds slowly, to be killed in the middle. */
final class RebuildingNode {
  private RebuildingNode() {}

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(Path.of(arguments[0]))) {
      properties.load(in);
    }
    Database database = Database.open(DatabaseSettings.of(properties::getProperty));
    new Rebuilder(
            List.of(new Slow(AccountsProjections.accounts())),
            new PostgresLedgerReader(
                database.dataSource(ApplicationRole.CLEARING), Story.CATALOGUE),
            database.dataSource(ApplicationRole.PROJECTIONS),
            Clock.systemUTC(),
            new RebuildRun.Pace(20, 20, 0))
        .start();
    Thread.sleep(120_000);
  }

  static Process start(Path properties) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RebuildingNode.class.getName(),
            properties.toString())
        .inheritIO()
        .start();
  }

  private record Slow(Projection projection) implements Projection {
    @Override
    public String name() {
      return projection.name();
    }

    @Override
    public Tables tables() {
      return projection.tables();
    }

    @Override
    public Changes fold(List<RecordedFact> facts) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return projection.fold(facts);
    }
  }
}
