package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.territory.Paris;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** When a snapshot is written. */
@ExtendWith(OutputCaptureExtension.class)
class SnapshotKeeperTest {
  private static final int LOOKS = 10;

  @TempDir private Path directory;
  private final Days days = new Days();
  private final AtomicLong nanos = new AtomicLong();
  private final Registers registers = new Registers(List.of(days), nanos::get);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private RegisterSnapshots snapshots;
  private boolean standsBy = true;
  private boolean serves;
  private Instant now = Instant.now();

  @BeforeEach
  void open() throws SQLException {
    snapshots =
        new RegisterSnapshots(
            new RegistersOnFile(directory, List.of(days), Slips.CATALOGUE), meters);
    snapshots.read(_ -> Optional.empty());
  }

  private void fold(int facts) {
    for (int i = 0; i < facts; i++) {
      registers.fold(
          List.of(
              new RecordedFact(
                  registers.head() + 1,
                  Instant.EPOCH.plusSeconds(registers.head()),
                  new DayOpened(LocalDate.EPOCH.plusDays(registers.head())))),
          new byte[] {1});
    }
  }

  private SnapshotKeeper keeper(Duration turn) {
    return new SnapshotKeeper(
        snapshots,
        registers,
        () -> standsBy,
        () -> serves,
        new Clock() {
          @Override
          public Instant instant() {
            return now;
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
          }
        },
        turn);
  }

  private long writtenAfterLooking(int looks) {
    SnapshotKeeper keeper = keeper(Duration.ZERO);
    for (int i = 0; i < looks; i++) {
      keeper.look();
    }
    return snapshots.position();
  }

  @Test
  void theFirstOneIsWrittenAsSoonAsThereIsAnything() {
    assertThat(writtenAfterLooking(LOOKS)).as("of nothing").isZero();
    fold(1);
    assertThat(writtenAfterLooking(LOOKS)).isEqualTo(1);
  }

  @Test
  void theNextOneOnceManyFactsWereFolded() {
    fold(1);
    assertThat(writtenAfterLooking(LOOKS)).isEqualTo(1);
    fold(20_000);
    assertThat(writtenAfterLooking(LOOKS)).as("not many for a ledger of 20 001").isEqualTo(1);
    fold(2_000);
    assertThat(writtenAfterLooking(LOOKS)).isEqualTo(22_001);
  }

  @Test
  void orAfterTheNight() {
    fold(1);
    assertThat(writtenAfterLooking(LOOKS)).isEqualTo(1);
    fold(1);
    Instant written = snapshots.writtenAt().orElseThrow();
    Instant night = inParis(Paris.dayOf(written), LocalTime.of(3, 0));
    if (!night.isAfter(written)) {
      night = inParis(Paris.dayOf(written).plusDays(1), LocalTime.of(3, 0));
    }
    now = night.minusNanos(1);
    assertThat(writtenAfterLooking(LOOKS)).as("not yet three").isEqualTo(1);
    now = night;
    assertThat(writtenAfterLooking(LOOKS)).as("at three").isEqualTo(2);
    now = now.plus(Duration.ofDays(1));
    assertThat(writtenAfterLooking(LOOKS)).as("in a night after nothing").isEqualTo(2);
  }

  @Test
  void aNodeThatHasStoodByForAMomentOnlyMayBeAboutToServe() {
    fold(1);
    assertThat(writtenAfterLooking(LOOKS - 1)).isZero();
  }

  @Test
  void aNodeThatServesWaitsUntilNobodyHasSentAnythingForAWhile() {
    isElected();
    fold(1);
    nanos.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
    assertThat(writtenAfterLooking(2 * LOOKS)).isZero();
    nanos.incrementAndGet();
    assertThat(writtenAfterLooking(1)).isEqualTo(1);
  }

  private void isElected() {
    standsBy = false;
    serves = true;
  }

  /** All nodes are in an outage at once, and none folds anything in it. */
  @Test
  void aNodeThatHasToFollowFirstWritesNone() {
    standsBy = false;
    fold(1);
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(writtenAfterLooking(2 * LOOKS)).isZero();
    standsBy = true;
    assertThat(writtenAfterLooking(LOOKS)).as("once it has followed").isEqualTo(1);
  }

  @Test
  void aNodeThatStandsByWaitsForItsTurn() {
    fold(1);
    now = Instant.parse("2026-06-01T09:00:00Z");
    SnapshotKeeper keeper = keeper(Duration.ofMinutes(4));
    look(keeper, LOOKS);
    now = now.plus(Duration.ofMinutes(4)).minusNanos(1);
    look(keeper, 1);
    assertThat(snapshots.position()).isZero();
    now = now.plusNanos(1);
    look(keeper, 1);
    assertThat(snapshots.position()).isEqualTo(1);
  }

  @Test
  void aNodeThatIsElectedMeanwhileLetsNobodyWaitAsLongAsOneThatStandsBy() {
    SnapshotKeeper keeper = keeper(Duration.ZERO);
    assertThat(keeper.waitsOn(Duration.ofMinutes(1))).isTrue();
    assertThat(keeper.waitsOn(Duration.ofMinutes(1).plusNanos(1))).isFalse();
    isElected();
    assertThat(keeper.waitsOn(Duration.ofSeconds(5))).isTrue();
    assertThat(keeper.waitsOn(Duration.ofSeconds(5).plusNanos(1))).isFalse();
  }

  private static void look(SnapshotKeeper keeper, int looks) {
    for (int i = 0; i < looks; i++) {
      keeper.look();
    }
  }

  private double failures() {
    return meters.get("ledger.snapshot.failures").counter().count();
  }

  @Test
  void whatFailedIsTriedAgainLaterAndLater(CapturedOutput log) throws Exception {
    fold(1);
    now = Instant.parse("2026-06-01T09:00:00Z");
    SnapshotKeeper keeper = keeper(Duration.ZERO);
    Files.createDirectory(directory.resolve("snapshot"));
    look(keeper, 10 * LOOKS);
    assertThat(failures()).isEqualTo(1);
    int tries = 1;
    for (int minutes : new int[] {10, 20, 40, 80, 160, 320, 360, 360}) {
      now = now.plus(Duration.ofMinutes(minutes)).minusNanos(1);
      look(keeper, 2);
      assertThat(failures()).as("not yet after %d minutes", minutes).isEqualTo(tries);
      now = now.plusNanos(1);
      look(keeper, 2);
      assertThat(failures()).as("after %d minutes", minutes).isEqualTo(++tries);
    }
    assertThat(log.getOut().split("no snapshot of the registers is written in", -1))
        .as("each is told")
        .hasSize(tries + 1);
    assertThat(log.getOut().split("\tat \\S+RegisterSnapshots.write\\(", -1))
        .as("with a stack trace once")
        .hasSize(2);
    Files.delete(directory.resolve("snapshot"));
    now = now.plus(Duration.ofHours(6));
    look(keeper, 1);
    assertThat(snapshots.position()).isEqualTo(1);

    fold(22_000);
    Files.delete(directory.resolve("snapshot"));
    Files.createDirectory(directory.resolve("snapshot"));
    look(keeper, 2);
    now = now.plus(Duration.ofMinutes(10));
    look(keeper, 2);
    assertThat(failures()).as("a success is a beginning").isEqualTo(tries + 2);
  }

  @Test
  void ofRegistersThatAreStoppedNoneIsTried() {
    fold(1);
    registers.stop(new LedgerStoppedException(2, "the chain is broken", "look for it", null));
    SnapshotKeeper keeper = keeper(Duration.ZERO);
    look(keeper, 2 * LOOKS);
    keeper.close();
    assertThat(snapshots.position()).isZero();
    assertThat(failures()).isZero();
  }

  private static Instant inParis(LocalDate day, LocalTime time) {
    return day.atTime(time).atZone(Paris.ZONE).toInstant();
  }

  @Test
  void theEndIsKeptInAnyCase() {
    isElected();
    fold(1);
    keeper(Duration.ZERO).close();
    assertThat(snapshots.position()).isEqualTo(1);
  }
}
