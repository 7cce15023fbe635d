package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Passwords as Argon2id hashes with the parameters that OWASP gives (19 MiB, 2 passes).
 *
 * <p>Each computation takes its memory and a processor for tens of milliseconds, so that no more
 * run at once than there are processors: a flood of logins waits instead of starving the slips. Nor
 * does it wait without end, or it would hold every thread that answers requests: who is not served
 * within seconds is told to come again.
 */
final class Passwords {
  /**
   * System property: KiB of a computation, for tests, which make hundreds. No setting of the
   * application, which a file of settings could weaken unseen.
   */
  static final String MEMORY = "pass.tests.password-kib";

  static final int SHORTEST = 12;
  static final int LONGEST = 200;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = memoryKib(System.getProperty(MEMORY));
  private static final int PASSES = 2;

  private static final int MOST_WAITING = 64;
  private static final int LONGEST_WAIT_SECONDS = 3;

  /** Hashed in place of what is no password: the encoder skips an empty one. */
  private static final String NONE = "none";

  private final Argon2PasswordEncoder argon2;

  /** On half of the processors: what is computed gives none of them up to a slip that waits. */
  private final Semaphore turns =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /** Compared when there is nobody of that login: it takes the same time. */
  private final String nobody;

  Passwords() {
    this(new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES), ofNobody());
  }

  Passwords(Argon2PasswordEncoder argon2) {
    this(argon2, argon2.encode(ApiKey.random()));
  }

  private Passwords(Argon2PasswordEncoder argon2, String nobody) {
    this.argon2 = argon2;
    this.nobody = nobody;
  }

  static int memoryKib(@Nullable String asked) {
    return asked == null ? 19 * 1024 : Integer.parseInt(asked);
  }

  /** A hash that no password is known to have: to compute one would hold each start up. */
  static String ofNobody() {
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(MEMORY_KIB, PASSES, LANES, randomText(SALT_BYTES), randomText(HASH_BYTES));
  }

  private static String randomText(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().withoutPadding().encodeToString(random);
  }

  String hash(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      String message =
          "must be %d to %d characters, not %d".formatted(SHORTEST, LONGEST, password.length());
      throw new Problem(
          422,
          "PASSWORD_REFUSED",
          "password " + message,
          List.of(Problem.Fault.of("password", "", message, "choose another password")));
    }
    return inTurn(() -> argon2.encode(normal(password)));
  }

  /**
   * Whatever the password, also if it is too long or empty, it takes the time of one hash: who has
   * an account, or a code, is not told by the time.
   *
   * @param hash null if there is none to compare with: false
   */
  boolean matches(String password, @Nullable String hash) {
    boolean fits = !password.isEmpty() && password.length() <= LONGEST;
    String compared = fits ? normal(password) : NONE;
    boolean same = inTurn(() -> argon2.matches(compared, hash == null ? nobody : hash));
    return same && fits && hash != null;
  }

  /** The same letters typed on another keyboard are the same password. */
  private static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  private <T> T inTurn(Supplier<T> computation) {
    takeTurn();
    try {
      return computation.get();
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (turns.getQueueLength() < MOST_WAITING
          && turns.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw Problem.tooMany(
        "BUSY", "too many passwords are being compared now", Duration.ofSeconds(1));
  }
}
