package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistersTest {
  /** Some hold the fact by then, others do not. */
  @Test
  void noRegisterIsReadAnyMoreOnceAFoldEndedInAnErrorOfTheMachine() {
    Registers registers =
        new Registers(
            List.<Register>of(
                new Days(),
                (fact, position, recordedAt) -> {
                  throw new OutOfMemoryError("no heap is left");
                }));

    assertThatThrownBy(
            () ->
                registers.fold(
                    List.of(new RecordedFact(1, Instant.EPOCH, new DayOpened(LocalDate.EPOCH))),
                    new byte[] {1}))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(registers.areStopped()).isTrue();
    assertThatThrownBy(() -> registers.read(() -> "half of it"))
        .isInstanceOf(LedgerStoppedException.class)
        .hasMessageContaining("position 1")
        .hasMessageContaining("no heap is left");
    assertThatThrownBy(() -> registers.standStill(_ -> {}))
        .isInstanceOf(LedgerStoppedException.class);
  }
}
