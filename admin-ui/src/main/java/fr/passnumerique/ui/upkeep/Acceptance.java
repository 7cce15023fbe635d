package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How far two people are with the differences of a rebuild, and what the reader can do about it.
 *
 * @param digest of the differences that are shown: what is sent is about these and no others
 * @param proposedBy the login of who found them right; empty if nobody has yet
 * @param since when that was; null if nobody has yet
 * @param page that asks whether to accept them; null if the reader can only look
 * @param propose whether the reader would be the first, and not the second person
 */
record Acceptance(
    String digest,
    String proposedBy,
    @Nullable Instant since,
    @Nullable String page,
    boolean propose) {

  /**
   * @param waiting for whom it waits; empty if two people have decided, and the switch follows
   * @return null then
   */
  static @Nullable Acceptance of(
      String digest,
      Optional<RebuildsWaiting.Waiting> waiting,
      String page,
      UnaryOperator<String> logins,
      Actor reader) {
    if (waiting.isEmpty()) {
      return null;
    }
    Optional<String> by = waiting.get().proposedBy();
    boolean may = reader.role() == Role.CLERK && !by.equals(Optional.of(reader.account()));
    return new Acceptance(
        digest,
        by.map(logins).orElse(""),
        by.isEmpty() ? null : waiting.get().since(),
        may ? page : null,
        by.isEmpty());
  }
}
