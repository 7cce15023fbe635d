package fr.passnumerique.clearing.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class DatabaseConfigurationIT {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @Import(DatabaseConfiguration.class)
  static class Root {}

  private static TestDatabase database;

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withUserConfiguration(Root.class)
          .withPropertyValues("management.health.db.enabled=false")
          .withPropertyValues(
              database.properties().entrySet().stream()
                  .map(property -> property.getKey() + "=" + property.getValue())
                  .toArray(String[]::new));

  @BeforeAll
  static void database() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void dropped() {
    database.close();
  }

  @Test
  void eachQualifierConnectsWithItsOwnRights() {
    application.run(
        context -> {
          assertThat(context).hasNotFailed();
          for (var expected :
              java.util.Map.of(
                      "ledger", "pass_clearing",
                      "projections", "pass_projections",
                      "reader", "pass_reader")
                  .entrySet()) {
            DataSource dataSource =
                BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                    context.getBeanFactory(), DataSource.class, expected.getKey());
            assertThat(one(dataSource, "select current_user")).isEqualTo(expected.getValue());
          }
          assertThat(context.getBean(DataDirectory.class).path()).isDirectory();
        });
  }

  @Test
  void theLedgersConnectionsPlanOnceAndSeeWhatIsCommitted() {
    application.run(
        context -> {
          DataSource ledger =
              BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                  context.getBeanFactory(), DataSource.class, "ledger");
          assertThat(one(ledger, "show plan_cache_mode")).isEqualTo("force_generic_plan");
          assertThat(one(ledger, "show transaction_isolation")).isEqualTo("read committed");
          assertThat(one(ledger, "show fsync")).isEqualTo("on");
          assertThat(one(ledger, "show full_page_writes")).isEqualTo("on");
          assertThat(one(ledger, "show synchronous_commit")).isEqualTo("on");
          try (var connection = ledger.getConnection()) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.unwrap(org.postgresql.PGConnection.class).getPrepareThreshold())
                .isEqualTo(1);
          }
        });
  }

  @Test
  void healthTellsWhetherCommitsAreOnDiskAndWhereTheLedgerStands() {
    application.run(
        context -> {
          var health = context.getBean("databaseHealthIndicator", HealthIndicator.class).health();
          assertThat(health.getStatus()).isEqualTo(Status.UP);
          assertThat(health.getDetails())
              .containsEntry("durable", true)
              .containsEntry("head", 0L)
              .containsEntry("server", "external");
        });
  }

  private static String one(DataSource dataSource, String query) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
