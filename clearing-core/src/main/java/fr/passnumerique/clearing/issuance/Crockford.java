package fr.passnumerique.clearing.issuance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Douglas Crockford's Base32, 5 bits a symbol: digits and capitals without I, L, O and U, so that a
 * code survives being read out, copied by hand and typed. His optional check symbol is not used:
 * the check part does more.
 */
final class Crockford {
  private static final byte[] SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(US_ASCII);
  private static final byte SEPARATOR = -1;
  private static final byte FOREIGN = -2;

  /** By ASCII character: its value, {@link #SEPARATOR} or {@link #FOREIGN}. */
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, FOREIGN);
    for (byte value = 0; value < SYMBOLS.length; value++) {
      VALUES[SYMBOLS[value]] = value;
      VALUES[Character.toLowerCase(SYMBOLS[value])] = value;
    }
    VALUES['O'] = VALUES['o'] = 0;
    VALUES['I'] = VALUES['i'] = VALUES['L'] = VALUES['l'] = 1;
    VALUES[' '] = VALUES['\t'] = VALUES['-'] = SEPARATOR;
  }

  private Crockford() {}

  /**
   * Reads what people type: lower case, O for 0, I or L for 1, spaces and hyphens anywhere, those
   * of a word processor too.
   *
   * @return one value of 0..31 per symbol, null unless there are exactly {@code symbols} of them
   */
  static byte @Nullable [] read(String text, int symbols) {
    byte[] values = new byte[symbols];
    int read = 0;
    for (int i = 0; i < text.length(); i++) {
      byte value = value(text.charAt(i));
      if (value == SEPARATOR) {
        continue;
      }
      if (value == FOREIGN || read == symbols) {
        return null;
      }
      values[read++] = value;
    }
    return read == symbols ? values : null;
  }

  private static byte value(char c) {
    if (c < VALUES.length) {
      return VALUES[c];
    }
    return switch (c) {
      // No-break spaces, wide and narrow; hyphen, no-break hyphen, en dash.
      case '\u00A0', '\u202F', '\u2010', '\u2011', '\u2013' -> SEPARATOR;
      default -> FOREIGN;
    };
  }

  /**
   * @param from inclusive
   * @param to exclusive, at most 12 after {@code from}
   */
  static long number(byte[] values, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number << 5 | values[i];
    }
    return number;
  }

  /**
   * @param number at most 5 bits per symbol
   */
  static byte[] ascii(long number, int symbols) {
    byte[] ascii = new byte[symbols];
    for (int i = symbols - 1; i >= 0; i--) {
      ascii[i] = SYMBOLS[(int) (number & 31)];
      number >>>= 5;
    }
    return ascii;
  }

  static String text(long number, int symbols) {
    return new String(ascii(number, symbols), US_ASCII);
  }
}
