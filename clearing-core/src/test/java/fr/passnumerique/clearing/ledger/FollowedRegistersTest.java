package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class FollowedRegistersTest {
  private final Days days = new Days();
  private final Registers registers = new Registers(List.of(days));
  private final Head head = new Head();

  @Test
  void whatIsThereIsFoundWithoutAskingTheTable() {
    fold(1);

    assertThat(
            following(
                    () -> {
                      throw new AssertionError("asked");
                    })
                .find("day 1", this::firstDay))
        .isPresent();
  }

  @Test
  void whatIsNotThereIsDeniedOnlyIfTheRegistersHoldAllThatWasRecorded() {
    fold(1);

    assertThat(following(() -> 1).find("nothing", Optional::empty)).isEmpty();
    assertThatThrownBy(() -> following(() -> 2).find("nothing", Optional::empty))
        .isInstanceOfSatisfying(
            LedgerBehindException.class, e -> assertThat(e.what()).isEqualTo("nothing"));
  }

  @Test
  void whatIsFoldedWhileItIsLookedUpIsNotDenied() {
    AtomicInteger asked = new AtomicInteger();
    ReadLock reading =
        following(
            () -> {
              fold(1);
              return 1;
            });

    assertThat(
            reading.find(
                "day 1",
                () -> {
                  asked.incrementAndGet();
                  return firstDay();
                }))
        .isPresent();
    assertThat(asked).hasValue(2);
  }

  /** On the node that writes it is a moment between a commit and its fold. */
  @Test
  void whatWasNeverRecordedIsDeniedOnceTheNodeHasCaughtUpWithinAMoment() {
    fold(1);

    assertThat(following(() -> 2, () -> fold(2)).find("nothing", Optional::empty)).isEmpty();
  }

  @Test
  void aTableThatDoesNotAnswerDeniesNothing() {
    assertThatThrownBy(
            () ->
                following(
                        () -> {
                          throw new LedgerUnavailableException("gone");
                        })
                    .find("nothing", Optional::empty))
        .isInstanceOf(LedgerBehindException.class);
  }

  private Optional<Long> firstDay() {
    return Optional.of(registers.head()).filter(head -> head > 0);
  }

  private void fold(long position) {
    List<RecordedFact> facts =
        List.of(
            new RecordedFact(
                position,
                Instant.parse("2026-03-01T23:00:00Z"),
                new DayOpened(LocalDate.parse("2026-03-02"))));
    registers.fold(facts, new byte[0]);
    head.moveOver(facts);
  }

  private ReadLock following(LongSupplier lastRecorded) {
    return following(lastRecorded, () -> {});
  }

  private ReadLock following(LongSupplier lastRecorded, Runnable meanwhile) {
    return new FollowedRegisters(
        registers,
        head,
        () -> {
          long recorded = lastRecorded.getAsLong();
          Thread.startVirtualThread(meanwhile);
          return recorded;
        });
  }
}
