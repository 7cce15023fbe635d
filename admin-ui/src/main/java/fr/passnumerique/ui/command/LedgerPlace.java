package fr.passnumerique.ui.command;

import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Option;

/** Where the ledger is; what is not said here is taken from the environment, as the nodes do. */
final class LedgerPlace {
  @Option(
      names = "--data-directory",
      paramLabel = "<path>",
      description =
          "Of the embedded database, which no node may be running on. Default: PASS_DATA_DIRECTORY,"
              + " or .data.")
  private @Nullable String dataDirectory;

  @Option(
      names = "--datasource-url",
      paramLabel = "<url>",
      description =
          "Of a PostgreSQL server instead, with the roles' passwords in the environment as for a"
              + " node (PASS_DATABASE_READER_PASSWORD …). Default: SPRING_DATASOURCE_URL.")
  private @Nullable String url;

  /** For picocli, which sets the options. */
  LedgerPlace() {}

  /**
   * A ledger to be read.
   *
   * @throws IllegalArgumentException if there is none: nothing is made where a name was mistyped
   */
  Database existing() {
    DatabaseSettings settings = settings(false);
    if (settings.url() == null && !Database.isIn(settings.dataDirectory())) {
      throw new IllegalArgumentException(
          "there is no ledger in %s; give the data directory of one (--data-directory), or its server (--datasource-url)"
              .formatted(settings.dataDirectory().toAbsolutePath()));
    }
    return Database.open(settings);
  }

  /** The same, or a fresh one; its schema is made, or brought to this release's. */
  Database existingOrNew() {
    return Database.open(settings(true));
  }

  private DatabaseSettings settings(boolean migrate) {
    StandardEnvironment environment = new StandardEnvironment();
    return DatabaseSettings.of(
        name ->
            switch (name) {
              case "pass.database.migrate" -> Boolean.toString(migrate);
              case "pass.data-directory" ->
                  dataDirectory != null ? dataDirectory : environment.getProperty(name);
              case "spring.datasource.url" -> url != null ? url : environment.getProperty(name);
              default -> environment.getProperty(name);
            });
  }
}
