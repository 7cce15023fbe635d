package fr.passnumerique.clearing.money;

import java.math.BigDecimal;

/**
 * An amount in integer cents of a euro. Signed: what is owed to someone is positive or negative by
 * the convention of the place that holds it.
 *
 * <p>Arithmetic that would leave the range of a long throws {@link ArithmeticException}. That is a
 * bug or a forged file, never a refusal: the range ends at 92 million billion euros.
 */
public record Cents(long amount) implements Comparable<Cents> {
  public static final Cents ZERO = new Cents(0);

  /**
   * Thousands could be parted by the narrow U+202F of French typography, but ISO 8859-15 (the FEC)
   * and the standard fonts of PDF lack it.
   */
  private static final char NO_BREAK_SPACE = '\u00A0';

  public Cents plus(Cents other) {
    return new Cents(Math.addExact(amount, other.amount));
  }

  public Cents minus(Cents other) {
    return new Cents(Math.subtractExact(amount, other.amount));
  }

  public Cents times(long factor) {
    return new Cents(Math.multiplyExact(amount, factor));
  }

  public Cents negate() {
    return new Cents(Math.negateExact(amount));
  }

  /** In whole percent, rounded down, so that a bound is not met early; 0 of nothing. */
  public int percentOf(Cents whole) {
    return whole.amount == 0
        ? 0
        : (int) Math.min(Integer.MAX_VALUE, Math.multiplyExact(amount, 100L) / whole.amount);
  }

  @Override
  public int compareTo(Cents other) {
    return Long.compare(amount, other.amount);
  }

  /** {@code 1234.50 €}, for English messages of any machine. */
  public String inEnglish() {
    return BigDecimal.valueOf(amount, 2).toPlainString() + " €";
  }

  /**
   * {@code 1 234,50 €} with no-break spaces, whatever the locale of the machine; a minus sign in
   * front when negative. For people: machines read {@link #amount()}.
   */
  public String inFrench() {
    var euros = new StringBuilder(Long.toString(Math.abs(amount / 100)));
    for (int thousands = euros.length() - 3; thousands > 0; thousands -= 3) {
      euros.insert(thousands, NO_BREAK_SPACE);
    }
    long cents = Math.abs(amount % 100);
    return (amount < 0 ? "-" : "")
        + euros
        + (cents < 10 ? ",0" : ",")
        + cents
        + NO_BREAK_SPACE
        + '€';
  }
}
