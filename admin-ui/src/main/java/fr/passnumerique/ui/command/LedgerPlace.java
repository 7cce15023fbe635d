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
   * @param migrate whether the schema is made or brought to this release's
   */
  Database open(boolean migrate) {
    StandardEnvironment environment = new StandardEnvironment();
    return Database.open(
        DatabaseSettings.of(
            name ->
                switch (name) {
                  case "pass.database.migrate" -> Boolean.toString(migrate);
                  case "pass.data-directory" ->
                      dataDirectory != null ? dataDirectory : environment.getProperty(name);
                  case "spring.datasource.url" -> url != null ? url : environment.getProperty(name);
                  default -> environment.getProperty(name);
                }));
  }
}
