package fr.passnumerique.clearing.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A key by which a program acts as an account, without the key itself.
 *
 * @param prefix its first characters
 * @param revokedAt since when it does not count; empty while it does
 * @param lastUsedAt to within an hour; empty if never
 * @param madeBy the account that made it; empty if the engine did
 */
public record ApiKey(
    String id,
    String account,
    String label,
    String prefix,
    Instant createdAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt,
    Optional<String> madeBy) {

  static final String MARK = "pn_";
  private static final int RANDOM_BYTES = 32;
  private static final int SECRET_LENGTH = MARK.length() + 43;
  private static final int PREFIX_LENGTH = MARK.length() + 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * A key just made: the only time that it is seen.
   *
   * @param key what a program sends as {@code Authorization: Bearer <key>}
   */
  public record Issued(String id, String account, String label, String key) {}

  static String random() {
    byte[] bits = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bits);
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  static String prefix(String key) {
    return key.substring(0, PREFIX_LENGTH);
  }

  /** Whether it looks like a key: others are refused without asking the database. */
  static boolean wellFormed(String key) {
    if (key.length() != SECRET_LENGTH || !key.startsWith(MARK)) {
      return false;
    }
    for (int i = MARK.length(); i < key.length(); i++) {
      char c = key.charAt(i);
      boolean base64 =
          c >= 'A' && c <= 'Z'
              || c >= 'a' && c <= 'z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_';
      if (!base64) {
        return false;
      }
    }
    return true;
  }

  static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
