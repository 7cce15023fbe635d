package fr.passnumerique.clearing.ledger;

/** The form of a name or label that a user chooses and others read on pages, files and paper. */
public final class ReadableText {
  private ReadableText() {}

  /**
   * @return whether it is 1 to {@code longest} characters without a space at either end, and
   *     without what cannot be seen: control characters, marks that turn the direction of writing,
   *     halves of characters
   */
  public static boolean fits(String text, int longest) {
    return !text.isEmpty()
        && text.length() <= longest
        && text.equals(text.strip())
        && isVisible(text);
  }

  /** Without a stream: it is asked for every line of every slip. */
  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!visible(text.codePointAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The text with a question mark for each character that cannot be seen. */
  public static String masked(String text) {
    return text.codePoints()
        .map(character -> visible(character) ? character : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean visible(int character) {
    if (character >= ' ' && character <= '~') {
      return true;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
