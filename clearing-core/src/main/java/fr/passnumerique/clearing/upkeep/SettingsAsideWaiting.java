package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.ReadLock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which settings aside, and which of their liftings, wait for a second person, as of now. Safe for
 * any number of threads.
 */
public final class SettingsAsideWaiting {
  private final UpkeepRegister register;
  private final Stops stops;
  private final ReadLock registers;

  SettingsAsideWaiting(UpkeepRegister register, Stops stops, ReadLock registers) {
    this.register = register;
    this.stops = stops;
    this.registers = registers;
  }

  /**
   * @param position of the fact that is to be passed over, or to be taken again
   * @param lifts whether it is passed over and is to be taken again
   * @param liftedAt as of {@link SetFactAside}; 0 if it was never taken back
   * @param since it was proposed, UTC
   * @param proposedBy whom another confirms
   */
  public record Waiting(
      String projection,
      long position,
      boolean lifts,
      long liftedAt,
      Instant since,
      String proposedBy) {}

  /**
   * Position of the fact by which a setting aside was taken back last, which a new one is named by;
   * 0 if none ever was.
   */
  public long liftedAt(String projection, long position) {
    return registers.read(() -> register.liftedAt(projection, position));
  }

  /** By projection and position. */
  public List<Waiting> read() {
    // The projections are asked of the database, so after the registers stood still.
    List<Waiting> proposed = registers.read(register::proposed);
    Map<String, Set<Long>> stopped =
        proposed.stream().allMatch(Waiting::lifts) ? Map.of() : stops.all();
    return proposed.stream()
        .filter(waiting -> waiting.lifts() || stillStopped(waiting, stopped))
        .sorted(Comparator.comparing(Waiting::projection).thenComparingLong(Waiting::position))
        .toList();
  }

  /** A release may take the fact meanwhile: then nobody needs to confirm that it is left out. */
  private static boolean stillStopped(Waiting waiting, Map<String, Set<Long>> stopped) {
    return stopped.getOrDefault(waiting.projection(), Set.of()).contains(waiting.position());
  }
}
