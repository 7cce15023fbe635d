package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** How the nodes of a ledger know where the writer is. */
@ExtendWith(OutputCaptureExtension.class)
class WriterAddressIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static TestDatabase database;

  @BeforeAll
  static void aLedger() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void dropped() {
    database.close();
  }

  @Test
  void whoStandsByIsToldWhereTheWriterIsHoweverOftenItChanges() throws Exception {
    try (LedgerNode left = start("http://left:1");
        LedgerNode right = start("http://right:2")) {
      for (int round = 0; round < 4; round++) {
        await(
            () ->
                namesTheOther(left, right, "http://right:2")
                    || namesTheOther(right, left, "http://left:1"));
        LedgerNode writer = left.state() == LedgerNode.State.WRITING ? left : right;
        assertThat(writer.elsewhere()).isEmpty();
        database.terminateBackends();
      }
    }
  }

  private static boolean namesTheOther(LedgerNode standby, LedgerNode writer, String address) {
    return writer.state() == LedgerNode.State.WRITING
        && standby.state() == LedgerNode.State.STANDBY
        && standby.elsewhere().equals(writer.address())
        && writer.address().orElseThrow().uri().toString().equals(address);
  }

  @Test
  void aWriterWithoutAnAddressLeavesNobodyElsesBehind() throws Exception {
    try (LedgerNode first = start("http://first:1")) {
      assertThat(first.awaitWriting(Duration.ofSeconds(30))).isTrue();
    }
    try (LedgerNode second = start("");
        LedgerNode third = start("http://third:3")) {
      await(
          () ->
              second.state() == LedgerNode.State.WRITING
                  || third.state() == LedgerNode.State.WRITING);
      if (third.state() == LedgerNode.State.WRITING) {
        third.close();
      }
      assertThat(second.awaitWriting(Duration.ofSeconds(30))).isTrue();
      assertThat(told()).isEmpty();
    }
  }

  @Test
  void anAddressDiesWithItsWriterWhoeverHoldsTheLockNext() throws Exception {
    try (LedgerNode first = start("http://first:1")) {
      assertThat(first.awaitWriting(Duration.ofSeconds(30))).isTrue();
      assertThat(told()).isEqualTo(first.address());
    }
    assertThat(told()).isEmpty();

    try (Connection olderRelease = database.ledger().getConnection()) {
      olderRelease.setAutoCommit(false);
      try (var statement = olderRelease.createStatement()) {
        statement.execute("set local application_name = 'clearing-writer of an older release'");
        statement.execute("select pg_advisory_xact_lock(%d)".formatted(WriterElection.LOCK));
      }
      assertThat(told()).isEmpty();
      olderRelease.rollback();
    }
  }

  @Test
  void anAddressThatCannotBeReadIsSaidOnceAndIsNoneUntilItIsMended(CapturedOutput output)
      throws Exception {
    try (LedgerNode writer = start("http://writer:1")) {
      assertThat(writer.awaitWriting(Duration.ofSeconds(30))).isTrue();
      try (LedgerNode standby = start("http://standby:2")) {
        await(() -> standby.elsewhere().equals(writer.address()));

        run(database.ledger(), "update ledger.writer set address = 'http://writer:65536'");
        await(() -> standby.elsewhere().isEmpty());
        Thread.sleep(500);
        assertThat(output.getAll()).containsOnlyOnce("pass.node.address is http://writer:65536");

        run(database.ledger(), "update ledger.writer set address = 'http://writer:1'");
        await(() -> standby.elsewhere().equals(writer.address()));
      }
    }
  }

  private static Optional<WriterAddress> told() throws SQLException {
    try (Connection connection = database.ledger().getConnection()) {
      return WriterAddress.told(connection, WriterElection.LOCK);
    }
  }

  @Test
  void onlyTheRoleThatAppendsReadsOrWritesTheAddress() throws SQLException {
    run(database.ledger(), "select * from ledger.writer");
    for (DataSource other : List.of(database.projections(), database.reader())) {
      for (String attempt :
          List.of(
              "select * from ledger.writer",
              "update ledger.writer set address = 'http://forged:1'",
              "insert into ledger.writer (session, address, secret)"
                  + " values ('x', 'http://forged:1', 'x')")) {
        assertThatThrownBy(() -> run(other, attempt))
            .isInstanceOfSatisfying(
                SQLException.class,
                e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
      }
    }
    assertThatThrownBy(
            () ->
                run(
                    database.owner(),
                    "insert into ledger.writer (only_row, session, address, secret)"
                        + " values (false, 'x', '', 'x')"))
        .hasMessageContaining("writer_is_one_row");
    for (String address : List.of("x", "http://", "http://a/path", "http://user@a", "http://a b")) {
      assertThatThrownBy(
              () ->
                  run(
                      database.owner(),
                      "insert into ledger.writer (session, address, secret) values ('x', '%s', 'x')"
                          .formatted(address)))
          .hasMessageContaining("writer_address_is_bare");
    }
  }

  @Test
  void anAddressIsSchemeHostAndPort() {
    assertThat(WriterAddress.of(" ")).isEmpty();
    assertThat(WriterAddress.of("https://node-a.internal:8443/").orElseThrow().uri())
        .isEqualTo(URI.create("https://node-a.internal:8443"));
    assertThat(WriterAddress.of("http://10.0.0.7").map(WriterAddress::uri))
        .isEqualTo(Optional.of(URI.create("http://10.0.0.7")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.7:8080",
        "node-a",
        "ftp://node-a",
        "http://node-a/path",
        "http://node-a?x",
        "http://user@node-a",
        "http:///",
        "http://node a",
        "http://node-a:0",
        "http://node-a:65536"
      })
  void anythingElseIsRefusedAtTheStart(String address) {
    assertThatThrownBy(() -> WriterAddress.of(address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass.node.address");
  }

  @Test
  void theSecretIsAnotherWithEachStartAndIsNotLogged() {
    WriterAddress address = WriterAddress.of("http://node-a:1").orElseThrow();
    WriterAddress later = WriterAddress.of("http://node-a:1").orElseThrow();

    assertThat(address.isShown(address.secret())).isTrue();
    assertThat(address.isShown(later.secret())).isFalse();
    assertThat(address.isShown(null)).isFalse();
    assertThat(address.toString()).isEqualTo("http://node-a:1");
  }

  private static LedgerNode start(String address) {
    Slips slips = new Slips();
    return LedgerNode.start(
        new LedgerNode.Parts(
            database.ledger(),
            Slips.CATALOGUE,
            List.of(slips),
            List.of(slips),
            Clock.systemUTC(),
            new SimpleMeterRegistry(),
            true,
            Duration.ofSeconds(10),
            WriterElection.SILENCE,
            WriterAddress.of(address),
            Optional.empty()));
  }

  private static void run(DataSource as, String sql) throws SQLException {
    try (Connection connection = as.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void await(BooleanSupplier over) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!over.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
