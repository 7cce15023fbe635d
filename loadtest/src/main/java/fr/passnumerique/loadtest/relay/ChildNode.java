package fr.passnumerique.loadtest.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.loadtest.peak.GrowingLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/** What the two kinds of child have in common. */
final class ChildNode {
  /** Before settings of the ledger's database; those without are of the node's own. */
  static final String LEDGER = "ledger.";

  static final String READY = "ready";

  private ChildNode() {}

  static Map<String, String> settings(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    Map<String, String> settings = new HashMap<>();
    properties.forEach((name, value) -> settings.put((String) name, (String) value));
    return settings;
  }

  /** Reads the ledger that the harness writes. */
  static LedgerReader ledger(Map<String, String> settings) {
    Database database =
        Database.open(DatabaseSettings.of(property -> settings.get(LEDGER + property)));
    return new PostgresLedgerReader(
        database.dataSource(ApplicationRole.READER), GrowingLedger.catalogue());
  }

  /** Says that it runs, and ends as abruptly as everything here does when its input ends. */
  static void serve(Consumer<String> words) throws IOException {
    System.out.println(READY);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      String word;
      while ((word = in.readLine()) != null) {
        words.accept(word);
      }
    }
    Runtime.getRuntime().halt(0);
  }
}
