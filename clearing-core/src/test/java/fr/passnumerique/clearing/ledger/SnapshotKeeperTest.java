package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.territory.Paris;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a snapshot is written. Nothing was folded a moment ago in any of these tests. */
class SnapshotKeeperTest {
  private static final int LOOKS = 10;

  @TempDir private Path directory;
  private final Days days = new Days();
  private final Registers registers = new Registers(List.of(days));
  private RegisterSnapshots snapshots;
  private boolean standsBy = true;
  private Instant now = Instant.now();

  @BeforeEach
  void open() throws SQLException {
    snapshots =
        new RegisterSnapshots(directory, List.of(days), Slips.CATALOGUE, new SimpleMeterRegistry());
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

  private long writtenAfterLooking(int looks) {
    SnapshotKeeper keeper =
        new SnapshotKeeper(snapshots, registers, () -> standsBy, Clock.fixed(now, ZoneOffset.UTC));
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
    assertThat(writtenAfterLooking(LOOKS)).isEqualTo(1);
    now = Paris.dayOf(now).plusDays(1).atTime(2, 59).atZone(Paris.ZONE).toInstant();
    long before =
        Paris.dayOf(Instant.now())
                .atTime(3, 0)
                .atZone(Paris.ZONE)
                .toInstant()
                .isAfter(Instant.now())
            ? 2
            : 1;
    assertThat(writtenAfterLooking(LOOKS)).as("at one minute to three").isEqualTo(before);
    now = now.plus(Duration.ofMinutes(1));
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
    standsBy = false;
    fold(1);
    assertThat(writtenAfterLooking(2 * LOOKS)).isZero();
  }

  @Test
  void theEndIsKeptInAnyCase() {
    standsBy = false;
    fold(1);
    new SnapshotKeeper(snapshots, registers, () -> standsBy, Clock.systemUTC()).close();
    assertThat(snapshots.position()).isEqualTo(1);
  }
}
