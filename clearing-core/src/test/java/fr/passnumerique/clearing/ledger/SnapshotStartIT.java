package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that goes on from the registers of the one before it. */
class SnapshotStartIT {
  private static final long CHEQUE = new Serial(Batch.of(1), 1).key();

  @TempDir private Path home;

  private record Started(LedgerNode node, Slips slips, MeterRegistry meters)
      implements AutoCloseable {
    Outcome<String> send(String reference, long cheque) {
      return node.commands()
          .send(new Slips.Take(new SlipReference(reference), List.of(cheque)), Actor.ENGINE);
    }

    long read() {
      return meters.get("ledger.snapshot.read").timer().count();
    }

    double leftAside() {
      return meters.get("ledger.snapshot.left.aside").counter().count();
    }

    @Override
    public void close() {
      node.close();
    }
  }

  private Started start(TestDatabase database) throws InterruptedException {
    return start(database, Clock.systemUTC());
  }

  private Started start(TestDatabase database, Clock clock) throws InterruptedException {
    Slips slips = new Slips();
    MeterRegistry meters = new SimpleMeterRegistry();
    LedgerNode node =
        LedgerNode.start(
            NodeOfSlips.on(database.ledger(), slips)
                .clock(clock)
                .meters(meters)
                .parts()
                .snapshotsIn(home.resolve("registers")));
    return new Started(NodeOfSlips.writing(node), slips, meters);
  }

  @Test
  void onlyWhatCameAfterIsFolded() throws Exception {
    Path file = home.resolve("registers").resolve("snapshot");
    try (TestDatabase database = TestDatabase.fresh()) {
      try (Started first = start(database)) {
        assertThat(first.send("s-1", CHEQUE)).isInstanceOf(Outcome.Recorded.class);
        assertThat(first.read()).isZero();
      }
      byte[] ofTheFirst = Files.readAllBytes(file);
      try (Started second = start(database)) {
        assertThat(second.read()).isEqualTo(1);
        assertThat(second.node().followed()).isEqualTo(1);
        assertThat(second.send("s-1", CHEQUE)).isEqualTo(new Outcome.Recorded<>("A", 1, true));
        assertThat(second.send("s-2", CHEQUE)).isEqualTo(new Outcome.Recorded<>("R", 2, false));
      }
      // As after a kill: what is there is from before.
      Files.write(file, ofTheFirst);
      try (Started third = start(database)) {
        assertThat(third.read()).isEqualTo(1);
        assertThat(third.slips().knows(new SlipReference("s-2"))).isTrue();
        assertThat(third.send("s-3", CHEQUE)).isEqualTo(new Outcome.Recorded<>("R", 3, false));
      }
    }
  }

  @Test
  void aLedgerThatIsRecordedAheadIsToldOfThoughNothingCameAfter() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      try (Started first =
          start(database, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)))) {
        first.send("s-1", CHEQUE);
      }
      try (Started second = start(database)) {
        assertThat(second.read()).isEqualTo(1);
        assertThat(second.node().recordedAhead().orElseThrow())
            .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
      }
    }
  }

  @Test
  void anotherLedgerIsFoldedFromItsBeginning() throws Exception {
    try (TestDatabase one = TestDatabase.fresh();
        TestDatabase other = TestDatabase.fresh()) {
      try (Started first = start(one)) {
        first.send("s-1", CHEQUE);
      }
      try (Started second = start(other)) {
        assertThat(second.leftAside()).isEqualTo(1);
        assertThat(second.node().followed()).isZero();
        assertThat(second.send("s-9", CHEQUE)).isEqualTo(new Outcome.Recorded<>("A", 1, false));
      }
      try (Started third = start(one)) {
        assertThat(third.leftAside()).as("position 1 is another fact").isEqualTo(1);
        assertThat(third.slips().knows(new SlipReference("s-1"))).isTrue();
      }
    }
  }
}
