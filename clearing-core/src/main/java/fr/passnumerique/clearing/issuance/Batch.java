package fr.passnumerique.clearing.issuance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The cheques made for one order, or to replace lost ones; in text, five characters of Crockford's
 * Base32.
 *
 * @param number 1 to 33 554 431 (25 bits). 0 is left out, so that the key of no cheque is 0.
 */
public record Batch(int number) {
  static final int SYMBOLS = 5;
  static final int LAST = (1 << (5 * SYMBOLS)) - 1;

  /**
   * The last number. No order ever gets it, so that the check parts of its serials are known to
   * nobody and may serve as keys.
   */
  public static final Batch NEVER_ISSUED = new Batch(LAST);

  public Batch {
    if (number < 1 || number > LAST) {
      throw new IllegalArgumentException(
          "batches are numbered from 1 to %d, got %d".formatted(LAST, number));
    }
  }

  public static Batch of(int number) {
    return new Batch(number);
  }

  /**
   * @param text in either case, with O for 0 and I or L for 1; the canonical form is upper case
   * @throws IllegalArgumentException unless it names a batch
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Batch parse(String text) {
    byte[] values = Crockford.read(text, SYMBOLS);
    long number = values == null ? 0 : Crockford.number(values, 0, SYMBOLS);
    if (number == 0) {
      throw new IllegalArgumentException(
          "a batch is %d digits or letters other than U and not all 0, got '%s'; copy them from a cheque of the batch"
              .formatted(SYMBOLS, text));
    }
    return new Batch((int) number);
  }

  @JsonValue
  @Override
  public String toString() {
    return Crockford.text(number, SYMBOLS);
  }
}
