package fr.passnumerique.clearing.database;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The database as beans: {@link Database}, {@link DataDirectory}, and per role a {@link DataSource}
 * with the qualifier {@code ledger} (also accounts and vault), {@code projections} or {@code
 * reader}. None is primary: who asks for a connection says with which rights.
 *
 * <p>The composition root excludes {@code DataSourceAutoConfiguration}, which would connect once
 * more from {@code spring.datasource.url}, and {@code FlywayAutoConfiguration}, which would migrate
 * with whatever connection it finds; and sets {@code management.health.db.enabled=false}, since
 * {@link DatabaseHealth} asks the same and says more.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {
  private static final Duration HEALTH_PATIENCE = Duration.ofMillis(1_500);

  @Bean
  Database database(Environment environment) {
    return Database.open(DatabaseSettings.of(environment::getProperty));
  }

  @Bean
  DataDirectory dataDirectory(Database database) {
    return database.dataDirectory();
  }

  // The pools are the database's to close: it is closed after all that uses them.

  @Bean(destroyMethod = "")
  @Qualifier("ledger")
  DataSource ledgerDataSource(Database database) {
    return database.dataSource(ApplicationRole.CLEARING);
  }

  @Bean(destroyMethod = "")
  @Qualifier("projections")
  DataSource projectionsDataSource(Database database) {
    return database.dataSource(ApplicationRole.PROJECTIONS);
  }

  @Bean(destroyMethod = "")
  @Qualifier("reader")
  DataSource readerDataSource(Database database) {
    return database.dataSource(ApplicationRole.READER);
  }

  @Bean
  HealthIndicator databaseHealthIndicator(Database database) {
    return new DatabaseHealth(
        database::anyDataSource, database.embedded() ? "embedded" : "external", HEALTH_PATIENCE);
  }
}
