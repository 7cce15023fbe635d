package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Session;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A login in a browser, as its owner or a clerk reads it.
 *
 * @param device which browser on what
 * @param end where the form that ends it is sent; null where the reader may not
 */
record SessionRow(
    String device,
    String address,
    Instant since,
    Instant lastSeen,
    boolean factorShown,
    boolean current,
    @Nullable String end) {

  /**
   * @param under the address of the sessions; null where the reader may end none
   */
  static List<SessionRow> of(List<Session> sessions, @Nullable String under) {
    return sessions.stream()
        .map(
            session ->
                new SessionRow(
                    Device.of(session.agent()),
                    session.address(),
                    session.beganAt(),
                    session.lastSeenAt(),
                    session.factorShown(),
                    session.current(),
                    under == null ? null : under + "/" + session.id() + "/fin"))
        .toList();
  }
}
