package fr.passnumerique.projections.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.loop.Bookmark;
import fr.passnumerique.projections.loop.FactSource;
import fr.passnumerique.projections.loop.FactSources;
import fr.passnumerique.projections.loop.ProjectionHealth;
import fr.passnumerique.projections.loop.ProjectionStatus;
import fr.passnumerique.projections.loop.SourceUnavailableException;
import fr.passnumerique.projections.loop.SourcedFact;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** Projections that read the topic of a real broker, whatever becomes of it and of the topic. */
class ProjectionsOverKafkaIT extends OverABroker {
  @Test
  @Tag("long")
  void thatNoBrokerAnswersIsToldForAsLongAsItLasts() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    try (Following carried = through(database)) {
      await(carried, "accounts", ledger.record(Story.untilHandedOut()));
      Lags lags =
          new Lags(database.reader(), ledger.reader(), carried.runners(), Clock.systemUTC());
      ProjectionHealth health = new ProjectionHealth(carried.runners());
      assertThat(lags.read().getFirst().retrying()).isNull();
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      broker.kill();
      try {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (carried.status("accounts").retries() < 1 && System.nanoTime() < end) {
          pause(50);
        }
        // Not between two retries either.
        int retries = carried.status("accounts").retries();
        Instant since = carried.status("accounts").retryingSince();
        while (carried.status("accounts").retries() < retries + 1 && System.nanoTime() < end) {
          ProjectionLag lag = lags.read().getFirst();
          assertThat(lag.state()).isEqualTo(ProjectionLag.State.RETRYING);
          assertThat(lag.retrying().since()).isEqualTo(since);
          assertThat(lag.retrying().retries()).isGreaterThanOrEqualTo(retries);
          assertThat(lag.retrying().reason()).contains("cannot be read");
          assertThat(health.health().getStatus()).isEqualTo(ProjectionHealth.RETRYING);
          pause(50);
        }
        assertThat(carried.status("accounts").retries()).isGreaterThan(retries);
      } finally {
        broker.start();
      }
      await(carried, "accounts", ledger.record(day(40)));
      assertThat(carried.status("accounts").state()).isEqualTo(ProjectionStatus.State.RUNNING);
      assertThat(lags.read().getFirst().retrying()).isNull();
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    } finally {
      relay.stop();
    }
  }

  @Test
  void aProjectionGoesOnInTheTopicWhereItsRowsStand() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    try {
      ledger.record(Story.untilHandedOut());
      // First from the ledger itself: no offset is known.
      long first = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10));
      try (Following direct = Following.directly(database, ledger, ClaimsProjections.claims())) {
        direct.await("claims", first);
      }
      awaitRelayed(relay, first);
      long second = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 11, 20));
      try (Following carried = claimsThrough()) {
        await(carried, "claims", second);
      }
      // Then from the offset that lies with its rows.
      long third = ledger.record(Story.slip(Story.LIBRARY, "S-3", Story.LIBRARY_DESK, 21, 30));
      try (Following carried = claimsThrough()) {
        await(carried, "claims", third);
      }
      assertThat(ClaimsProjections.claimed(database.reader())).isEqualTo(30);
    } finally {
      relay.stop();
    }
  }

  @Test
  void aProjectionThatIsAheadOfTheTopicWaitsForIt() throws Exception {
    ledger.record(Story.untilHandedOut());
    long first = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10));
    try (Following direct = Following.directly(database, ledger, ClaimsProjections.claims())) {
      direct.await("claims", first);
    }
    new LedgerTopic(settings).ensure();
    LedgerRelay relay = relay();
    try (Following carried = claimsThrough()) {
      // It has found its place in an empty topic before the topic is filled.
      pause(2_000);
      relay.start();
      long second = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 11, 20));
      await(carried, "claims", second);
      assertThat(ClaimsProjections.claimed(database.reader())).isEqualTo(20);
    } finally {
      relay.stop();
    }
  }

  @Test
  void aStandbyTakesOverAndNothingIsAppliedTwice() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    ledger.record(Story.untilHandedOut());
    try (Following one = claimsThrough()) {
      long first = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10));
      await(one, "claims", first);
      try (Following other = claimsThrough()) {
        pause(1_000);
        long second = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 11, 20));
        await(one, "claims", second);
        await(other, "claims", second);
        one.close();
        long third = ledger.record(Story.slip(Story.LIBRARY, "S-3", Story.LIBRARY_DESK, 21, 30));
        await(other, "claims", third);
        assertThat(other.status("claims").state()).isEqualTo(ProjectionStatus.State.RUNNING);
      }
    } finally {
      relay.stop();
    }
    assertThat(ClaimsProjections.claimed(database.reader())).isEqualTo(30);
  }

  @Test
  void aNodeThatWasKilledIsKnownAgainByItsAddress() throws Exception {
    settings =
        new KafkaSettings(
            settings.clients(),
            settings.topic(),
            settings.replicationFactor(),
            true,
            settings.takeOverAfter(),
            settings.checkEvery(),
            Optional.of("http___10.0.0.7_8080"));
    isKnownAgain(
        new KafkaFactSources(settings, ledger.reader()),
        new KafkaFactSources(settings, ledger.reader()));
  }

  /** As a projection opens its source again after brokers did not answer. */
  @Test
  void aNodeThatIsStillThereIsKnownAgainWithoutAnAddress() throws Exception {
    FactSources sources = new KafkaFactSources(settings, ledger.reader());
    isKnownAgain(sources, sources);
  }

  /**
   * The first is not closed, and to the brokers it is more than one that was killed: its heart
   * beats on, and it would keep the topic for minutes from one whom they do not know.
   */
  private void isKnownAgain(FactSources before, FactSources after) throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    ledger.record(day(0), day(1));
    try (FactSource first = before.open("claims")) {
      assertThat(readOne(first)).isPositive();
      try (FactSource again = after.open("claims")) {
        assertThat(readOne(again)).isPositive();
      }
    } finally {
      relay.stop();
    }
  }

  /**
   * @return the position that it begins with; zero where it is given nothing
   */
  private static long readOne(FactSource source) throws InterruptedException {
    Bookmark begin = new Bookmark(0, Bookmark.NO_OFFSET);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      List<SourcedFact> read = source.read(begin, 10, Duration.ofMillis(100));
      if (!read.isEmpty()) {
        return read.getFirst().position();
      }
    }
    return 0;
  }

  /** Else they would tell of what the ledger lost, and then go on with what it records instead. */
  @Test
  void projectionsThatWereRestoredWithTheirLedgerDoNotReadOnInTheTopicOfBefore() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    awaitRelayed(relay, ledger.record(day(0), day(1), day(2)));
    relay.stop();
    try (TestDatabase elsewhere = TestDatabase.fresh();
        TestLedger restored = TestLedger.on(elsewhere)) {
      restored.record(day(0), day(1));
      try (Following carried = claimsThrough(elsewhere, restored)) {
        ProjectionStatus stopped = carried.awaitStop("claims");
        assertThat(stopped.position()).isZero();
        assertThat(stopped.reason())
            .contains("holds position 3 and the ledger ends before", "configure a new topic");
      }
      restored.record(day(2), day(3));
      try (Following carried = claimsThrough(elsewhere, restored)) {
        ProjectionStatus stopped = carried.awaitStop("claims");
        assertThat(stopped.position()).isZero();
        assertThat(stopped.reason()).contains("holds another fact at position 3 than the ledger");
      }
    }
  }

  /** It has the facts before that, whether it knows an offset of the topic or not. */
  @Test
  void whatSomebodyElseWroteStopsTheProjectionThereAndTheRelayAtItsStart() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    awaitRelayed(relay, ledger.record(day(0), day(1), day(2)));
    relay.stop();
    write("no fact", null, "{}");
    for (int start = 0; start < 2; start++) {
      try (Following carried = claimsThrough()) {
        ProjectionStatus stopped = carried.awaitStop("claims");
        assertThat(stopped.position()).isEqualTo(3);
        assertThat(stopped.stoppedAt()).isEqualTo(4);
        assertThat(stopped.reason()).contains("the message at offset", "cannot be read");
      }
    }
    refused("what is no fact as the relay writes it");
    try (TestDatabase elsewhere = TestDatabase.fresh();
        TestLedger restored = TestLedger.on(elsewhere)) {
      restored.record(day(0), day(1));
      try (Following carried = claimsThrough(elsewhere, restored)) {
        ProjectionStatus stopped = carried.awaitStop("claims");
        assertThat(stopped.position()).isZero();
        assertThat(stopped.reason()).contains("holds position 3 and the ledger ends before");
      }
    }
  }

  @Test
  void aTopicThatLeavesAFactOutStopsTheProjectionAtItsPosition() throws Exception {
    ledger.record(Story.untilHandedOut());
    List<LedgerRow> rows = ledger.reader().readRows(0, 5);
    new LedgerTopic(settings).ensure();
    write(
        rows.stream()
            .filter(row -> row.position() != 4)
            .map(LedgerEnvelope::write)
            .toArray(String[]::new));
    try (Following carried = claimsThrough()) {
      ProjectionStatus stopped = carried.awaitStop("claims");
      assertThat(stopped.position()).isEqualTo(3);
      assertThat(stopped.stoppedAt()).isEqualTo(4);
      assertThat(stopped.reason()).contains("goes on with position 5", "after 3");
    }
    // Nor does it look for a way round when it is started again.
    try (Following carried = claimsThrough()) {
      assertThat(carried.awaitStop("claims").stoppedAt()).isEqualTo(4);
    }
  }

  /** Offsets of the old topic mean nothing in the new one; positions do. */
  @Test
  void aNewTopicTakesThePlaceOfTheOld() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    long first = 0;
    for (int i = 0; i < 5; i++) {
      first = ledger.record(day(i));
      awaitRelayed(relay, first);
    }
    try (Following carried = claimsThrough()) {
      await(carried, "claims", first);
    }
    relay.stop();
    settings =
        new KafkaSettings(
            settings.clients(),
            settings.topic() + "2",
            settings.replicationFactor(),
            true,
            settings.takeOverAfter(),
            settings.checkEvery(),
            settings.node());
    LedgerRelay anew = relay();
    anew.start();
    try (Following carried = claimsThrough()) {
      long second = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10));
      await(carried, "claims", second);
    } finally {
      anew.stop();
    }
    assertThat(ClaimsProjections.claimed(database.reader())).isEqualTo(10);
  }

  /** Each time what follows is searched for; what was found once says nothing of the next topic. */
  @Test
  void aReaderGoesOnThroughTwoNewTopicsOfTheSameName() throws Exception {
    KafkaFactSource source = new KafkaFactSource(settings, "reader", "node", ledger.reader());
    Bookmark at = new Bookmark(0, Bookmark.NO_OFFSET);
    try (Admin admin = admin()) {
      for (int round = 0; round < 3; round++) {
        if (round > 0) {
          admin.deleteTopics(List.of(settings.topic())).all().get();
          awaitNoTopic(admin);
          new LedgerTopic(settings).ensure();
          // Met while it is still empty.
          long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
          while (System.nanoTime() < end) {
            assertThat(readOn(source, at)).isEmpty();
          }
        }
        LedgerRelay relay = relay();
        relay.start();
        try {
          long head = ledger.record(day(2 * round), day(2 * round + 1));
          long end = System.nanoTime() + PATIENCE.toNanos();
          while (at.position() < head) {
            assertThat(System.nanoTime()).as("stands at %s", at).isLessThan(end);
            for (SourcedFact fact : readOn(source, at)) {
              assertThat(fact.position()).isEqualTo(at.position() + 1);
              at = fact.bookmark();
            }
          }
        } finally {
          relay.stop();
        }
      }
    } finally {
      source.close();
    }
    assertThat(at.position()).isEqualTo(6);
  }

  @Test
  void twoNodesOfOneAddressAreToldToTakeTwo() throws Exception {
    new LedgerTopic(settings).ensure();
    Bookmark start = new Bookmark(0, Bookmark.NO_OFFSET);
    KafkaFactSource one = new KafkaFactSource(settings, "reader", "10.0.0.7", ledger.reader());
    KafkaFactSource other = new KafkaFactSource(settings, "reader", "10.0.0.7", ledger.reader());
    String told = "";
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!told.contains("another node")) {
        assertThat(System.nanoTime()).as("last told: %s", told).isLessThan(end);
        for (KafkaFactSource each : List.of(one, other)) {
          try {
            each.read(start, 10, Duration.ofMillis(200));
          } catch (SourceUnavailableException e) {
            told = String.valueOf(e.getMessage());
            break;
          }
        }
      }
    } finally {
      one.close();
      other.close();
    }
    assertThat(told).contains("10.0.0.7", "give every node a pass.node.address of its own");
  }

  /** As a projection does: what cannot be read now is tried again. */
  private static List<SourcedFact> readOn(KafkaFactSource source, Bookmark at)
      throws InterruptedException {
    try {
      return source.read(at, 10, Duration.ofMillis(200));
    } catch (SourceUnavailableException e) {
      return List.of();
    }
  }

  /** As nobody but the relay is to do. */
  private void write(String... messages) throws Exception {
    try (KafkaProducer<String, String> careless =
        new KafkaProducer<>(
            settings.with(Map.of()), new StringSerializer(), new StringSerializer())) {
      for (String message : messages) {
        careless.send(new ProducerRecord<>(settings.topic(), message)).get();
      }
    }
  }
}
