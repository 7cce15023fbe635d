package fr.passnumerique.clearing.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the ledger's table answers. Tells whether a commit is on disk when it is answered
 * ({@code durable}): a server that answers earlier is up, and may lose what was acknowledged.
 */
final class DatabaseHealth implements HealthIndicator {
  private final Database database;

  DatabaseHealth(Database database) {
    this.database = database;
  }

  @Override
  public Health health() {
    try (Connection connection = database.anyDataSource().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select current_setting('server_version') as version,
                       coalesce((select max(position) from ledger.event), 0) as head
                """)) {
      rows.next();
      return Health.up()
          .withDetail("server", database.embedded() ? "embedded" : "external")
          .withDetail("version", rows.getString("version"))
          .withDetail("durable", Database.durable(connection))
          .withDetail("head", rows.getLong("head"))
          .build();
    } catch (SQLException e) {
      return Health.down(e).build();
    }
  }
}
