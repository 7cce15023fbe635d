package fr.passnumerique.clearing.database;

import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the schema. Each module brings its own under {@code db/migration/<schema>}:
 * ledger from 100, vault from 200, access from 300, projections from 400; so one may come after a
 * higher one.
 */
final class Migrations {
  static final String SCHEMA = "pass_migrations";

  private final Flyway flyway;

  /**
   * @param username the owner to migrate; any of the roles may compare
   */
  Migrations(String url, String username, @Nullable String password) {
    this.flyway =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(url, username, password)
            .locations("classpath:db/migration")
            .defaultSchema(SCHEMA)
            .table("migration")
            .outOfOrder(true)
            // A database that is ahead of this node is not this node's database either.
            .ignoreMigrationPatterns(new String[0])
            .placeholderReplacement(false)
            .cleanDisabled(true)
            .load();
  }

  /**
   * Brings the schema to this application's version. Each migration takes place whole or not. One
   * that is current, as at nearly every start, is only compared, which takes a fraction of it.
   *
   * @throws DatabaseUnavailableException unless the schema is exactly that of this application then
   */
  void migrateUnlessCurrent() {
    if (compared().validationSuccessful) {
      return;
    }
    migrate();
    requireCurrent();
  }

  void migrate() {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnavailableException(
          "the database's schema could not be migrated: " + e.getMessage(), e);
    }
  }

  /**
   * @throws DatabaseUnavailableException unless the schema is exactly that of this application
   */
  void requireCurrent() {
    ValidateResult result = compared();
    if (!result.validationSuccessful) {
      throw new DatabaseUnavailableException(
          "the database's schema is not the one this node was built for; run the migrate step (pass.database.migrate=true, as %s) of the same release as the nodes. Found: %s"
              .formatted(
                  ApplicationRole.OWNER.roleName(),
                  result.invalidMigrations.stream()
                      .map(Migrations::describe)
                      .collect(Collectors.joining("; "))));
    }
  }

  private ValidateResult compared() {
    try {
      return flyway.validateWithResult();
    } catch (FlywayException e) {
      throw new DatabaseUnavailableException(
          "the database's schema could not be compared: " + e.getMessage(), e);
    }
  }

  private static String describe(ValidateOutput migration) {
    return "version %s (%s): %s"
        .formatted(
            migration.version,
            migration.description,
            migration.errorDetails == null ? "differs" : migration.errorDetails.errorMessage);
  }
}
