package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rebuilds wait for whom, as of now. Safe for any number of threads. */
public final class RebuildsWaiting {
  private final UpkeepRegister register;
  private final Stops stops;
  private final ReadLock registers;

  RebuildsWaiting(UpkeepRegister register, Stops stops, ReadLock registers) {
    this.register = register;
    this.stops = stops;
    this.registers = registers;
  }

  /**
   * @param since it was asked for, or its differences were found right, UTC
   * @param proposedBy who found them right, so that another confirms; empty if nobody has yet
   */
  public record Waiting(RebuildId rebuild, Instant since, Optional<String> proposedBy) {}

  /** Those whose differences nobody has found right, or one person has. */
  public List<Waiting> read() {
    // Asked of the database, so before the registers stand still.
    List<Stops.Differing> differing = stops.differing();
    return differing.isEmpty() ? List.of() : registers.read(() -> waiting(differing));
  }

  private List<Waiting> waiting(List<Stops.Differing> differing) {
    List<Waiting> found = new ArrayList<>();
    for (Stops.Differing each : differing) {
      UpkeepRegister.Recorded recorded = register.differences(each.rebuild());
      // What was found right before it was compared again with another result counts no more.
      if (recorded == null || !foundRight(recorded).equals(each.digest())) {
        found.add(new Waiting(each.rebuild(), each.askedAt(), Optional.empty()));
      } else if (recorded.fact() instanceof RebuildDifferencesProposed proposed) {
        found.add(new Waiting(each.rebuild(), recorded.at(), Optional.of(proposed.by())));
      }
    }
    return found;
  }

  /** The digest of the differences that it is about. */
  private static String foundRight(UpkeepRegister.Recorded recorded) {
    return AcceptedDifferences.of(recorded.fact()).differences().digest();
  }
}
