package fr.passnumerique.clearing.access;

import jakarta.servlet.http.HttpSession;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long nobody has done anything in a session. The container's own time begins anew with each
 * request, also with those by which an open page renews itself: with it alone a session would last
 * as long as a tab is open.
 */
final class IdleTime {
  private static final String LAST_ACT = IdleTime.class.getName();

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  IdleTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * @param act whether somebody does something by the request
   * @return whether the session has been idle for as long as the container keeps one
   */
  boolean isOver(HttpSession session, boolean act) {
    long now = nanoTime.getAsLong();
    if (act || !(session.getAttribute(LAST_ACT) instanceof Long last)) {
      session.setAttribute(LAST_ACT, now);
      return false;
    }
    int most = session.getMaxInactiveInterval();
    return most > 0 && now - last >= TimeUnit.SECONDS.toNanos(most);
  }
}
