package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Guesses at codes, and at the password once more. Slowed down as those of a login are, but by the
 * account alone, whatever the address: whoever gets here has its password, a session or a key, so
 * that nobody else can lock its owner out, and six digits are few.
 */
final class Guesses {
  private final LoginThrottle throttle;

  Guesses(LoginThrottle throttle) {
    this.throttle = throttle;
  }

  /**
   * @param guess where it throws it was none: nobody was told whether it was right
   * @throws Problem 429 {@code TOO_MANY_ATTEMPTS} after too many wrong ones
   */
  <T> T made(String account, Supplier<T> guess, Predicate<T> isRight) {
    Duration wait = throttle.admit(account, account);
    if (wait.isPositive()) {
      throw Problem.tooMany("TOO_MANY_ATTEMPTS", "too many codes or passwords were wrong", wait);
    }
    T answer;
    try {
      answer = guess.get();
    } catch (RuntimeException e) {
      throttle.notAGuess(account, account);
      throw e;
    }
    if (isRight.test(answer)) {
      throttle.succeeded(account, account);
    }
    return answer;
  }
}
