package fr.passnumerique.clearing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that runs on an external server, as whichever roles it was told. */
class SchemaVersionIT {
  private TestDatabase database;

  @BeforeEach
  void aMigratedDatabase() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void dropped() {
    database.close();
  }

  @Test
  void aNodeRefusesASchemaThatIsBehind() throws SQLException {
    change("delete from pass_migrations.migration where version = '101'");
    assertThatThrownBy(() -> open(database.properties()))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("is not the one this node was built for")
        .hasMessageContaining("version 101 (event)")
        .hasMessageContaining("pass.database.migrate=true");
  }

  @Test
  void aNodeRefusesASchemaThatIsAhead() throws SQLException {
    change(
        "insert into pass_migrations.migration select 9999, '9999', 'later', type, script,"
            + " checksum, installed_by, now(), 1, true from pass_migrations.migration where version"
            + " = '101'");
    assertThatThrownBy(() -> open(database.properties()))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("version 9999");
  }

  @Test
  void aNodeRefusesASchemaWhoseMigrationsWereOthers() throws SQLException {
    change("update pass_migrations.migration set checksum = checksum + 1 where version = '101'");
    assertThatThrownBy(() -> open(database.properties()))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("version 101");
  }

  @Test
  void aNodeThatComparesOnlyNeedsNoOwner() {
    var properties = new HashMap<>(database.properties());
    properties.remove("pass.database.owner.password");
    open(properties).close();
  }

  @Test
  void aNodeNeedsOnlyTheAccountItWorksAs() throws SQLException {
    for (ApplicationRole role :
        List.of(ApplicationRole.CLEARING, ApplicationRole.PROJECTIONS, ApplicationRole.READER)) {
      var properties = new HashMap<>(database.properties());
      for (ApplicationRole other : ApplicationRole.values()) {
        if (other != role) {
          properties.remove(DatabaseSettings.prefix(other) + ".password");
        }
      }
      try (var node = open(properties);
          var connection = node.dataSource(role).getConnection()) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void theMigrateStepCanBeRunAgain() {
    var properties = new HashMap<>(database.properties());
    properties.put("pass.database.migrate", "true");
    open(properties).close();
    open(properties).close();
  }

  @Test
  void aRefusedLoginNamesTheAccountAndTheProperty() {
    for (ApplicationRole role : List.of(ApplicationRole.CLEARING, ApplicationRole.OWNER)) {
      var properties = new HashMap<>(database.properties());
      properties.put("pass.database.migrate", "true");
      properties.put(DatabaseSettings.prefix(role) + ".password", "no-such-password");
      assertThatThrownBy(() -> open(properties))
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("as " + role.roleName())
          .hasMessageContaining(DatabaseSettings.prefix(role) + ".username and .password")
          .hasMessageNotContaining("no-such-password");
    }
  }

  @Test
  void anotherLoginRoleMayStandInWhenItIsAMember() throws SQLException {
    change("create role node_7 login password 'seven' in role pass_clearing");
    try {
      var properties = new HashMap<>(database.properties());
      properties.put("pass.database.clearing.username", "node_7");
      properties.put("pass.database.clearing.password", "seven");
      try (var node = open(properties)) {
        EmbeddedServerIT.append(node, 1);
        assertThat(EmbeddedServerIT.head(node)).isEqualTo(1);
      }
    } finally {
      change("drop role node_7");
    }
  }

  @Test
  void connectionsComeBackAfterTheyWereEndedAndAfterTheServerWasKilled() throws Exception {
    try (var connection = database.ledger().getConnection()) {
      assertThat(connection.isValid(5)).isTrue();
    }
    database.terminateBackends();
    assertComesBack();
    TestDatabase.killServer();
    TestDatabase.startServer();
    assertComesBack();
    TestDatabase.stopServer();
    TestDatabase.startServer();
    assertComesBack();
  }

  private void assertComesBack() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try (var connection = database.ledger().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("select 1");
        return;
      } catch (SQLException e) {
        // The pool hands out one that was used just now without asking whether it lives.
        assertThat(attempt).isLessThan(50);
        Thread.sleep(100);
      }
    }
  }

  @Test
  void settingsNeverPrintAPassword() {
    assertThat(DatabaseSettings.of(database.properties()::get).toString())
        .doesNotContain(database.properties().get("pass.database.clearing.password"));
  }

  private static Database open(Map<String, String> properties) {
    return Database.open(DatabaseSettings.of(properties::get));
  }

  private void change(String sql) throws SQLException {
    try (var connection = database.superuser().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
