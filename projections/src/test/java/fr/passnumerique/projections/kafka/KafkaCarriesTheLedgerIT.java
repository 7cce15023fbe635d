package fr.passnumerique.projections.kafka;

import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.broker.KafkaBroker;
import fr.passnumerique.projections.claims.ClaimsProjections;
import fr.passnumerique.projections.loop.Bookmark;
import fr.passnumerique.projections.loop.ProjectionHealth;
import fr.passnumerique.projections.loop.ProjectionStatus;
import fr.passnumerique.projections.loop.SourceUnavailableException;
import fr.passnumerique.projections.loop.SourcedFact;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;

/** Over a real broker, which is a process of its own and is killed in the middle. */
class KafkaCarriesTheLedgerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final AsyncApi DESCRIBED = AsyncApi.published();

  @TempDir static Path directory;
  private static KafkaBroker broker;

  private TestDatabase database;
  private TestLedger ledger;
  private KafkaSettings settings;

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
            Duration.ofSeconds(1));
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void balancesCarriedByKafkaEqualThoseReadDirectly() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    // Tables of the same name: those that Kafka feeds lie in another database.
    try (TestDatabase remote = TestDatabase.fresh();
        Following direct = Following.directly(database, ledger, AccountsProjections.accounts());
        Following carried = through(remote)) {
      ledger.record(Story.untilHandedOut());
      AtomicBoolean recording = new AtomicBoolean(true);
      Thread recorder =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 250 && recording.get(); i++) {
                      ledger.record(
                          Story.slip(
                              i % 2 == 0 ? Story.BUS : Story.LIBRARY,
                              "S-" + i,
                              i % 2 == 0 ? Story.BUS_LIMOGES : Story.LIBRARY_DESK,
                              1 + i * 2,
                              2 + i * 2));
                      pause(20);
                    }
                  });
      try {
        // The broker dies while the relay writes to it; and so does the relay.
        awaitRelayed(relay, 40);
        broker.kill();
        pause(500);
        broker.start();
        awaitRelayed(relay, ledger.reader().head());
        relay.stop();
        pause(300);
        relay = relay();
        relay.start();
      } finally {
        recorder.join(PATIENCE);
        recording.set(false);
      }
      long head = ledger.reader().head();
      assertThat(head).isEqualTo(270);
      direct.await(AccountsProjections.NAME, head);
      await(carried, AccountsProjections.NAME, head);

      Balances read = AccountsProjections.read(database.reader());
      assertThat(AccountsProjections.read(remote.reader())).isEqualTo(withoutNames(read, remote));
      assertThat(read.position()).isEqualTo(head);
      assertThat(read.totals().redeemedCents()).isEqualTo(500_000);
      assertThat(number(remote.reader(), "select source_offset from projections.projection"))
          .isGreaterThan(head);
    } finally {
      relay.stop();
    }
    assertTheTopicIsTheLedger();
  }

  /** Neither of the two databases has the registers that names come from. */
  private static Balances withoutNames(Balances read, TestDatabase remote) throws Exception {
    assertThat(number(remote.reader(), "select count(*) from projections.venue")).isZero();
    return read;
  }

  @Test
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
  void ofTwoRelaysOneWritesAndTheOtherTakesOverFromIt() throws Exception {
    LedgerRelay one = relay();
    LedgerRelay other = relay();
    try {
      one.start();
      awaitRelayed(one, ledger.record(day(0)));
      other.start();
      awaitState(other, RelayStatus.State.RUNNING);
      // The first learns that it is fenced when it writes.
      awaitRelayed(other, ledger.record(day(1)));
      awaitState(one, RelayStatus.State.STANDBY);
      ledger.record(day(2), day(3));
      other.stop();
      awaitRelayed(one, ledger.record(day(4)));
      awaitState(one, RelayStatus.State.RUNNING);
    } finally {
      one.stop();
      other.stop();
    }
    assertTheTopicIsTheLedger();
  }

  @Test
  void aTruncatedTopicStopsTheRelay() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    awaitRelayed(relay, ledger.record(day(0), day(1), day(2)));
    relay.stop();
    try (Admin admin = admin()) {
      admin.deleteRecords(Map.of(partition(), RecordsToDelete.beforeOffset(1))).all().get();
    }
    refused("is truncated");
    // A projection that would have to begin at its beginning is stopped as well.
    try (Following carried = claimsThrough()) {
      assertThat(carried.awaitStop("claims").reason()).contains("truncated");
    }
  }

  @Test
  void theTopicIsAsItIsDescribed() throws Exception {
    new LedgerTopic(settings).ensure();
    JsonNode described = DESCRIBED.tree().at("/channels/ledger/bindings/kafka");
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
    try (Admin admin = admin()) {
      assertThat(described.get("partitions").intValue())
          .isEqualTo(
              admin
                  .describeTopics(List.of(settings.topic()))
                  .allTopicNames()
                  .get()
                  .get(settings.topic())
                  .partitions()
                  .size());
      Config config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
      described
          .get("topicConfiguration")
          .propertyStream()
          .forEach(
              e ->
                  assertThat(config.get(e.getKey()).value())
                      .as(e.getKey())
                      .isEqualTo(
                          e.getValue().isArray()
                              ? e.getValue().get(0).asString()
                              : e.getValue().asString()));
    }
    assertThat(DESCRIBED.tree().at("/channels/ledger/address").asString())
        .isEqualTo(
            KafkaSettings.of(
                    new MockEnvironment().withProperty("spring.kafka.bootstrap-servers", "x"))
                .orElseThrow()
                .topic());
    assertThat(DESCRIBED.tree().get("defaultContentType").asString())
        .isEqualTo(LedgerEnvelope.CONTENT_TYPE);
  }

  @Test
  void aTopicThatForgetsStopsTheRelay() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    awaitRelayed(relay, ledger.record(day(0)));
    relay.stop();
    alter("retention.ms", "604800000");
    refused("retention.ms=604800000 and must have -1");
  }

  @Test
  void aTopicThatCannotTakeALargeFactStopsTheRelay() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    awaitRelayed(relay, ledger.record(day(0)));
    relay.stop();
    alter("max.message.bytes", "1048588");
    refused("max.message.bytes=1048588 and must have 67108864 or more");
  }

  private void alter(String config, String value) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
    try (Admin admin = admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  topic,
                  List.of(
                      new AlterConfigOp(new ConfigEntry(config, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  /** Nobody tells the relay; it looks. */
  @Test
  void aTopicThatIsTruncatedUnderARunningRelayStopsIt() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    try (Admin admin = admin()) {
      awaitRelayed(relay, ledger.record(day(0), day(1), day(2)));
      admin.deleteRecords(Map.of(partition(), RecordsToDelete.beforeOffset(1))).all().get();
      awaitState(relay, RelayStatus.State.STOPPED);
      assertThat(relay.status().reason())
          .contains("is truncated: it begins at offset 1", "configure a new topic");
    } finally {
      relay.stop();
    }
  }

  @Test
  void theRelayTellsHowFarItIsBehindAndForHowLong() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    LedgerRelay relay = new LedgerRelay(settings, ledger.reader(), Clock.systemUTC(), meters);
    long first = ledger.record(day(0), day(1));
    pause(300);
    assertThat(meters.get("pass.relay.lag.facts").gauge().value()).isEqualTo(first);
    assertThat(meters.get("pass.relay.lag").gauge().value()).isGreaterThan(0.2);
    relay.start();
    try {
      awaitRelayed(relay, first);
      assertThat(meters.get("pass.relay.position").gauge().value()).isEqualTo(first);
      assertThat(meters.get("pass.relay.lag.facts").gauge().value()).isZero();
      assertThat(meters.get("pass.relay.lag").gauge().value()).isZero();
      assertThat(meters.get("pass.relay.stopped").gauge().value()).isZero();
    } finally {
      relay.stop();
    }
  }

  /** A producer is not told that its topic is another now. */
  @Test
  void aTopicThatIsMadeAnewUnderARunningRelayIsFilledFromItsBeginning() throws Exception {
    settings =
        new KafkaSettings(
            settings.clients(),
            settings.topic(),
            settings.replicationFactor(),
            true,
            settings.takeOverAfter(),
            Duration.ofMinutes(5));
    LedgerRelay relay = relay();
    relay.start();
    try (Admin admin = admin()) {
      for (int day = 0; day < 5; day++) {
        awaitRelayed(relay, ledger.record(day(day)));
      }
      admin.deleteTopics(List.of(settings.topic())).all().get();
      awaitNoTopic(admin);
      new LedgerTopic(settings).ensure();
      awaitRelayed(relay, ledger.record(day(5), day(6)));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (new LedgerTopic(settings).committed() < 7 && System.nanoTime() < end) {
        pause(100);
      }
    } finally {
      relay.stop();
    }
    assertTheTopicIsTheLedger();
  }

  private void awaitNoTopic(Admin admin) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (admin.listTopics().names().get().contains(settings.topic()) && System.nanoTime() < end) {
      pause(10);
    }
  }

  /** Another history of the same length is told by no position. */
  @Test
  void aLedgerThatWasMovedBackAndWrittenOnStopsTheRunningRelay() throws Exception {
    try (TestDatabase elsewhere = TestDatabase.fresh();
        TestLedger restored = TestLedger.on(elsewhere)) {
      MovedBack reader = new MovedBack(ledger.reader());
      LedgerRelay relay =
          new LedgerRelay(settings, reader, Clock.systemUTC(), new SimpleMeterRegistry());
      relay.start();
      try {
        awaitRelayed(relay, ledger.record(day(0), day(1), day(2)));
        restored.record(day(0), day(1));
        reader.is = restored.reader();
        pause(1_500);
        assertThat(relay.state()).isEqualTo(RelayStatus.State.RUNNING);
        restored.record(day(2), day(3), day(4));
        awaitState(relay, RelayStatus.State.STOPPED);
        assertThat(relay.status().reason())
            .contains("position 4 does not follow from the 3", "moved back and written on");
      } finally {
        relay.stop();
      }
    }
    assertTheTopicIsTheLedger();
  }

  /** The same address, behind which there is another database after a fail-over. */
  private static final class MovedBack implements LedgerReader {
    private volatile LedgerReader is;

    MovedBack(LedgerReader first) {
      is = first;
    }

    @Override
    public long head() {
      return is.head();
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
      return is.read(after, limit);
    }

    @Override
    public List<LedgerRow> readRows(long after, int limit) {
      return is.readRows(after, limit);
    }

    @Override
    public List<RecordedFact> tagged(String tag) {
      return is.tagged(tag);
    }

    @Override
    public RecordedFact recorded(LedgerRow row) {
      return is.recorded(row);
    }

    @Override
    public boolean awaitBeyond(long position, Duration atMost) throws InterruptedException {
      return is.awaitBeyond(position, atMost);
    }
  }

  @Test
  void aTopicOfTwoPartitionsStopsTheRelay() throws Exception {
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(settings.topic(), 2, (short) 1))).all().get();
    }
    ledger.record(day(0));
    refused("has 2 partitions and must have 1");
  }

  @Test
  void theTopicOfAnotherLedgerStopsTheRelay() throws Exception {
    LedgerRelay relay = relay();
    relay.start();
    awaitRelayed(relay, ledger.record(day(0), day(1)));
    relay.stop();
    try (TestDatabase elsewhere = TestDatabase.fresh();
        TestLedger another = TestLedger.on(elsewhere)) {
      another.record(day(0));
      refused(another, "the ledger was moved back, or it is another");
      another.record(day(1));
      refused(another, "it is another ledger's");
    }
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
            settings.checkEvery());
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
    KafkaFactSource source = new KafkaFactSource(settings, "reader", ledger.reader());
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

  private void refused(String why) throws Exception {
    refused(ledger, why);
  }

  private void refused(TestLedger of, String why) throws Exception {
    LedgerRelay relay =
        new LedgerRelay(settings, of.reader(), Clock.systemUTC(), new SimpleMeterRegistry());
    relay.start();
    awaitState(relay, RelayStatus.State.STOPPED);
    assertThat(relay.status().reason()).contains(why);
    assertThat(new RelayHealth(relay).health().getStatus().getCode()).isEqualTo("DOWN");
    relay.stop();
  }

  /** Reads the topic from its beginning as a partner does. */
  private void assertTheTopicIsTheLedger() {
    List<LedgerRow> there = new ArrayList<>();
    try (KafkaConsumer<String, String> partner =
        new KafkaConsumer<>(
            settings.with(Map.of("isolation.level", "read_committed")),
            new StringDeserializer(),
            new StringDeserializer())) {
      partner.assign(List.of(partition()));
      partner.seekToBeginning(List.of(partition()));
      long end = partner.endOffsets(List.of(partition())).get(partition());
      while (partner.position(partition()) < end) {
        for (ConsumerRecord<String, String> message : partner.poll(Duration.ofSeconds(5))) {
          there.add(LedgerEnvelope.read(message.value()));
          assertThat(DESCRIBED.faults(message.value())).isEmpty();
          assertThat(new String(message.headers().lastHeader("content-type").value()))
              .startsWith("application/cloudevents+json");
        }
      }
    }
    assertThat(there)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(ledger.reader().readRows(0, 10_000));
  }

  private LedgerRelay relay() {
    return new LedgerRelay(settings, ledger.reader(), Clock.systemUTC(), new SimpleMeterRegistry());
  }

  private Following through(TestDatabase remote) {
    return Following.through(
        new KafkaFactSources(settings, ledger.reader()),
        remote,
        ledger,
        AccountsProjections.accounts());
  }

  private Following claimsThrough() {
    return claimsThrough(database, ledger);
  }

  private Following claimsThrough(TestDatabase in, TestLedger of) {
    return Following.through(
        new KafkaFactSources(settings, of.reader()), in, of, ClaimsProjections.claims());
  }

  private Admin admin() {
    return Admin.create(settings.with(Map.of()));
  }

  private TopicPartition partition() {
    return new TopicPartition(settings.topic(), 0);
  }

  private static DayOpened day(int day) {
    return new DayOpened(Story.DAY.plusDays(day));
  }

  private static void awaitRelayed(LedgerRelay relay, long position) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (relay.status().position() < position && System.nanoTime() < end) {
      pause(10);
    }
    assertThat(relay.status().position())
        .as(relay.status().toString())
        .isGreaterThanOrEqualTo(position);
  }

  private static void awaitState(LedgerRelay relay, RelayStatus.State state) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (relay.status().state() != state && System.nanoTime() < end) {
      pause(10);
    }
    assertThat(relay.status().state()).as(relay.status().toString()).isEqualTo(state);
  }

  private static void await(Following following, String projection, long position) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (following.status(projection).position() < position && System.nanoTime() < end) {
      pause(10);
    }
    assertThat(following.status(projection).position())
        .as(following.status(projection).toString())
        .isEqualTo(position);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
