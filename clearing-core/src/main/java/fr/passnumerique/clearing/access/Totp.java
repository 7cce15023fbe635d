package fr.passnumerique.clearing.access;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/**
 * Codes of RFC 6238 as every authenticator computes them: six digits, thirty seconds, HMAC-SHA-1.
 * One step before and one after the clock's are taken too, for clocks that differ and for who types
 * slowly.
 */
final class Totp {
  private static final int SECRET_BYTES = 20;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TimeBasedOneTimePasswordGenerator CODES =
      new TimeBasedOneTimePasswordGenerator();

  /** Before and after the step of the clock. */
  private static final int WINDOW = 1;

  private Totp() {}

  /** 160 random bits in the letters that authenticators read. */
  static String newSecret() {
    return Base32.toBase32String(random(SECRET_BYTES));
  }

  static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  /**
   * @param code as it was typed, blanks included
   * @return the step of the code, counted from 1970; empty if it is none of those about now
   */
  static OptionalLong step(String secret, String code, Instant now) {
    String typed = code.replaceAll("\\s", "");
    long step = now.getEpochSecond() / CODES.getTimeStep().toSeconds();
    OptionalLong found = OptionalLong.empty();
    for (long each = step - WINDOW; each <= step + WINDOW; each++) {
      if (MessageDigest.isEqual(bytes(code(secret, each)), bytes(typed))) {
        found = OptionalLong.of(each);
      }
    }
    return found;
  }

  static String code(String secret, Instant at) {
    return code(secret, at.getEpochSecond() / CODES.getTimeStep().toSeconds());
  }

  private static String code(String secret, long step) {
    try {
      return CODES.generateOneTimePasswordString(
          new SecretKeySpec(Base32.decode(secret), CODES.getAlgorithm()),
          Instant.ofEpochSecond(step * CODES.getTimeStep().toSeconds()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
