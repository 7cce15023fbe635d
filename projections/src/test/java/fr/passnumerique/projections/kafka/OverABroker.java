package fr.passnumerique.projections.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.broker.KafkaBroker;
import fr.passnumerique.projections.claims.ClaimsProjections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is a process of its own, and a ledger with a topic for each test. */
abstract class OverABroker {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path directory;
  static KafkaBroker broker;

  TestDatabase database;
  TestLedger ledger;
  KafkaSettings settings;

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.in(directory, System.getProperty("java.class.path")).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start(TestInfo test) throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    KafkaSettings usual =
        KafkaSettings.of(broker.bootstrapServers(), test.getTestMethod().orElseThrow().getName());
    settings =
        new KafkaSettings(
            usual.clients(),
            usual.topic(),
            Optional.empty(),
            true,
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            Optional.empty());
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  void awaitNoTopic(Admin admin) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (admin.listTopics().names().get().contains(settings.topic()) && System.nanoTime() < end) {
      pause(10);
    }
  }

  void refused(String why) throws Exception {
    refused(ledger, why);
  }

  void refused(TestLedger of, String why) throws Exception {
    LedgerRelay relay =
        new LedgerRelay(settings, of.reader(), Clock.systemUTC(), new SimpleMeterRegistry());
    relay.start();
    awaitState(relay, RelayStatus.State.STOPPED);
    assertThat(relay.status().reason()).contains(why);
    assertThat(new RelayHealth(relay).health().getStatus().getCode()).isEqualTo("DOWN");
    relay.stop();
  }

  LedgerRelay relay() {
    return new LedgerRelay(settings, ledger.reader(), Clock.systemUTC(), new SimpleMeterRegistry());
  }

  Following through(TestDatabase remote) {
    return Following.through(
        new KafkaFactSources(settings, ledger.reader()),
        remote,
        ledger,
        AccountsProjections.accounts());
  }

  Following claimsThrough() {
    return claimsThrough(database, ledger);
  }

  Following claimsThrough(TestDatabase in, TestLedger of) {
    return Following.through(
        new KafkaFactSources(settings, of.reader()), in, of, ClaimsProjections.claims());
  }

  Admin admin() {
    return Admin.create(settings.with(Map.of()));
  }

  TopicPartition partition() {
    return new TopicPartition(settings.topic(), 0);
  }

  static DayOpened day(int day) {
    return new DayOpened(Story.DAY.plusDays(day));
  }

  static void awaitRelayed(LedgerRelay relay, long position) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (relay.status().position() < position && System.nanoTime() < end) {
      pause(10);
    }
    assertThat(relay.status().position())
        .as(relay.status().toString())
        .isGreaterThanOrEqualTo(position);
  }

  static void awaitState(LedgerRelay relay, RelayStatus.State state) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (relay.status().state() != state && System.nanoTime() < end) {
      pause(10);
    }
    assertThat(relay.status().state()).as(relay.status().toString()).isEqualTo(state);
  }

  static void await(Following following, String projection, long position) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (following.status(projection).position() < position && System.nanoTime() < end) {
      pause(10);
    }
    assertThat(following.status(projection).position())
        .as(following.status(projection).toString())
        .isEqualTo(position);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
