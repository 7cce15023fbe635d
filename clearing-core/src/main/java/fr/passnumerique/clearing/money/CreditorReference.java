package fr.passnumerique.clearing.money;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The structured creditor reference (ISO 11649) that a payer's bank carries unchanged to the
 * creditor's: {@code RF}, two check digits (mod 97), 1 to 21 letters and digits.
 */
public final class CreditorReference {
  /** Letters and digits that it has at most. */
  public static final int LONGEST = 25;

  private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);
  private static final int BODY_BYTES = 6;

  private CreditorReference() {}

  /**
   * @param compact capital letters and digits, without spaces
   */
  public static boolean isOne(String compact) {
    return compact.matches("RF\\d{2}[A-Z0-9]{1,21}") && remainder(compact) == 1;
  }

  /**
   * @param body 1 to 21 capital letters and digits
   */
  public static String of(String body) {
    return "RF%02d%s".formatted(98 - remainder("RF00" + body), body);
  }

  /**
   * One whose body is made from this text: the same text gives the same reference, and two texts
   * the same one by accident only (48 bits of SHA-256), which whoever assigns it has to check.
   */
  public static String madeFrom(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return of(HexFormat.of().withUpperCase().formatHex(digest, 0, BODY_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }

  private static int remainder(String reference) {
    StringBuilder digits = new StringBuilder();
    for (char c : (reference.substring(4) + reference.substring(0, 4)).toCharArray()) {
      digits.append(Character.getNumericValue(c));
    }
    return new BigInteger(digits.toString()).mod(NINETY_SEVEN).intValue();
  }
}
