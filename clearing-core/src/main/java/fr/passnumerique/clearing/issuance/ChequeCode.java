package fr.passnumerique.clearing.issuance;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * What is printed on a cheque, and in its QR code: who knows it can spend the cheque. No fact,
 * topic, export or log holds one.
 *
 * @param check 30 bits, six characters; right if {@link CheckKeys} says so
 */
public record ChequeCode(Serial serial, int check) {
  static final int CHECK_BITS = 30;
  private static final int CHECK_SYMBOLS = CHECK_BITS / 5;
  private static final int SYMBOLS = Serial.SYMBOLS + CHECK_SYMBOLS;

  public ChequeCode {
    if (check < 0 || check >= 1 << CHECK_BITS) {
      // The value is not told: it may be most of a secret.
      throw new IllegalArgumentException("a check part has " + CHECK_BITS + " bits");
    }
  }

  /**
   * Reads what a venue typed or scanned: 15 characters in either case, with O for 0 and I or L for
   * 1; hyphens and spaces are passed over.
   *
   * @return empty for what cannot be a code; that the cheque exists and the check part is right is
   *     for others to say
   */
  public static Optional<ChequeCode> parse(String text) {
    byte[] values = Crockford.read(text, SYMBOLS);
    if (values == null) {
      return Optional.empty();
    }
    long key = Crockford.number(values, 0, Serial.SYMBOLS);
    if (!Serial.isKey(key)) {
      return Optional.empty();
    }
    int check = (int) Crockford.number(values, Serial.SYMBOLS, SYMBOLS);
    return Optional.of(new ChequeCode(Serial.ofKey(key), check));
  }

  /** {@code XXXXX-XXXX-CCCCCC}, the secret included: for the cheque itself and nothing else. */
  public String printed() {
    return serial + "-" + Crockford.text(check, CHECK_SYMBOLS);
  }

  /**
   * {@code XXXXX-XXXX-******}. It is the form in JSON as well, so that a code which strays into a
   * fact or an answer gives nothing away.
   */
  @JsonValue
  @Override
  public String toString() {
    return serial + "-******";
  }
}
