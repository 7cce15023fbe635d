package fr.passnumerique.clearing.ledger;

/**
 * The form that every identifier chosen by a user has, so that it can stand in a path, a tag or a
 * file name.
 */
public final class Identifier {
  private static final int LONGEST = 40;

  private Identifier() {}

  /** A text that is no identifier; the edge tells it to whoever sent it. */
  public static final class Malformed extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String value;

    Malformed(String message, String value) {
      super(message);
      this.value = value;
    }

    public String value() {
      return value;
    }
  }

  /**
   * @param kind the domain's word, for the message
   * @return the value, unchanged
   * @throws Malformed unless it is 1 to 40 of A–Z a–z 0–9 . _ - and starts with a letter or digit
   */
  public static String require(String kind, String value) {
    boolean valid = !value.isEmpty() && value.length() <= LONGEST && letterOrDigit(value.charAt(0));
    for (int i = 1; valid && i < value.length(); i++) {
      char c = value.charAt(i);
      valid = letterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
    if (!valid) {
      throw new Malformed(
          "%s must be 1 to %d of letters, digits, '.', '_', '-', starting with a letter or digit"
              .formatted(kind, LONGEST),
          value);
    }
    return value;
  }

  private static boolean letterOrDigit(char c) {
    return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }
}
