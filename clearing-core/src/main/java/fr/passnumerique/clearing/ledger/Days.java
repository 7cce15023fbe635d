package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * The days that have begun: the register of {@link DayOpened} and its decision, the ledger's own
 * beside the capabilities'.
 */
final class Days implements Register, Decider<OpenDay, OpenDay.Opened> {
  private LocalDate last = LocalDate.MIN;

  /** Behind all others: the order of registers is that of their snapshot. */
  List<Register> behind(Stream<? extends Register> registers) {
    return Stream.concat(registers, Stream.of(this)).toList();
  }

  List<Decider<?, ?>> behind(List<? extends Decider<?, ?>> deciders) {
    return Stream.<Decider<?, ?>>concat(deciders.stream(), Stream.of(this)).toList();
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    if (fact instanceof DayOpened(LocalDate day)) {
      last = day;
    }
  }

  @Override
  public Class<OpenDay> command() {
    return OpenDay.class;
  }

  @Override
  public Decision<OpenDay.Opened> decide(OpenDay command, Instant receivedAt) {
    boolean begun = !command.day().isAfter(Paris.dayOf(receivedAt));
    if (!begun || !command.day().isAfter(last)) {
      return new Decision.Unchanged<>(new OpenDay.Opened(last));
    }
    return Decision.accept(
        new DayOpened(command.day()),
        Boundary.of(DayOpened.TAG),
        new OpenDay.Opened(command.day()));
  }
}
