package fr.passnumerique.clearing.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down guessing: after three failures of one login from one address each further attempt
 * waits twice as long as the one before, up to five minutes; a success forgets them, and so does an
 * hour.
 *
 * <p>By login and address, so that nobody can lock another out of an account from elsewhere. One
 * address has a budget of failures besides, whatever the logins: without it whoever tries a few
 * passwords on each of ten thousand logins would never wait. Many addresses against one login are
 * not slowed: it would let anybody lock anybody out, and a password has twelve characters or more.
 */
final class LoginThrottle {
  private static final int FREE = 3;
  private static final long LONGEST_SECONDS = 300;
  private static final long FORGOTTEN_NANOS = Duration.ofHours(1).toNanos();
  private static final int REMEMBERED = 100_000;

  /** A town hall's people may share an address. */
  static final int FAILURES_OF_AN_ADDRESS_AN_HOUR = 300;

  private final LongSupplier nanoTime;
  private final GuessBudget addresses;
  private final Map<Attempted, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Attempted, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Attempted(String login, String address) {}

  /**
   * @param before when the one before the last was made, or that of the only one
   */
  private record Failures(int count, long at, long before) {
    long waitNanos() {
      if (count < FREE) {
        return 0;
      }
      return Duration.ofSeconds(Math.min(LONGEST_SECONDS, 1L << Math.min(count - FREE, 20)))
          .toNanos();
    }
  }

  LoginThrottle(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.addresses = new GuessBudget(FAILURES_OF_AN_ADDRESS_AN_HOUR, nanoTime);
  }

  /**
   * Counts an attempt as a failure until {@link #succeeded} says otherwise, so that attempts at the
   * same moment do not slip through together.
   *
   * @return zero if the attempt may be made, else how long to wait
   */
  synchronized Duration admit(String login, String address) {
    long now = nanoTime.getAsLong();
    Attempted attempted = new Attempted(login, address);
    Failures before = failures.get(attempted);
    if (before != null && now - before.at() >= FORGOTTEN_NANOS) {
      before = null;
    }
    if (before != null) {
      long left = before.waitNanos() - (now - before.at());
      if (left > 0) {
        return Duration.ofNanos(left);
      }
    }
    Duration wait = addresses.spend(address, 1);
    if (wait.isZero()) {
      failures.put(
          attempted,
          before == null
              ? new Failures(1, now, now)
              : new Failures(before.count() + 1, now, before.at()));
    }
    return wait;
  }

  /**
   * The attempt was no guess after all: nobody was told whether it was right, since too many were
   * compared or something was down.
   */
  synchronized void notAGuess(String login, String address) {
    failures.computeIfPresent(
        new Attempted(login, address),
        (_, made) ->
            made.count() == 1
                ? null
                : new Failures(made.count() - 1, made.before(), made.before()));
    addresses.giveBack(address, 1);
  }

  synchronized void succeeded(String login, String address) {
    failures.remove(new Attempted(login, address));
    addresses.giveBack(address, 1);
  }
}
