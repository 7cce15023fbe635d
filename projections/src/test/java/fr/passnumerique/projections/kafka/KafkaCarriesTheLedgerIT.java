package fr.passnumerique.projections.kafka;

import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.AccountsProjections;
import fr.passnumerique.projections.accounts.Balances;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;

/** The relay over a real broker, which is killed in the middle. */
class KafkaCarriesTheLedgerIT extends OverABroker {
  private static final AsyncApi DESCRIBED = AsyncApi.published();

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
            Duration.ofMinutes(5),
            settings.node());
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
}
