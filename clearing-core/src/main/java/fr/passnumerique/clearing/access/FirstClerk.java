package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.database.DataDirectory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the first account on the first start, a clerk's, since only a clerk can make accounts.
 * Login, password and key are random and stand in a file that its owner alone can read; nowhere
 * else, the log included.
 */
final class FirstClerk {
  static final String FILE = "first-clerk.json";

  private static final Logger LOG = LoggerFactory.getLogger(FirstClerk.class);
  private static final String LOGIN = "first-clerk";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Accounts accounts;
  private final DataDirectory directory;

  /** The file's content, in the form of the demo's accounts. */
  record Content(List<Entry> accounts) {
    record Entry(String role, String login, String password, String apiKey, String subject) {
      @Override
      public String toString() {
        return "Entry[" + login + "]";
      }
    }
  }

  FirstClerk(Accounts accounts, DataDirectory directory) {
    this.accounts = accounts;
    this.directory = directory;
  }

  void run() {
    if (!accounts.none()) {
      return;
    }
    // Written before it is made: an account whose password nobody knows would be the last one.
    byte[] kept =
        directory.keep(
            FILE,
            () ->
                JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(
                        new Content(
                            List.of(
                                new Content.Entry(
                                    "clerk", LOGIN, ApiKey.random(), ApiKey.random(), ""))))
                    .getBytes(StandardCharsets.UTF_8));
    Content.Entry clerk = JSON.readValue(kept, Content.class).accounts().getFirst();
    if (accounts.createFirst(clerk.login(), clerk.password(), clerk.apiKey())) {
      LOG.info(
          "the first account, a clerk's, was made; its login, password and API key are in {}",
          directory.path().resolve(FILE));
    }
  }
}
