package fr.passnumerique.clearing.issuance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Tells one cheque from every other, and is no secret: a cheque is spent with its {@link
 * ChequeCode}. Ordered by batch, then ordinal.
 *
 * @param ordinal 1 to 1 048 575 (20 bits, four characters) within the batch; never 0
 */
public record Serial(Batch batch, int ordinal) implements Comparable<Serial> {
  static final int SYMBOLS = Batch.SYMBOLS + 4;
  private static final int ORDINAL_BITS = 20;

  /** The last ordinal of a batch. */
  public static final int LAST = (1 << ORDINAL_BITS) - 1;

  public Serial {
    if (ordinal < 1 || ordinal > LAST) {
      throw new IllegalArgumentException(
          "the cheques of a batch are numbered from 1 to %d, got %d; order more in another batch"
              .formatted(LAST, ordinal));
    }
  }

  /**
   * @param key as {@link #key()} gave it
   */
  public static Serial ofKey(long key) {
    return new Serial(new Batch(Math.toIntExact(key >> ORDINAL_BITS)), (int) key & LAST);
  }

  static boolean isKey(long key) {
    return key >> ORDINAL_BITS != 0 && (key & LAST) != 0;
  }

  /**
   * @param text nine characters, in either case, with O for 0 and I or L for 1; hyphens and spaces
   *     are passed over
   * @throws IllegalArgumentException unless it is the serial of a possible cheque
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Serial parse(String text) {
    byte[] values = Crockford.read(text, SYMBOLS);
    long key = values == null ? 0 : Crockford.number(values, 0, SYMBOLS);
    if (!isKey(key)) {
      // The text is not repeated: it may be a whole cheque code, check part and all.
      throw new IllegalArgumentException(
          "a serial is %d digits or letters other than U, got a text of %d characters; copy the first two groups of the cheque"
              .formatted(SYMBOLS, text.length()));
    }
    return ofKey(key);
  }

  /**
   * The number that the nine characters spell, {@code batch << 20 | ordinal}: 45 bits, never 0, in
   * the order of the serials. For hot paths and columns.
   */
  public long key() {
    return (long) batch.number() << ORDINAL_BITS | ordinal;
  }

  /** {@code XXXXXXXXX}, as facts hold it. */
  @JsonValue
  public String text() {
    return Crockford.text(key(), SYMBOLS);
  }

  /** What the check part is computed over. */
  byte[] ascii() {
    return Crockford.ascii(key(), SYMBOLS);
  }

  @Override
  public int compareTo(Serial other) {
    return Long.compare(key(), other.key());
  }

  /** {@code XXXXX-XXXX}, as on the cheque. */
  @Override
  public String toString() {
    String text = text();
    return text.substring(0, Batch.SYMBOLS) + '-' + text.substring(Batch.SYMBOLS);
  }
}
